from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.stripe.lifecycle.call import CallLifecycle
from donations.stripe.states import CallState
from fundportal.access import ALL, funds_where
from fundportal.funds.models import StripeAccount


class OutboundCallQuerySet(models.QuerySet["OutboundCall"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "stripe.view")
        if funds == ALL:
            return self
        return self.filter(account__in=StripeAccount.objects.filter(fund__in=funds).values("account_id"))

    def without_outcome(self) -> Self:
        return self.filter(state__in=[CallState.ASKED, CallState.UNKNOWN])


class OutboundCall(CallLifecycle):
    """One writing request to Stripe, committed before it leaves, under the idempotency key it carries.

    `digest` is the fingerprint of the parameters: the parameters themselves name people and are not kept.
    `round` is raised when Stripe keeps replaying an error of its own although nothing was made.
    """

    key = models.CharField(_("key"), max_length=200, unique=True, editable=False)
    op = models.CharField(_("what was asked"), max_length=60, editable=False)
    account = models.CharField(_("account"), max_length=60, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    round = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OutboundCallQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        indexes = (models.Index(fields=["state", "asked_at"], name="stripe_calls_by_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="stripe_call_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=CallState.ANSWERED) ^ Q(object_id=""),
                name="a_stripe_call_is_answered_exactly_when_it_names_what_was_made",
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def idempotency_key(self) -> str:
        return f"{self.key}:{self.round}" if self.round else self.key
