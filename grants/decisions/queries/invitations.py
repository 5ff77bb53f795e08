"""Who is proposed for the next stage, and what an invited applicant was told."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.organisations.queries import conflicted_ids
from fundportal.waiting import Waiting
from grants.applications.models import Application
from grants.calls.models import Call
from grants.decisions.models import StageInvitation
from grants.decisions.permissions import INVITE

UNDECIDED = Q(confirmed_at__isnull=True, dropped_at__isnull=True)


def open_invitation(application: Application) -> StageInvitation | None:
    return application.stage_invitations.filter(UNDECIDED).first()


def proposed_invitations(call: Call, viewer: User) -> list[StageInvitation]:
    """Without the organisations the reader keeps away from."""
    found = StageInvitation.objects.filter(UNDECIDED, application__stage__call=call)
    seen = found.exclude(application__organisation__in=conflicted_ids(viewer))
    return list(seen.select_related("application__organisation", "proposed_by").order_by("application__reference"))


def invitation_behind(application: Application) -> StageInvitation | None:
    """The one that led to this application of a later stage."""
    if application.predecessor_id is None:
        return None
    confirmed = StageInvitation.objects.filter(confirmed_at__isnull=False, application=application.predecessor_id)
    return confirmed.select_related("application__stage").first()


def to_invite(user: User) -> Iterator[Waiting]:
    """Proposals of the panel that wait for this manager, one line for each call."""
    funds = funds_where(user, INVITE)
    if not funds:
        return
    counts: dict[Call, int] = {}
    for proposal in _waiting(user, funds).select_related("application__stage__call"):
        call = proposal.application.stage.call
        counts[call] = counts.get(call, 0) + 1
    for call, count in counts.items():
        sentence = ngettext(
            "%(call)s: %(count)s application is proposed for the next stage.",
            "%(call)s: %(count)s applications are proposed for the next stage.",
            count,
        )
        yield Waiting(sentence % {"call": call, "count": count}, reverse("decisions:call", args=[call.code]), count)


def _waiting(user: User, funds: str | frozenset[int]) -> QuerySet[StageInvitation]:
    found = StageInvitation.objects.filter(UNDECIDED).exclude(proposed_by=user.pk)
    seen = found.exclude(application__organisation__in=conflicted_ids(user)).order_by("pk")
    return seen if funds == ALL else seen.filter(application__stage__call__fund__in=funds)
