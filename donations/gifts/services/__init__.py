"""The acts of a gift's life. Money facts come from Stripe alone; people only begin gifts and ask for refunds."""

from donations.gifts.services.asking import read_again
from donations.gifts.services.checkout import ReturnUrls, open_checkout
from donations.gifts.services.events import follow_event
from donations.gifts.services.facts import AttemptReading, MovementReading, Reading, RefundReading, apply_facts
from donations.gifts.services.giving import GiftFacts, start_gift
from donations.gifts.services.reading import reread_gift
from donations.gifts.services.refunds import approve_refund, refuse_refund, request_refund
from donations.gifts.services.sending import send_refund
from donations.gifts.services.sweeping import sweep

__all__ = [
    "AttemptReading",
    "GiftFacts",
    "MovementReading",
    "Reading",
    "RefundReading",
    "ReturnUrls",
    "apply_facts",
    "approve_refund",
    "follow_event",
    "open_checkout",
    "read_again",
    "refuse_refund",
    "request_refund",
    "reread_gift",
    "send_refund",
    "start_gift",
    "sweep",
]
