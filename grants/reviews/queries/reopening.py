"""A closed call that is to open again."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.waiting import Waiting
from grants.calls.models import Call
from grants.calls.states import CLOSED
from grants.reviews.models import Assignment, Reopening
from grants.reviews.permissions import REOPEN
from grants.reviews.states import AssignmentState

UNDECIDED = Q(confirmed_at__isnull=True, dropped_at__isnull=True)
# Handed in once: handed back with a question or ended since, somebody has read it all the same.
ONCE_VISIBLE = Q(submitted_at__isnull=False) | Q(state=AssignmentState.RETURNED)


def proposed_reopening(call: Call) -> Reopening | None:
    return Reopening.objects.filter(UNDECIDED, call=call).select_related("proposed_by").first()


def has_visible_review(call: Call) -> bool:
    return Assignment.objects.filter(ONCE_VISIBLE, application__stage__call=call).exists()


def reopenings_to_decide(user: User) -> Iterator[Waiting]:
    """Proposed by somebody else, in the funds in which this person decides."""
    funds = funds_where(user, REOPEN)
    if not funds:
        return
    found = Reopening.objects.filter(UNDECIDED, call__state=CLOSED).exclude(proposed_by=user.pk)
    seen = found if funds == ALL else found.filter(call__fund__in=funds)
    for proposal in seen.select_related("call").order_by("pk"):
        sentence = _("A second person decides whether the call “%(call)s” opens again.") % {"call": proposal.call}
        yield Waiting(sentence, reverse("office_reviews:reopen", args=[proposal.call.code]))
