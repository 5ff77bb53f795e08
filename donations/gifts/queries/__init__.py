from donations.gifts.queries.changes import gifts_received, refunds_paid
from donations.gifts.queries.figures import gifts_standing, raised_minor
from donations.gifts.queries.lists import GiftFilter, StateCounts, campaigns_of, gift_page, state_counts
from donations.gifts.queries.pages import gift_in_full, journals_behind
from donations.gifts.queries.timeline import Moment, gift_timeline
from donations.gifts.queries.upkeep import gifts_to_read, next_expiry_at, unbooked_gifts
from donations.gifts.queries.waiting import refunds_to_decide

__all__ = [
    "GiftFilter",
    "Moment",
    "StateCounts",
    "campaigns_of",
    "gift_in_full",
    "gift_page",
    "gift_timeline",
    "gifts_received",
    "gifts_standing",
    "gifts_to_read",
    "journals_behind",
    "next_expiry_at",
    "raised_minor",
    "refunds_paid",
    "refunds_to_decide",
    "state_counts",
    "unbooked_gifts",
]
