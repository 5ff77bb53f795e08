"""What one gives to: a public appeal of one fund, in one currency, for one or more of its purposes."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.campaigns.lifecycle import CampaignLifecycle
from donations.campaigns.states import CampaignState
from fundportal.access import ALL, funds_where
from fundportal.funds.models import Fund, Purpose
from fundportal.languages import pick
from fundportal.money import Money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "campaigns.view")
        return self if funds == ALL else self.filter(fund__in=funds)


class Campaign(CampaignLifecycle):
    """Amounts are minor units of `currency`; the goal counts in the fund's settlement currency, as the books do.

    `fee_percent_bp` (hundredths of a percent) and `fee_fixed_minor` are what the card network takes, used only to
    work out the cover a donor may add.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="campaigns")
    code = models.SlugField(_("code"), unique=True)
    titles = models.JSONField(_("titles"), default=dict)
    ledes = models.JSONField(_("ledes"), default=dict)
    currency = CurrencyField(_("currency of gifts"))
    presets_minor = models.JSONField(_("amounts offered"), default=list)
    minimum_minor = MinorUnitsField(_("smallest gift"))
    maximum_minor = MinorUnitsField(_("largest gift by card"))
    goal_minor = MinorUnitsField(_("goal"), null=True, blank=True)
    purposes = models.ManyToManyField(Purpose, related_name="campaigns")
    fee_percent_bp = models.PositiveSmallIntegerField(_("card fee, hundredths of a percent"), default=290)
    fee_fixed_minor = models.PositiveIntegerField(_("card fee, fixed part"), default=30)

    minimum = money_property("minimum_minor", "currency")
    maximum = money_property("maximum_minor", "currency")
    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(minimum_minor__gt=0, maximum_minor__gte=F("minimum_minor")),
                name="a_campaign_has_a_smallest_and_a_largest_gift",
            ),
            models.CheckConstraint(
                condition=Q(goal_minor__isnull=True) | Q(goal_minor__gt=0), name="a_campaign_goal_is_more_than_nothing"
            ),
            models.CheckConstraint(condition=Q(fee_percent_bp__lt=10_000), name="a_card_fee_is_less_than_the_gift"),
            models.CheckConstraint(
                condition=Q(state=CampaignState.OPEN, closed_at__isnull=True)
                | Q(state=CampaignState.CLOSED, closed_at__isnull=False),
                name="a_campaign_is_closed_exactly_when_it_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def lede(self) -> str:
        return pick(self.ledes)

    @property
    def is_open(self) -> bool:
        return self.state == CampaignState.OPEN

    @property
    def presets(self) -> list[Money]:
        return [Money(minor, self.currency) for minor in self.presets_minor]

    @property
    def goal(self) -> Money | None:
        """In the fund's settlement currency; reads `fund`."""
        return None if self.goal_minor is None else Money(self.goal_minor, self.fund.settlement_currency)
