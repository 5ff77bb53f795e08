"""What waits: for a reviewer invitations and reviews, for the office plans and seals; and what the clock ends next."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from fundportal.access import ALL, Actor, funds_where
from fundportal.accounts.models import User
from fundportal.waiting import Waiting
from grants.reviews.models import Assignment, Panel
from grants.reviews.permissions import MANAGE, SEAL
from grants.reviews.queries.reading import own_reviews
from grants.reviews.states import BEFORE_READING, READING, AssignmentState, PlanState


def invitations_to_answer(user: User) -> Iterator[Waiting]:
    count = own_reviews(user).filter(state=AssignmentState.INVITED).count()
    if count:
        sentence = ngettext(
            "%(count)s application asks whether you can read it.",
            "%(count)s applications ask whether you can read them.",
            count,
        )
        yield Waiting(sentence % {"count": count}, reverse("reviews:desk"), count)


def reviews_due(user: User) -> Iterator[Waiting]:
    count = own_reviews(user).filter(state__in=READING).count()
    if count:
        sentence = ngettext("%(count)s review is to be handed in.", "%(count)s reviews are to be handed in.", count)
        yield Waiting(sentence % {"count": count}, reverse("reviews:desk"), count)


def plans_to_approve(user: User) -> Iterator[Waiting]:
    stages = _panels(user, MANAGE).filter(plans__state=PlanState.PROPOSED).values_list("stage_id", flat=True)
    found = list(stages.order_by("stage_id"))
    if found:
        sentence = ngettext(
            "%(count)s plan of who reads what is to be looked over.",
            "%(count)s plans of who reads what are to be looked over.",
            len(found),
        )
        yield Waiting(sentence % {"count": len(found)}, _address(found, "office_reviews:plan"), len(found))


def reviews_to_seal(user: User) -> Iterator[Waiting]:
    """Panels whose every review is handed in."""
    of_stage = Assignment.objects.filter(application__stage=OuterRef("stage"))
    is_complete = ~Exists(of_stage.filter(state__in=(*BEFORE_READING, *READING)))
    has_some = Exists(of_stage.filter(state=AssignmentState.SUBMITTED))
    stages = _panels(user, SEAL).filter(is_complete, has_some).values_list("stage_id", flat=True)
    found = list(stages.order_by("stage_id"))
    if found:
        sentence = ngettext(
            "The reviews of %(count)s panel are in and can be sealed.",
            "The reviews of %(count)s panels are in and can be sealed.",
            len(found),
        )
        yield Waiting(sentence % {"count": len(found)}, _address(found, "office_reviews:panel"), len(found))


def next_answer_at() -> datetime | None:
    """When the first invitation nobody answered will end."""
    asked = Assignment.objects.filter(state=AssignmentState.INVITED).order_by()
    found: datetime | None = asked.aggregate(at=Min("application__stage__panel__answer_by"))["at"]
    return found


def _panels(user: Actor, permission: str) -> QuerySet[Panel]:
    funds = funds_where(user, permission)
    return Panel.objects.all() if funds == ALL else Panel.objects.filter(stage__call__fund__in=funds)


def _address(stages: list[int], url_name: str) -> str:
    return reverse(url_name, args=stages) if len(stages) == 1 else reverse("office_reviews:panels")
