"""What waits for the chair, for whoever approves, and for whoever prepared a list that came back."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.organisations.queries import conflicted_ids
from fundportal.waiting import Waiting
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.decisions.models import Deliberation, StageInvitation
from grants.decisions.permissions import APPROVE, RECOMMEND
from grants.decisions.states import DeliberationState


def to_recommend(user: User) -> Iterator[Waiting]:
    funds = funds_where(user, RECOMMEND)
    if not funds:
        return
    proposed = StageInvitation.objects.filter(confirmed_at__isnull=True, dropped_at__isnull=True).values("application")
    reviewed = Application.objects.filter(state=ApplicationState.REVIEWED).exclude(
        Q(organisation__in=conflicted_ids(user)) | Q(pk__in=proposed)
    )
    count = (reviewed if funds == ALL else reviewed.filter(stage__call__fund__in=funds)).count()
    if count:
        sentence = ngettext(
            "%(count)s reviewed application waits for the panel’s word.",
            "%(count)s reviewed applications wait for the panel’s word.",
            count,
        )
        yield Waiting(sentence % {"count": count}, reverse("decisions:decisions"), count)


def to_approve(user: User) -> Iterator[Waiting]:
    """Lists before the body that this person has not approved and did not write."""
    funds = funds_where(user, APPROVE)
    if not funds:
        return
    open_now = Deliberation.objects.visible_to(user).filter(state=DeliberationState.SUBMITTED_TO_BODY)
    if funds != ALL:
        open_now = open_now.filter(call__fund__in=funds)
    mine = Q(prepared_by=user.pk) | Q(approvals__by=user.pk) | Q(decisions__listed_by=user.pk)
    conflicted = Q(decisions__application__organisation__in=conflicted_ids(user))
    for deliberation in open_now.exclude(mine | conflicted).select_related("call").order_by("pk"):
        sentence = _("The list %(name)s waits for your approval.") % {"name": deliberation}
        yield Waiting(sentence, reverse("decisions:deliberation", args=[deliberation.pk]))


def sent_back(user: User) -> Iterator[Waiting]:
    mine = Deliberation.objects.visible_to(user).filter(prepared_by=user.pk, state=DeliberationState.RETURNED)
    for deliberation in mine.select_related("call").order_by("pk"):
        sentence = _("The body sent the list %(name)s back.") % {"name": deliberation}
        yield Waiting(sentence, reverse("decisions:deliberation", args=[deliberation.pk]))


def next_release_at() -> datetime | None:
    coming = Deliberation.objects.filter(state=DeliberationState.ADOPTED, release_at__gt=clock.now())
    return coming.order_by("release_at").values_list("release_at", flat=True).first()
