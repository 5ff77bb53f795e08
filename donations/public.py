"""The front door for public pages: what may be given to, and what came in, from the books."""

from dataclasses import dataclass

from django.db.models import QuerySet

from donations.campaigns.models import Campaign
from donations.campaigns.states import CampaignState
from donations.gifts.queries import gifts_standing, raised_minor
from fundportal.funds.models import Fund, Purpose
from fundportal.ledger import queries as books
from fundportal.money import Money

PERCENT = 100


@dataclass(frozen=True)
class CampaignFigures:
    """In the fund's settlement currency; `raised` less what was given back, `gifts` those that stand.

    `percent` is of the goal, rounded down; None without one.
    """

    code: str
    title: str
    is_open: bool
    raised: Money
    goal: Money | None
    gifts: int

    @property
    def percent(self) -> int | None:
        return None if self.goal is None else self.raised.minor * PERCENT // self.goal.minor


@dataclass(frozen=True)
class PurposeFigures:
    """What was given for a purpose, and what of it may still be promised."""

    code: str
    name: str
    given: Money
    available: Money


@dataclass(frozen=True)
class FundFigures:
    """`given` is every contribution in the books, by whatever way it came; purposes in the fund's own order."""

    code: str
    given: Money
    purposes: tuple[PurposeFigures, ...]


def campaign_figures(code: str) -> CampaignFigures | None:
    """None when there is no such campaign. Three queries, however many gifts there are."""
    return next(iter(_figures(Campaign.objects.filter(code=code))), None)


def campaigns_of(fund_code: str) -> list[CampaignFigures]:
    """The fund's open campaigns, by code. Three queries, however many there are."""
    return _figures(Campaign.objects.filter(fund__code=fund_code, state=CampaignState.OPEN))


def fund_totals(fund_code: str) -> FundFigures | None:
    """None when there is no such fund. Three queries."""
    fund = Fund.objects.filter(code=fund_code).first()
    if fund is None:
        return None
    own = fund.settlement_currency
    balances = {row.purpose_id: row for row in books.purpose_balances(fund) if row.contributions.currency == own}
    zero = Money.zero(own)
    purposes = tuple(
        PurposeFigures(
            purpose.code,
            purpose.name,
            given=balances[purpose.pk].contributions if purpose.pk in balances else zero,
            available=balances[purpose.pk].available if purpose.pk in balances else zero,
        )
        for purpose in Purpose.objects.filter(fund=fund).order_by("position", "code")
    )
    return FundFigures(fund.code, sum((purpose.given for purpose in purposes), zero), purposes)


def _figures(campaigns: QuerySet[Campaign]) -> list[CampaignFigures]:
    found = list(campaigns.select_related("fund").order_by("code"))
    ids = [campaign.pk for campaign in found]
    raised, gifts = raised_minor(ids), gifts_standing(ids)
    return [
        CampaignFigures(
            code=campaign.code,
            title=campaign.title,
            is_open=campaign.is_open,
            raised=Money(raised.get(campaign.pk, 0), campaign.fund.settlement_currency),
            goal=campaign.goal,
            gifts=gifts.get(campaign.pk, 0),
        )
        for campaign in found
    ]
