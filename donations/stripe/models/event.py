from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.stripe.lifecycle.event import EventLifecycle
from donations.stripe.states import EventState
from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.funds.models import StripeAccount


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: object) -> Self:
        """Events of the accounts of one's funds; those without an account are seen by whoever sees every fund."""
        funds = funds_where(actor, "stripe.view")
        if funds == ALL:
            return self
        return self.filter(account__in=StripeAccount.objects.filter(fund__in=funds).values("account_id"))

    def due(self) -> Self:
        return self.filter(state=EventState.RECEIVED, next_at__lte=clock.now())

    def unprocessed(self) -> Self:
        return self.filter(state=EventState.RECEIVED)

    def failed(self) -> Self:
        return self.filter(state=EventState.FAILED)


class Event(EventLifecycle):
    """One message from Stripe, kept as the bytes that came. `event_id` is the protection against repetition.

    `happened_at` is Stripe's time, `received_at` ours.
    """

    event_id = models.CharField(_("number at Stripe"), max_length=255, unique=True, editable=False)
    account = models.CharField(_("account"), max_length=60, blank=True, editable=False)
    type = models.CharField(_("type"), max_length=120, editable=False)
    livemode = models.BooleanField(_("real money"), editable=False)
    api_version = models.CharField(max_length=60, blank=True, editable=False)
    object_id = models.CharField(_("subject"), max_length=255, blank=True, editable=False)
    payload = models.BinaryField(editable=False)
    happened_at = models.DateTimeField(_("happened"), editable=False)
    received_at = models.DateTimeField(_("received"), default=clock.now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (
            models.Index(
                fields=["next_at", "id"], condition=Q(state=EventState.RECEIVED), name="stripe_events_to_apply"
            ),
            models.Index(fields=["state", "received_at"], name="stripe_events_by_state"),
            models.Index(fields=["account", "happened_at"], name="stripe_events_by_account"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="stripe_event_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[EventState.DONE, EventState.IGNORED], done_at__isnull=False)
                | Q(state__in=[EventState.RECEIVED, EventState.FAILED], done_at__isnull=True),
                name="a_stripe_event_is_over_exactly_when_it_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
