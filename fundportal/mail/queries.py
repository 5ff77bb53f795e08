from datetime import datetime

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from fundportal.access import Actor
from fundportal.funds.models import Fund
from fundportal.mail.models import Letter, LetterText
from fundportal.mail.states import LetterState


def next_due_at() -> datetime | None:
    """When the outbox has work again by itself."""
    return Letter.objects.filter(state=LetterState.QUEUED).aggregate(moment=Min("due_at"))["moment"]


def counts_by_state(actor: Actor) -> dict[str, int]:
    """How many letters stand in each state, zeros included, as far as the actor may see them."""
    counted = Letter.objects.visible_to(actor).order_by("state").values("state").annotate(number=Count("pk"))
    found = {row["state"]: row["number"] for row in counted}
    return {str(state): found.get(str(state), 0) for state in LetterState}


def longest_wait_since(actor: Actor) -> datetime | None:
    """Since when the oldest unsent letter waits."""
    waiting = Letter.objects.visible_to(actor).filter(state__in=[LetterState.QUEUED, LetterState.SENDING])
    return waiting.aggregate(moment=Min("created_at"))["moment"]


def newest_text(fund: Fund, template: str, language: str) -> LetterText | None:
    """The last version of a letter's own text; it may say that the standard one counts again."""
    versions = LetterText.objects.filter(fund=fund, template=template, language=language)
    return versions.order_by("-number").first()


def current_texts(fund: Fund) -> QuerySet[LetterText]:
    """The last version of each letter in each language, those that went back to the standard text included."""
    versions = LetterText.objects.filter(fund=fund)
    same = versions.filter(template=OuterRef("template"), language=OuterRef("language")).order_by("-number")
    newest = versions.filter(number=Subquery(same.values("number")[:1]))
    return newest.select_related("written_by").order_by("template", "language")


def versions_of(fund: Fund, template: str, language: str) -> QuerySet[LetterText]:
    """Newest first."""
    versions = LetterText.objects.filter(fund=fund, template=template, language=language)
    return versions.select_related("written_by").order_by("-number")
