from donations.campaigns.models import Campaign
from fundportal.funds.models import Purpose
from fundportal.money import Money

BASIS_POINTS = 10_000


def fee_cover(campaign: Campaign, amount: Money) -> Money:
    """What a donor adds so that all of `amount` is left when the card network has taken its part.

    The whole charge is ceil((amount + fixed) / (1 - rate)), in whole minor units. Since the network's own fee is
    rounded to a whole unit, at least `amount` is left, and never more than one unit above it: 100.00 at 2.9 % and
    0.30 makes 103.30.
    """
    kept_of_each_unit = BASIS_POINTS - campaign.fee_percent_bp
    whole_charge = -(-(amount.minor + campaign.fee_fixed_minor) * BASIS_POINTS // kept_of_each_unit)
    return Money(whole_charge - amount.minor, amount.currency)


def purposes_of(campaign: Campaign) -> list[Purpose]:
    """What a gift to this campaign may be for, as they stand on the form."""
    return list(campaign.purposes.order_by("position", "code"))


def open_campaign(code: str) -> Campaign | None:
    """The campaign with its fund, or None when there is none or it is closed."""
    found = Campaign.objects.select_related("fund__legal_donee").filter(code=code).first()
    return found if found and found.is_open else None
