from uuid import UUID

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift
from donations.gifts.services import GiftFacts, ReturnUrls, open_checkout, start_gift
from donations.giving import abuse
from donations.giving.abuse import Visitor


def begin_gift(campaign: Campaign, facts: GiftFacts, *, key: UUID, visitor: Visitor) -> Gift:
    """The gift behind a filled form; the same form sent twice is the same gift. Nothing is asked of Stripe yet.

    Raises Refusal: 429 from the abuse checks, 422 with its field when the gift itself cannot be.
    """
    abuse.admit(visitor, campaign)
    return start_gift(campaign.pk, facts=facts, form_key=key)


def continue_gift(gift: Gift, *, visitor: Visitor, return_urls: ReturnUrls) -> str:
    """Another try at paying. Counts as a try at the door as the first one did."""
    abuse.admit(visitor, gift.campaign)
    return open_checkout(gift.pk, return_urls=return_urls)
