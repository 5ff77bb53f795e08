from donations.gifts.models import Refund
from donations.gifts.states import RefundState
from fundportal.access import SYSTEM
from fundportal.audit.services import record
from fundportal.lifecycle import move

# Stripe's words only ever go this way: pending, then done, then, for a card that no longer exists, failed.
ORDER = (RefundState.APPROVED, RefundState.SENT, RefundState.SUCCEEDED, RefundState.FAILED)
MOVES = {RefundState.SENT: "send", RefundState.SUCCEEDED: "succeed", RefundState.FAILED: "fail"}


def settle_refund(refund: Refund, state: str) -> None:
    """Brings a refund to what Stripe says of it; an older word than the one that stands changes nothing.

    The gift's row is locked by the caller.
    """
    for name in _path(refund.state, RefundState(state)):
        before = refund.state
        move(refund, name)
        record(f"refunds.{name}", refund, by=SYSTEM, fund=refund.gift.fund, before=before, after=refund.state)
    refund.save()


def _path(start: str, target: RefundState) -> list[str]:
    steps = ORDER[ORDER.index(RefundState(start)) + 1 : ORDER.index(target) + 1]
    if target == RefundState.FAILED:
        steps = tuple(step for step in steps if step != RefundState.SUCCEEDED)
    return [MOVES[step] for step in steps]
