"""What was read at Stripe becomes what stands here: merged so that no order of reading changes the outcome."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from donations.gifts.lifecycle.gift import path_to
from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from donations.gifts.services.booking import book_movements
from donations.gifts.services.settling import settle_refund
from donations.gifts.states import BEFORE_MONEY, PaymentState, RefundState, SessionState, state_from
from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.tasks import after_commit


@dataclass(frozen=True)
class AttemptReading:
    """One payment page and what became of it. `paid_minor` is in the gift's currency."""

    number: int
    session_id: str
    session_state: str
    payment_state: str
    expires_at: datetime | None = None
    intent_id: str = ""
    decline_code: str = ""
    charge_id: str = ""
    card_last4: str = ""
    paid_minor: int = 0
    paid_at: datetime | None = None


@dataclass(frozen=True)
class MovementReading:
    """One balance transaction, in the account's currency, signed as Stripe signs it."""

    txn: str
    kind: str
    object_id: str
    attempt_number: int
    gross_minor: int
    fee_minor: int
    currency: str
    occurred_at: datetime


@dataclass(frozen=True)
class RefundReading:
    """`uuid` is what we wrote into its metadata; empty when somebody made it in Stripe's dashboard."""

    stripe_id: str
    uuid: str
    amount_minor: int
    currency: str
    state: str
    created_at: datetime
    failure_reason: str = ""


@dataclass(frozen=True)
class Reading:
    """Everything Stripe said about a gift at one time. `number` was taken before Stripe was asked."""

    number: int
    attempts: tuple[AttemptReading, ...] = ()
    movements: tuple[MovementReading, ...] = ()
    refunds: tuple[RefundReading, ...] = ()


@transaction.atomic
def apply_facts(gift_id: int, reading: Reading) -> Gift:
    """Merges a reading under the gift's lock, books what moved, and brings the gift to the state the facts say.

    Success, balance transactions and the outcome of refunds are kept from any reading; everything else from the one
    with the highest number. So any order and any repetition of the same readings ends in the same gift and books.
    """
    gift = lock_gift(gift_id)
    start, given_back = gift.state, gift.given_back
    attempts = {attempt.number: attempt for attempt in gift.attempts.all()}
    for seen in reading.attempts:
        _merge_attempt(attempts[seen.number], seen, reading.number)
    for moved in reading.movements:
        _keep_movement(gift, attempts[moved.attempt_number], moved)
    for refund in reading.refunds:
        _merge_refund(gift, refund)
    book_movements(gift)
    bring_to_facts(gift)
    if gift.has_money and start in BEFORE_MONEY:
        after_commit("receipts.issue", gift.pk)
    elif gift.given_back != given_back:
        after_commit("receipts.follow_refund", gift.pk)
    return gift


def lock_gift(gift_id: int) -> Gift:
    """The gift with what its acts read, its row locked until the transaction ends."""
    return Gift.objects.select_for_update(of=("self",)).select_related("fund", "campaign", "purpose").get(pk=gift_id)


def bring_to_facts(gift: Gift) -> None:
    """Makes the moves from where the locked gift stands to what its rows say, and saves it."""
    attempts = list(gift.attempts.all())
    seen = [attempt.facts for attempt in attempts]
    target = state_from(seen, paid_minor=gift.paid.minor, refunded_minor=gift.given_back.minor)
    for name in path_to(target, start=gift.state):
        before = gift.state
        move(gift, name, at=_moment_of(name, attempts))
        record(f"gifts.{name}", gift, by=SYSTEM, fund=gift.fund, before=before, after=gift.state)
    gift.save()


def _moment_of(name: str, attempts: list[Attempt]) -> datetime | None:
    """A gift is received when the card was charged, whenever we learned of it."""
    if name != "receive":
        return None
    return min((attempt.paid_at for attempt in attempts if attempt.paid_at), default=None)


def _merge_attempt(attempt: Attempt, seen: AttemptReading, number: int) -> None:
    """A success stays for good; of everything else the newest reading speaks."""
    before = attempt.facts
    attempt.session_id = attempt.session_id or seen.session_id
    attempt.intent_id = attempt.intent_id or seen.intent_id
    succeeded = seen.payment_state == PaymentState.SUCCEEDED
    if attempt.payment_state != PaymentState.SUCCEEDED and (succeeded or number > attempt.reading):
        attempt.payment_state = seen.payment_state
        attempt.decline_code = seen.decline_code
        attempt.charge_id = seen.charge_id
        attempt.card_last4 = seen.card_last4
        attempt.paid_minor, attempt.paid_at = seen.paid_minor, seen.paid_at
    if attempt.session_state != SessionState.COMPLETE and (
        seen.session_state == SessionState.COMPLETE or number > attempt.reading
    ):
        attempt.session_state = seen.session_state
        attempt.expires_at = seen.expires_at
    attempt.reading = max(attempt.reading, number)
    if attempt.facts != before:
        attempt.changed_at = clock.now()
    attempt.save()


def _keep_movement(gift: Gift, attempt: Attempt, moved: MovementReading) -> None:
    facts = {
        "gift": gift,
        "account_id": attempt.account_id,
        "kind": moved.kind,
        "object_id": moved.object_id,
        "gross_minor": moved.gross_minor,
        "fee_minor": moved.fee_minor,
        "net_minor": moved.gross_minor - moved.fee_minor,
        "currency": moved.currency,
        "occurred_at": moved.occurred_at,
    }
    MoneyMovement.objects.get_or_create(txn=moved.txn, defaults=facts)


def _merge_refund(gift: Gift, seen: RefundReading) -> None:
    known = gift.refunds.filter(stripe_id=seen.stripe_id).first()
    refund = known or _refund_on_its_way(gift, seen) or _refund_found_at_stripe(gift, seen)
    refund.stripe_id = seen.stripe_id
    refund.failure_reason = seen.failure_reason or refund.failure_reason
    settle_refund(refund, seen.state)


def _refund_on_its_way(gift: Gift, seen: RefundReading) -> Refund | None:
    """An approved refund whose order to Stripe has no answer yet. What is typed in a dashboard may be anything."""
    on_their_way = gift.refunds.filter(state=RefundState.APPROVED, stripe_id="")
    return next((refund for refund in on_their_way if str(refund.uuid) == seen.uuid), None)


def _refund_found_at_stripe(gift: Gift, seen: RefundReading) -> Refund:
    """Somebody gave it back in Stripe's dashboard: it happened, so it is kept, and shown as what it is."""
    refund = Refund(
        gift=gift,
        amount_minor=seen.amount_minor,
        currency=seen.currency,
        state=RefundState.SENT,
        stripe_id=seen.stripe_id,
        requested_at=seen.created_at,
        sent_at=seen.created_at,
    )
    refund.save()
    record("refunds.found_at_stripe", refund, by=SYSTEM, fund=gift.fund, after=refund.state)
    return refund
