from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.decisions.states import Proposal


class Recommendation(models.Model):
    """What the panel proposes for one application, and why. A later one takes its place; the first stays on record."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="recommendations"
    )
    proposal = models.CharField(_("proposal"), max_length=20, choices=Proposal)
    amount_minor = MinorUnitsField(_("amount"), null=True)
    currency = CurrencyField(_("currency"), blank=True)
    reserve_rank = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True)
    rationale = models.TextField(_("why"))
    conditions = models.TextField(_("conditions"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)

    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(replaced_at__isnull=True),
                name="an_application_has_one_recommendation_in_force",
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="a_recommendation_says_why"),
            models.CheckConstraint(
                condition=Q(proposal=Proposal.NOT_RECOMMEND, amount_minor__isnull=True)
                | ~Q(proposal=Proposal.NOT_RECOMMEND) & Q(amount_minor__gt=0),
                name="a_recommendation_to_fund_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(proposal=Proposal.RESERVE, reserve_rank__isnull=False)
                | ~Q(proposal=Proposal.RESERVE) & Q(reserve_rank__isnull=True),
                name="a_reserve_has_its_place_on_the_list",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_proposal_display()}"
