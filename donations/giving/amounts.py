"""The amounts a form offers, and the one a person typed."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from donations.campaigns.models import Campaign
from donations.campaigns.queries import fee_cover
from fundportal.money import AmountError, Money, format_money, parse_amount

OTHER: Final = "other"


def in_words(money: Money) -> str:
    """As a sentence says it: $5, but $5.50."""
    return format_money(money, cents=not money.is_whole)


def tile_value(money: Money) -> str:
    """The same in every language, so that a link from another page may carry it: 50 or 12.50."""
    return f"{money.decimal:f}" if not money.is_whole else f"{money.decimal:.0f}"


def choices(campaign: Campaign) -> list[tuple[str, str]]:
    tiles = [(tile_value(money), in_words(money)) for money in campaign.presets]
    return [*tiles, (OTHER, _("Other"))]


def first_choice(campaign: Campaign) -> str:
    """The middle tile, so never the highest; none where there is nothing to choose between."""
    presets = sorted(campaign.presets)
    return tile_value(presets[(len(presets) - 1) // 2]) if len(presets) > 1 else ""


def fee_example(campaign: Campaign, gift: Money | None) -> str:
    """True for whatever is chosen next: the rule, and the exact figure for one amount."""
    shown = gift or campaign.minimum
    words = {
        "percent": formats.localize(Decimal(campaign.fee_percent_bp).scaleb(-2).normalize()),
        "fixed": format_money(Money(campaign.fee_fixed_minor, campaign.currency)),
        "cover": format_money(fee_cover(campaign, shown)),
        "gift": in_words(shown),
    }
    return _("The card network takes %(percent)s%% and %(fixed)s: %(cover)s on a gift of %(gift)s.") % words


def own_amount(campaign: Campaign, tile: str, typed: str) -> Money:
    """The amount meant by a tile and a text box. Raises ValidationError with what to do about it."""
    by_tile = {tile_value(money): money for money in campaign.presets}.get(tile)
    if not typed:
        if by_tile is None:
            raise ValidationError(_("Type the amount you would like to give."), code="required")
        return _within(campaign, by_tile)
    try:
        money = parse_amount(typed, campaign.currency)
    except AmountError as fault:
        raise ValidationError(fault.sentence, code="unreadable") from None
    if by_tile is not None and by_tile != money:
        sentence = _("You chose %(tile)s and typed another amount. Choose Other, or empty this box.")
        raise ValidationError(sentence % {"tile": in_words(by_tile)}, code="two amounts")
    return _within(campaign, money)


def _within(campaign: Campaign, money: Money) -> Money:
    if money < campaign.minimum:
        sentence = _("The smallest gift is %(least)s. Type %(number)s or more.")
        raise ValidationError(
            sentence % {"least": in_words(campaign.minimum), "number": tile_value(campaign.minimum)}, code="too small"
        )
    if money > campaign.maximum:
        sentence = _("By card we take up to %(most)s at once. For more, write to us at %(address)s.")
        raise ValidationError(
            sentence % {"most": in_words(campaign.maximum), "address": campaign.fund.contact_email}, code="too large"
        )
    return money
