"""A closed call takes applications again: by two people, with a public reason, while nobody has read a review."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import why_not
from fundportal.refusals import NotAllowed, Refusal
from grants.applications import emails
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls import services as calls
from grants.calls.deadlines import instant, wall_clock
from grants.calls.models import Call
from grants.calls.services.locking import lock_call
from grants.reviews.models import Assignment, Reopening
from grants.reviews.permissions import PROPOSE_REOPENING, REOPEN
from grants.reviews.queries.reopening import has_visible_review, proposed_reopening


@transaction.atomic
def propose_reopening(call_id: int, *, deadline: datetime, reason: str, by: User) -> Reopening:
    """The first of two people. `deadline` is the wall clock of the call's last stage. Proposing the same twice is once.

    Raises Refusal (409 unless the call is closed and no review visible, 422 with the field to mend, 403).
    """
    call = lock_call(call_id)
    authorise(by, PROPOSE_REOPENING, call.fund)
    if reasons := why_not(call, "reopen"):
        raise Refusal(" ".join(reasons))
    _refuse_once_visible(call)
    said, wall = reason.strip(), deadline.isoformat(timespec="minutes")
    if not said:
        raise Refusal(_("Say in public why the call opens again."), status=422, field="reason")
    if instant(deadline, call.stages.order_by("-number")[0].zone) <= clock.now():
        raise Refusal(_("Choose a deadline that lies ahead."), status=422, field="deadline")
    standing = proposed_reopening(call)
    if standing is None:
        made = Reopening.objects.create(call=call, deadline_wall=wall, reason=said, proposed_by=by)
        record("reviews.propose_reopening", call, by=by, fund=call.fund, facts={"deadline": wall, "reason": said})
        return made
    if (standing.proposed_by_id, standing.deadline_wall, standing.reason) != (by.pk, wall, said):
        raise Refusal(_("Somebody has proposed this already. A second person decides on it."))
    return standing


@transaction.atomic
def reopen(call_id: int, *, by: User) -> Reopening:
    """The second person agrees: the call is open until the proposed deadline, and says in public why.

    Raises NotAllowed for whoever proposed it, Refusal (409) once a review is visible.
    """
    call = lock_call(call_id)
    authorise(by, REOPEN, call.fund)
    proposal = _undecided(call)
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this. Somebody else decides on it."))
    _hold_reviews(call)
    _refuse_once_visible(call)
    extension = calls.reopen(call_id, deadline=wall_clock(proposal.deadline_wall), reason=proposal.reason, by=by)
    proposal.confirmed_by, proposal.confirmed_at = by, clock.now()
    proposal.save()
    lapsed = Application.objects.filter(stage=extension.stage_id, state=ApplicationState.LAPSED)
    for application in lapsed.select_related("stage__call__fund", "organisation").order_by("reference"):
        emails.opened_again(application, extension)
    return proposal


@transaction.atomic
def drop_reopening(call_id: int, *, by: User) -> None:
    """The proposal is taken back, by whoever made it or by another; the call stays closed."""
    call = lock_call(call_id)
    authorise(by, PROPOSE_REOPENING, call.fund)
    proposal = _undecided(call)
    proposal.dropped_at = clock.now()
    proposal.save()
    record("reviews.drop_reopening", call, by=by, fund=call.fund)


def _undecided(call: Call) -> Reopening:
    proposal = proposed_reopening(call)
    if proposal is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    return proposal


def _refuse_once_visible(call: Call) -> None:
    if has_visible_review(call):
        raise Refusal(_("A review has been handed in already. From then on the call stays closed."))


def _hold_reviews(call: Call) -> None:
    """Whoever hands one in at this moment waits, or is seen."""
    of_call = Assignment.objects.select_for_update(of=("self",)).filter(application__stage__call=call)
    list(of_call.order_by("pk").only("pk"))
