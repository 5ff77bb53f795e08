from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.campaigns.models import Campaign
from donations.campaigns.queries import fee_cover
from donations.gifts.models import Attempt, Gift
from donations.gifts.states import GiftState, PaymentState
from donations.giving.declines import sentence
from donations.receipts.models import Receipt
from donations.receipts.queries import receipt_in_force
from fundportal.money import Money, currency, format_money


@dataclass(frozen=True)
class Sums:
    """What the summary beside the form says, true whether or not the card cost is added."""

    gift: Money
    cover: Money

    @property
    def gift_words(self) -> str:
        return format_money(self.gift)

    @property
    def cover_words(self) -> str:
        return format_money(self.cover)

    @property
    def total_words(self) -> str:
        return format_money(self.gift + self.cover)


@dataclass(frozen=True)
class Standing:
    """Where a gift stands, for the person who gave it."""

    kind: str
    heading: Promise
    sentence: Promise
    may_try_again: bool
    receipt: Receipt | None


def campaign_of(code: str) -> Campaign:
    found = Campaign.objects.select_related("fund__legal_donee").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def gift_of(campaign: Campaign, uuid: UUID) -> Gift:
    """Whoever knows the address of a gift's page is the giver."""
    found = campaign.gifts.select_related("donor", "purpose").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def sums(campaign: Campaign, gift: Money | None) -> Sums | None:
    return None if gift is None else Sums(gift, fee_cover(campaign, gift))


def sample_of(campaign: Campaign) -> str:
    """1,234.56 as this currency is written in this language: the pattern from which the browser writes amounts."""
    decimals = currency(campaign.currency).exponent
    return format_money(Money(int("1234" + "567"[:decimals]), campaign.currency))


def decline_of(gift: Gift) -> Promise | None:
    """The sentence for the last refusal of a gift that has not been paid since."""
    if gift.has_money or gift.state == GiftState.PROCESSING:
        return None
    last: Attempt | None = gift.attempts.order_by("-number").first()
    return sentence(last.decline_code) if last and last.payment_state == PaymentState.DECLINED else None


def standing(gift: Gift) -> Standing:
    declined = decline_of(gift)
    if declined is not None:
        return Standing("declined", _("The payment did not go through"), declined, may_try_again=True, receipt=None)
    kind, heading, words = _WORDS.get(GiftState(gift.state), _CONFIRMING)
    receipt = receipt_in_force(gift.pk) if gift.has_money else None
    return Standing(kind, heading, words, may_try_again=gift.state == GiftState.ABANDONED, receipt=receipt)


_CONFIRMING = (
    "waiting",
    _("Your gift is on its way"),
    _("Stripe is confirming the payment. This takes seconds, seldom minutes; the receipt comes by email by itself."),
)
_WORDS = {
    GiftState.RECEIVED: (
        "received",
        _("Your gift arrived. Thank you."),
        _("The receipt is on its way to your mailbox."),
    ),
    GiftState.PROCESSING: (
        "waiting",
        _("Your gift is on its way"),
        _(
            "Your bank is working on the payment; that can take several working days. "
            "The receipt comes when it arrives."
        ),
    ),
    GiftState.ABANDONED: (
        "abandoned",
        _("Nothing was taken"),
        _("The payment page was closed before you paid. You can go on where you stopped."),
    ),
    GiftState.PARTLY_REFUNDED: (
        "received",
        _("A part of your gift went back to you"),
        _("Your receipt names what stays with the fund."),
    ),
    GiftState.REFUNDED: (
        "refunded",
        _("Your gift went back to you"),
        _("Banks show it within five to ten days. The receipt is no longer in force."),
    ),
}
