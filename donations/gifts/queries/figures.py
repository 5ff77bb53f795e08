from collections.abc import Collection

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce

from donations.gifts.models import Gift
from donations.gifts.states import GiftState
from fundportal.ledger.models import Posting

STANDING = (GiftState.RECEIVED, GiftState.PARTLY_REFUNDED)


def raised_minor(campaign_ids: Collection[int]) -> dict[int, int]:
    """What the books hold as contributions to each campaign, less what was given back, in the books' own currency.

    A journal that was taken back counts with the one that took it back. One query.
    """
    direct, undone = "journal__gift_movement__gift__campaign", "journal__reverses__gift_movement__gift__campaign"
    rows = (
        Posting.objects.filter(account__code="contributions", currency=F("account__fund__settlement_currency"))
        .annotate(campaign=Coalesce(direct, undone))
        .filter(campaign__in=campaign_ids)
        .order_by()
        .values_list("campaign")
        .annotate(debit=Sum("amount_minor"))
    )
    return {campaign: -debit for campaign, debit in rows}


def gifts_standing(campaign_ids: Collection[int]) -> dict[int, int]:
    """How many gifts to each campaign are with the fund today, in whole or in part. One query."""
    standing = Gift.objects.filter(campaign__in=campaign_ids, state__in=STANDING)
    return dict(standing.order_by().values_list("campaign").annotate(count=Count("pk")))
