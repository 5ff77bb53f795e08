"""A payment on its way to the bank: it gets ready, is asked for, approved, held and let go. Paying it is payments'."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, Actor
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import why_not
from fundportal.refusals import NotAllowed, Refusal
from grants.awards import emails
from grants.awards.models import Condition, Tranche, TrancheApproval
from grants.awards.permissions import APPROVE_TRANCHE, MANAGE
from grants.awards.queries.due import tranches_that_came_back, tranches_that_may_be_ready
from grants.awards.services.locking import authorise_office, authorise_signatory, lock_tranche, make_tranche
from grants.awards.states import TrancheState


@transaction.atomic
def request_tranche(tranche_id: int, *, by: User) -> Tranche:
    tranche = lock_tranche(tranche_id)
    authorise_signatory(by, tranche.award)
    tranche.requested_by = by
    return make_tranche("request", tranche, by=by)


@transaction.atomic
def approve_tranche(tranche_id: int, *, by: User) -> Tranche:
    """One of the people who stand for it; the last one who is needed moves it on.

    Whoever made the offer or waived a condition of this payment has recommended it already: somebody else approves.
    """
    tranche = lock_tranche(tranche_id)
    award = tranche.award
    authorise_office(by, APPROVE_TRANCHE, award)
    if tranche.state != TrancheState.REQUESTED:
        raise Refusal(_("It is approved once the grantee has asked for it."))
    if award.offered_by_id == by.pk or _waived_something(by, tranche):
        raise NotAllowed(_("You offered this award or waived a condition of this payment. Somebody else approves it."))
    _approval, is_new = TrancheApproval.objects.get_or_create(tranche=tranche, round=tranche.round, by=by)
    if is_new:
        state = tranche.state
        record("tranches.stand_for", tranche, by=by, fund=award.fund, before=state, after=state)
    if not why_not(tranche, "approve"):
        make_tranche("approve", tranche, by=by)
    return tranche


@transaction.atomic
def hold_tranche(tranche_id: int, *, reason: str, by: Actor) -> Tranche:
    """Nothing happens to it until it is let go, which puts it back where it stood."""
    tranche = lock_tranche(tranche_id)
    authorise_office(by, MANAGE, tranche.award)
    tranche.hold_reason = reason.strip()
    return make_tranche("hold", tranche, by=by, facts={"reason": tranche.hold_reason})


@transaction.atomic
def release_tranche(tranche_id: int, *, by: Actor) -> Tranche:
    tranche = lock_tranche(tranche_id)
    authorise_office(by, MANAGE, tranche.award)
    return make_tranche("release", tranche, by=by)


def ready_due() -> int:
    """What the clock does. Returns how many payments may be asked for from now on."""
    due = list(tranches_that_may_be_ready(clock.now()).values_list("pk", flat=True))
    back = list(tranches_that_came_back().values_list("pk", flat=True))
    return sum(_get_ready_under_lock(pk) for pk in due) + sum(_try_again_under_lock(pk) for pk in back)


def get_ready_if_due(tranche: Tranche) -> bool:
    """Its row is locked. The grantee is told that it may ask for the money."""
    if why_not(tranche, "get_ready"):
        return False
    make_tranche("get_ready", tranche, by=SYSTEM)
    emails.tranche_ready(tranche)
    return True


@transaction.atomic
def _get_ready_under_lock(tranche_id: int) -> bool:
    return get_ready_if_due(lock_tranche(tranche_id))


@transaction.atomic
def _try_again_under_lock(tranche_id: int) -> bool:
    """What came back while its award rested."""
    tranche = lock_tranche(tranche_id)
    if why_not(tranche, "try_again"):
        return False
    make_tranche("try_again", tranche, by=SYSTEM)
    emails.tranche_ready(tranche)
    return True


def _waived_something(by: User, tranche: Tranche) -> bool:
    return Condition.objects.filter(tranche=tranche, waived_by=by).exists()
