"""What the grantee sets out to reach, and what the money is agreed to be spent on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.awards.models.award import Award


class Indicator(models.Model):
    """A figure to follow. `baseline` is where it stands at the start, `target` where it should stand at the end."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="indicators")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("what is counted"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("at the start"), max_digits=15, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("aim"), max_digits=15, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("award", "position")
        constraints = (
            models.UniqueConstraint(fields=["award", "position"], name="indicators_of_an_award_stand_in_order"),
            models.CheckConstraint(condition=~Q(name=""), name="an_indicator_says_what_is_counted"),
        )

    def __str__(self) -> str:
        return self.name


class BudgetLine(models.Model):
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="budget_lines")
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("for what"), max_length=200)
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("award", "position")
        constraints = (
            models.UniqueConstraint(fields=["award", "position"], name="budget_lines_of_an_award_stand_in_order"),
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="a_budget_line_is_not_below_nothing"),
            models.CheckConstraint(condition=~Q(heading=""), name="a_budget_line_says_for_what"),
        )

    def __str__(self) -> str:
        return self.heading
