"""The words a gift, its money and its refunds stand at, and the one function that says where a gift stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class GiftState(models.TextChoices):
    DRAFT = "draft", _("Not paid yet")
    CHECKOUT_OPEN = "checkout_open", _("At the payment page")
    PROCESSING = "processing", _("The bank is working on it")
    ABANDONED = "abandoned", _("Left without paying")
    RECEIVED = "received", _("Received")
    PARTLY_REFUNDED = "partly_refunded", _("Partly given back")
    REFUNDED = "refunded", _("Given back")


BEFORE_MONEY = (GiftState.DRAFT, GiftState.CHECKOUT_OPEN, GiftState.PROCESSING, GiftState.ABANDONED)
WITH_MONEY = (GiftState.RECEIVED, GiftState.PARTLY_REFUNDED, GiftState.REFUNDED)


class RefundState(models.TextChoices):
    REQUESTED = "requested", _("Waits for a second person")
    APPROVED = "approved", _("Approved, on its way to Stripe")
    REFUSED = "refused", _("Refused")
    SENT = "sent", _("With Stripe")
    SUCCEEDED = "succeeded", _("Given back")
    FAILED = "failed", _("Failed, the money is still here")


UNSETTLED = (RefundState.REQUESTED, RefundState.APPROVED, RefundState.SENT)
HOLDING = (*UNSETTLED, RefundState.SUCCEEDED)


class Visibility(models.TextChoices):
    HIDDEN = "hidden", _("It does not appear")
    NAME = "name", _("Name only, never the amount")


class SessionState(models.TextChoices):
    """Stripe's word for a Checkout Session; `unknown` until Stripe has answered."""

    UNKNOWN = "", _("not known yet")
    OPEN = "open", _("open")
    EXPIRED = "expired", _("expired")
    COMPLETE = "complete", _("complete")


class PaymentState(models.TextChoices):
    """Stripe's words for a payment intent, gathered to what matters here."""

    NONE = "", _("nothing tried")
    WAITING = "waiting", _("waiting for the donor")
    DECLINED = "declined", _("declined")
    PROCESSING = "processing", _("processing")
    CANCELLED = "cancelled", _("cancelled")
    SUCCEEDED = "succeeded", _("succeeded")


class MovementKind(models.TextChoices):
    CHARGE = "charge", _("Payment")
    REFUND = "refund", _("Refund")
    REFUND_FAILURE = "refund_failure", _("Refund that came back")


@dataclass(frozen=True)
class AttemptFacts:
    number: int
    session: str
    payment: str


def state_from(attempts: Sequence[AttemptFacts], *, paid_minor: int, refunded_minor: int) -> GiftState:
    """Where a gift stands, from the set of facts alone: the order in which they were learned plays no part.

    `paid_minor` and `refunded_minor` are in the gift's currency. One success outweighs every failure of any other
    attempt; among attempts without one, the bank's work outweighs an open page, and then the latest attempt speaks.
    """
    if paid_minor > 0 or any(attempt.payment == PaymentState.SUCCEEDED for attempt in attempts):
        return _after_money(paid_minor, refunded_minor)
    if any(attempt.payment == PaymentState.PROCESSING for attempt in attempts):
        return GiftState.PROCESSING
    if not attempts:
        return GiftState.DRAFT
    return _of_attempt(max(attempts, key=lambda attempt: attempt.number))


def _after_money(paid_minor: int, refunded_minor: int) -> GiftState:
    if refunded_minor <= 0:
        return GiftState.RECEIVED
    return GiftState.PARTLY_REFUNDED if refunded_minor < paid_minor else GiftState.REFUNDED


def _of_attempt(attempt: AttemptFacts) -> GiftState:
    if attempt.session == SessionState.EXPIRED or attempt.payment == PaymentState.CANCELLED:
        return GiftState.ABANDONED
    if attempt.payment == PaymentState.DECLINED:
        return GiftState.DRAFT
    if attempt.session == SessionState.COMPLETE:
        return GiftState.PROCESSING
    return GiftState.CHECKOUT_OPEN if attempt.session == SessionState.OPEN else GiftState.DRAFT
