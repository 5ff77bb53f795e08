import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.gifts.lifecycle import RefundLifecycle
from donations.gifts.models.gift import Gift
from donations.gifts.states import HOLDING, RefundState
from fundportal import clock
from fundportal.funds.models import Fund
from fundportal.money import format_money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property

SETTLED = (RefundState.SUCCEEDED, RefundState.FAILED)


class RefundQuerySet(models.QuerySet["Refund"]):
    def holding(self) -> Self:
        """Given back, or set aside for it: cannot be given back a second time."""
        return self.filter(state__in=HOLDING)


class Refund(RefundLifecycle):
    """Money that goes back to a donor, in the gift's currency.

    One that somebody made in Stripe's own dashboard was asked for by nobody here: it is kept all the same, and shown
    as found at Stripe.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    requested_at = models.DateTimeField(_("asked for"), default=clock.now, editable=False)
    failure_reason = models.CharField(max_length=120, blank=True)

    amount = money_property("amount_minor", "currency")
    objects = RefundQuerySet.as_manager()

    class Meta:
        ordering = ("requested_at", "pk")
        indexes = (models.Index(fields=["state", "requested_at"], name="refunds_by_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_refund_is_more_than_nothing"),
            models.UniqueConstraint(
                fields=["stripe_id"], condition=~Q(stripe_id=""), name="a_refund_at_stripe_is_one_refund_here"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="nobody_decides_on_a_refund_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=False) | ~Q(stripe_id=""),
                name="a_refund_was_asked_for_here_or_found_at_stripe",
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True)
                | Q(state=RefundState.REQUESTED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=RefundState.REQUESTED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_refund_is_decided_exactly_when_it_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, settled_at__isnull=False)
                | (~Q(state__in=SETTLED) & Q(settled_at__isnull=True)),
                name="a_refund_is_settled_exactly_when_it_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.gift.reference}, {format_money(-self.amount, 'en', code=True)}"

    @property
    def fund(self) -> Fund:
        return self.gift.fund

    @property
    def was_found_at_stripe(self) -> bool:
        return self.requested_by_id is None
