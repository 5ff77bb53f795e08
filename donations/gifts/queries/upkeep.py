from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from donations.gifts.states import (
    BEFORE_MONEY,
    WITH_MONEY,
    MovementKind,
    PaymentState,
    RefundState,
    SessionState,
)
from fundportal import clock


def gifts_to_read(*, pause: timedelta) -> QuerySet[Gift]:
    """Gifts whose truth may have changed at Stripe unseen, and that were not read within the pause.

    Open pages, payments at the bank, received gifts whose balance transaction is not known, refunds not settled.
    """
    last_seen = clock.now() - pause
    rested = Q(read_at__lt=last_seen) | Q(read_at__isnull=True, created_at__lt=last_seen)
    open_pages = Q(session_state=SessionState.OPEN) | Q(payment_state=PaymentState.PROCESSING)
    at_stripe = Exists(Attempt.objects.filter(open_pages, gift=OuterRef("pk")))
    money_known = Exists(MoneyMovement.objects.filter(gift=OuterRef("pk"), kind=MovementKind.CHARGE))
    unsettled = Exists(Refund.objects.filter(gift=OuterRef("pk"), state=RefundState.SENT))
    unpaid = Q(at_stripe, state__in=BEFORE_MONEY)
    incomplete = Q(~money_known | unsettled, state__in=WITH_MONEY)
    return Gift.objects.filter(rested).filter(unpaid | incomplete)


def next_expiry_at() -> datetime | None:
    """When the next open payment page closes by itself."""
    coming = Attempt.objects.filter(session_state=SessionState.OPEN, expires_at__gt=clock.now())
    first: datetime | None = coming.aggregate(first=Min("expires_at"))["first"]
    return first


def unbooked_gifts(*, waited: timedelta) -> QuerySet[Gift]:
    """Received longer ago than this, and still no payment of theirs stands in the books."""
    booked = MoneyMovement.objects.filter(gift=OuterRef("pk"), kind=MovementKind.CHARGE, journal__isnull=False)
    received = Gift.objects.filter(state__in=WITH_MONEY, received_at__lt=clock.now() - waited)
    return received.filter(~Exists(booked))
