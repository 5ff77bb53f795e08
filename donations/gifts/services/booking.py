from zoneinfo import ZoneInfo

from donations.gifts.models import Gift, MoneyMovement
from donations.gifts.states import MovementKind
from fundportal.access import SYSTEM
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind

KINDS = {
    MovementKind.CHARGE: JournalKind.GIFT,
    MovementKind.REFUND: JournalKind.REFUND,
    MovementKind.REFUND_FAILURE: JournalKind.REFUND_FAILED,
}
MEMOS = {
    MovementKind.CHARGE: "Gift {reference}",
    MovementKind.REFUND: "Refund of gift {reference}",
    MovementKind.REFUND_FAILURE: "Refund of gift {reference} came back",
}


def book_movements(gift: Gift) -> None:
    """Every movement of the locked gift that is not in the books yet gets its journal, once."""
    for movement in gift.movements.filter(journal__isnull=True).select_related("account").order_by("occurred_at", "pk"):
        movement.journal = post(
            fund=gift.fund,
            kind=KINDS[MovementKind(movement.kind)],
            source=("balance_transaction", movement.txn),
            lines=lines_of(movement, gift),
            by=SYSTEM,
            business_on=movement.occurred_at.astimezone(ZoneInfo(gift.fund.time_zone)).date(),
            texts=_memo(movement, gift),
        )
        movement.save(update_fields=["journal"])


def lines_of(movement: MoneyMovement, gift: Gift) -> list[Line]:
    """Stripe's balance gains the net, the fee is a cost, the rest is the donor's contribution.

    The same three lines serve refunds: their amounts are signed the other way. The ledger leaves out a fee of zero.
    """
    return [
        Line(f"stripe:{movement.account.account_id}", movement.net),
        Line("fees", movement.fee, purpose=gift.purpose),
        Line("contributions", -movement.gross, purpose=gift.purpose),
    ]


def _memo(movement: MoneyMovement, gift: Gift) -> Memo:
    memo = MEMOS[MovementKind(movement.kind)].format(reference=gift.reference)
    return Memo(memo=memo, public_memo="")
