"""What became of money that a grantee was paid and did not spend."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.awards.models.amendment import Amendment
from grants.awards.models.award import Award
from grants.awards.states import Settlement


class UnspentSettlement(models.Model):
    """Returned to the bank, kept by an amendment, or not asked back for a reason; never rewritten, parts add up."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(_("what became of it"), max_length=20, choices=Settlement)
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, null=True, related_name="settlements")
    reason = models.CharField(_("why"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("award", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Settlement.values), name="a_settlement_kind_is_known"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_settlement_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(kind=Settlement.KEPT) ^ Q(amendment=None),
                name="unspent_money_is_kept_exactly_by_an_amendment",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Settlement.WAIVED) | ~Q(reason=""), name="unspent_money_is_waived_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.award_id}: {self.kind} {self.amount}"
