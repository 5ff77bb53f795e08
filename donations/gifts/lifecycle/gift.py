from django.db import models
from django_fsm import transition

from donations.gifts.states import BEFORE_MONEY, GiftState
from fundportal import clock
from fundportal.lifecycle import StateField

DRAFT, CHECKOUT_OPEN, PROCESSING, ABANDONED = BEFORE_MONEY


class GiftLifecycle(models.Model):
    """Moves are never chosen: `state_from` reads the facts and MOVES says which move writes that state.

    There is a path to whatever the facts say, a late success from `abandoned` included; from money there is none back
    to before it, so a late failure changes nothing.
    """

    state = StateField(choices=GiftState, default=GiftState.DRAFT, protected=True, editable=False)
    abandoned_at = models.DateTimeField(null=True, editable=False)
    received_at = models.DateTimeField(null=True, editable=False)
    refunded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=(DRAFT, PROCESSING, ABANDONED), target=CHECKOUT_OPEN)
    def show_payment_page(self) -> None:
        self.abandoned_at = None

    @transition(field=state, source=(CHECKOUT_OPEN, PROCESSING, ABANDONED), target=DRAFT)
    def decline(self) -> None:
        """Nothing was taken; the donor may try again."""
        self.abandoned_at = None

    @transition(field=state, source=(DRAFT, CHECKOUT_OPEN, ABANDONED), target=PROCESSING)
    def wait_for_bank(self) -> None:
        """Promised by a bank debit, not received: no receipt yet."""
        self.abandoned_at = None

    @transition(field=state, source=(DRAFT, CHECKOUT_OPEN, PROCESSING), target=ABANDONED)
    def abandon(self) -> None:
        self.abandoned_at = clock.now()

    @transition(field=state, source=BEFORE_MONEY, target=GiftState.RECEIVED)
    def receive(self) -> None:
        """Held at the moment of the charge, not of our learning of it."""
        self.abandoned_at = None
        self.received_at = clock.now()

    @transition(field=state, source=(GiftState.RECEIVED, GiftState.REFUNDED), target=GiftState.PARTLY_REFUNDED)
    def give_back_a_part(self) -> None:
        self.refunded_at = clock.now()

    @transition(field=state, source=(GiftState.RECEIVED, GiftState.PARTLY_REFUNDED), target=GiftState.REFUNDED)
    def give_back(self) -> None:
        self.refunded_at = clock.now()

    @transition(field=state, source=(GiftState.PARTLY_REFUNDED, GiftState.REFUNDED), target=GiftState.RECEIVED)
    def keep_after_all(self) -> None:
        """Every refund failed: the donor's bank sent the money back to us."""
        self.refunded_at = None


MOVES: dict[str, str] = {
    GiftState.DRAFT: "decline",
    GiftState.CHECKOUT_OPEN: "show_payment_page",
    GiftState.PROCESSING: "wait_for_bank",
    GiftState.ABANDONED: "abandon",
    GiftState.PARTLY_REFUNDED: "give_back_a_part",
    GiftState.REFUNDED: "give_back",
}


def path_to(state: str, *, start: str) -> list[str]:
    """The moves that lead from one state to the state the facts say; empty when it stands there already."""
    if state == start:
        return []
    if start in BEFORE_MONEY:
        later = [] if state in (*BEFORE_MONEY, GiftState.RECEIVED) else [MOVES[state]]
        return [MOVES[state]] if state in BEFORE_MONEY else ["receive", *later]
    return ["keep_after_all"] if state == GiftState.RECEIVED else [MOVES[state]]
