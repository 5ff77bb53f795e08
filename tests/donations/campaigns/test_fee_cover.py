import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.campaigns.models import Campaign
from donations.campaigns.queries import fee_cover
from fundportal.money import Money


def fee_taken(gross: int, rate: int, fixed: int) -> int:
    """The card network's own sum: the percentage rounded half up to a whole unit, and the fixed part."""
    return (gross * rate + 5_000) // 10_000 + fixed


@pytest.mark.parametrize(("amount", "cover"), [(10_000, 330), (500, 46), (2_500, 106), (50_000, 1_525)])
def test_the_cover_at_the_usual_card_fee(amount, cover):
    campaign = Campaign(fee_percent_bp=290, fee_fixed_minor=30)

    assert fee_cover(campaign, Money(amount, "USD")) == Money(cover, "USD")


@given(amount=st.integers(1, 10**12), rate=st.integers(0, 1_000), fixed=st.integers(0, 1_000))
def test_the_whole_gift_reaches_the_fund_and_hardly_a_unit_more(amount, rate, fixed):
    campaign = Campaign(fee_percent_bp=rate, fee_fixed_minor=fixed)

    gross = amount + fee_cover(campaign, Money(amount, "USD")).minor

    assert amount <= gross - fee_taken(gross, rate, fixed) <= amount + 1
