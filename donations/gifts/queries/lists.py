from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift, Refund
from donations.gifts.states import RefundState

PER_PAGE = 25


@dataclass(frozen=True)
class GiftFilter:
    """What the list is narrowed to; an empty text narrows nothing. `refund_waits`: a refund needs a second person."""

    words: str = ""
    state: str = ""
    campaign: str = ""
    refund_waits: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.state or self.campaign or self.refund_waits)


@dataclass(frozen=True)
class StateCounts:
    """How many gifts stand where, under the other filters that are on."""

    of: dict[str, int]
    refunds_to_decide: int

    @property
    def total(self) -> int:
        return sum(self.of.values())


def gift_page(gifts: QuerySet[Gift], *, wanted: GiftFilter, number: object) -> Page[Gift]:
    """One page, newest first, of the gifts given; a number that is none, or too high, is the nearest page there is."""
    found = _narrowed(gifts, wanted).select_related("campaign", "purpose", "donor", "fund")
    return Paginator(found.order_by("-created_at", "-pk"), PER_PAGE).get_page(number)


def state_counts(gifts: QuerySet[Gift], *, wanted: GiftFilter) -> StateCounts:
    """Two queries."""
    others = _narrowed(gifts, GiftFilter(words=wanted.words, campaign=wanted.campaign))
    rows = others.order_by().values_list("state").annotate(count=Count("pk"))
    return StateCounts(dict(rows), others.filter(_refund_waits()).count())


def campaigns_of(gifts: QuerySet[Gift]) -> list[Campaign]:
    """The campaigns that any of these gifts is for."""
    return list(Campaign.objects.filter(Exists(gifts.filter(campaign=OuterRef("pk")))).order_by("code"))


def _narrowed(gifts: QuerySet[Gift], wanted: GiftFilter) -> QuerySet[Gift]:
    if wanted.state:
        gifts = gifts.filter(state=wanted.state)
    if wanted.campaign:
        gifts = gifts.filter(campaign__code=wanted.campaign)
    if wanted.refund_waits:
        gifts = gifts.filter(_refund_waits())
    for word in wanted.words.split():
        by_donor = Q(donor__name__icontains=word) | Q(donor__email__icontains=word)
        gifts = gifts.filter(by_donor | Q(reference__icontains=word))
    return gifts


def _refund_waits() -> Exists:
    return Exists(Refund.objects.filter(gift=OuterRef("pk"), state=RefundState.REQUESTED))
