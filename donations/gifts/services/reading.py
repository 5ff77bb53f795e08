"""Asks Stripe what became of a gift. The only way by which money facts come in."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from donations.gifts.models import Attempt, Gift
from donations.gifts.services.facts import (
    AttemptReading,
    MovementReading,
    Reading,
    RefundReading,
    apply_facts,
    lock_gift,
)
from donations.gifts.states import MovementKind, PaymentState, RefundState
from donations.stripe import gateway
from fundportal import clock

# Stripe's words for a payment intent and for a refund. Source: the types of the stripe package, 16.1.
PAYMENTS = {
    "requires_payment_method": PaymentState.WAITING,
    "requires_confirmation": PaymentState.WAITING,
    "requires_action": PaymentState.WAITING,
    "requires_capture": PaymentState.PROCESSING,
    "processing": PaymentState.PROCESSING,
    "canceled": PaymentState.CANCELLED,
    "succeeded": PaymentState.SUCCEEDED,
}
REFUNDS = {"succeeded": RefundState.SUCCEEDED, "failed": RefundState.FAILED, "canceled": RefundState.FAILED}


def reread_gift(gift_id: int) -> Gift:
    """Reads every attempt of the gift at Stripe and brings the gift to what was read.

    Raises gateway.OutcomeUnknownError when Stripe does not answer; nothing has changed then.
    """
    number = _take_number(gift_id)
    attempts = (
        Attempt.objects.filter(gift_id=gift_id).exclude(session_id="").select_related("account").order_by("number")
    )
    parts = [_read_attempt(attempt) for attempt in attempts]
    reading = Reading(
        number=number,
        attempts=tuple(part.attempts[0] for part in parts),
        movements=tuple(movement for part in parts for movement in part.movements),
        refunds=tuple(refund for part in parts for refund in part.refunds),
    )
    return apply_facts(gift_id, reading)


@transaction.atomic
def _take_number(gift_id: int) -> int:
    """Numbered before Stripe is asked: of two readings at once, what the later one says stays."""
    gift = lock_gift(gift_id)
    gift.last_reading += 1
    gift.read_at = clock.now()
    gift.save(update_fields=["last_reading", "read_at"])
    return gift.last_reading


def _read_attempt(attempt: Attempt) -> Reading:
    account = attempt.account.account_id
    session = gateway.retrieve_checkout_session(attempt.session_id, account=account)
    intent_id = session.payment_intent_id or attempt.intent_id
    payment = gateway.retrieve_payment_intent(intent_id, account=account) if intent_id else None
    refunds = gateway.list_refunds(intent_id, account=account) if payment and payment.charge_id else []
    return Reading(
        number=0,
        attempts=(attempt_reading(attempt.number, session, payment),),
        movements=tuple(_movements(attempt.number, payment, refunds)),
        refunds=tuple(refund_reading(refund) for refund in refunds),
    )


def attempt_reading(number: int, session: gateway.SessionFacts, payment: gateway.PaymentFacts | None) -> AttemptReading:
    page = AttemptReading(number, session.id, session.status, PaymentState.NONE, expires_at=session.expires_at)
    if payment is None:
        return page
    state = payment_state(payment)
    succeeded = state == PaymentState.SUCCEEDED
    return replace(
        page,
        payment_state=state,
        intent_id=payment.id,
        decline_code="" if succeeded else payment.decline_code,
        charge_id=payment.charge_id,
        card_last4=payment.card_last4,
        paid_minor=payment.received.minor if succeeded else 0,
        paid_at=payment.paid_at if succeeded else None,
    )


def payment_state(payment: gateway.PaymentFacts) -> PaymentState:
    """A declined payment waits for another card: only the reason of the last refusal tells it from a new one."""
    if payment.status == "requires_payment_method" and payment.decline_code:
        return PaymentState.DECLINED
    return PAYMENTS[payment.status]


def refund_reading(refund: gateway.RefundFacts) -> RefundReading:
    return RefundReading(
        stripe_id=refund.id,
        uuid=refund.metadata.get("refund", ""),
        amount_minor=refund.amount.minor,
        currency=refund.amount.currency,
        state=REFUNDS.get(refund.status, RefundState.SENT),
        created_at=refund.created_at,
        failure_reason=refund.failure_reason,
    )


def _movements(
    number: int, payment: gateway.PaymentFacts | None, refunds: list[gateway.RefundFacts]
) -> Iterator[MovementReading]:
    if payment is not None and payment.money is not None:
        yield _movement(MovementKind.CHARGE, number, payment.money, payment.charge_id)
    for refund in refunds:
        if refund.money is not None:
            yield _movement(MovementKind.REFUND, number, refund.money, refund.id)
        if refund.failure_money is not None:
            yield _movement(MovementKind.REFUND_FAILURE, number, refund.failure_money, refund.id)


def _movement(kind: MovementKind, number: int, money: gateway.MoneyFacts, object_id: str) -> MovementReading:
    return MovementReading(
        txn=money.id,
        kind=kind,
        object_id=object_id,
        attempt_number=number,
        gross_minor=money.gross.minor,
        fee_minor=money.fee.minor,
        currency=money.gross.currency,
        occurred_at=money.created_at,
    )
