"""What waits for a person: drafts with a deadline, open requests; in the office, what to check and to agree."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.access import funds_where
from fundportal.accounts.models import User
from fundportal.templatetags.words import DAY_FORMAT
from fundportal.waiting import Waiting
from grants.applications.models import Application, InfoRequest
from grants.applications.permissions import SCREEN
from grants.applications.states import ApplicationState
from grants.calls.states import CANCELLED


def drafts_to_send(user: User) -> Iterator[Waiting]:
    """Drafts, and received ones that were opened again, each with its deadline; not of a cancelled call."""
    unsent = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.SUBMITTED, unlocked_at__isnull=False)
    found = Application.objects.written_by(user).filter(unsent).select_related("stage", "organisation")
    for application in found.exclude(stage__call__state=CANCELLED).order_by("reference"):
        if application.stage.is_over(clock.now()):
            continue
        local = application.stage.deadline_at.astimezone(ZoneInfo(application.stage.zone))
        deadline = date_format(local, DAY_FORMAT)
        words = {"reference": application.reference, "name": application.organisation.name, "day": deadline}
        sentence = _("%(reference)s of %(name)s has not been sent. The deadline is %(day)s.") % words
        yield Waiting(sentence, reverse("my_applications:application", args=[application.reference]))


def answers_asked(user: User) -> Iterator[Waiting]:
    mine = Application.objects.written_by(user).filter(state=ApplicationState.INFO_REQUESTED)
    found = InfoRequest.objects.filter(application__in=mine, answered_at__isnull=True).select_related("application")
    for request in found.order_by("due_on", "pk"):
        words = {"reference": request.application.reference, "day": date_format(request.due_on, DAY_FORMAT)}
        sentence = _("The fund office asks for something on %(reference)s by %(day)s.") % words
        yield Waiting(sentence, reverse("my_applications:application", args=[request.application.reference]))


def to_be_checked(user: User) -> Iterator[Waiting]:
    """Being checked, in the funds in which this person checks."""
    if not funds_where(user, SCREEN):
        return
    count = Application.objects.of_office(user).filter(state=ApplicationState.SCREENING).count()
    if count:
        sentence = ngettext(
            "%(count)s application is to be checked.", "%(count)s applications are to be checked.", count
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('applications:applications')}?state=screening", count)


def exclusions_to_decide(user: User) -> Iterator[Waiting]:
    """Proposals by others that need this person's yes or no."""
    if not funds_where(user, SCREEN):
        return
    open_now = Q(confirmed_at__isnull=True, dropped_at__isnull=True)
    seen = Application.objects.of_office(user)
    for relation in ("ineligibilities", "disqualifications"):
        model = Application._meta.get_field(relation).related_model
        proposed = model.objects.filter(open_now, application__in=seen).exclude(proposed_by=user.pk)
        for proposal in proposed.select_related("application").order_by("pk"):
            sentence = _("%(reference)s: a second person decides whether it stays in the call.")
            words = {"reference": proposal.application.reference}
            url = reverse("applications:application", args=[proposal.application.reference])
            yield Waiting(sentence % words, url)
