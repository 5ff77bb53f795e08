"""Finds what no event told us of: nothing here depends on a webhook or a bell having arrived."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F

from donations.gifts.models import Refund
from donations.gifts.queries import gifts_to_read
from donations.gifts.services.reading import reread_gift
from donations.gifts.services.sending import send_refund
from donations.gifts.states import RefundState

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)


def sweep(*, limit: int = 100) -> int:
    """Tells Stripe of refunds approved and reads again what may have changed unseen; says how many it looked at.

    A gift is read at most once in ten minutes. One that cannot be read does not hold up the others.
    """
    unsent = list(Refund.objects.filter(state=RefundState.APPROVED).order_by("decided_at", "pk")[:limit])
    stale = list(gifts_to_read(pause=PAUSE).order_by(F("read_at").asc(nulls_first=True), "pk")[:limit])
    for refund in unsent:
        _try(send_refund, refund.pk)
    for gift in stale:
        _try(reread_gift, gift.pk)
    return len(unsent) + len(stale)


def _try(act: Callable[[int], object], subject_id: int) -> None:
    try:
        act(subject_id)
    except Exception:  # whatever is wrong with one gift, the next one is looked at
        logger.exception("%s could not be done for %s; the next sweep tries again.", act.__name__, subject_id)
