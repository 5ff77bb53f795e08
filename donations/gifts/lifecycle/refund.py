from django.conf import settings
from django.db import models
from django_fsm import transition

from donations.gifts.guards import somebody_else_asked, stripe_knows_it
from donations.gifts.states import RefundState
from fundportal import clock
from fundportal.lifecycle import StateField

REQUESTED, APPROVED, REFUSED, SENT, SUCCEEDED, FAILED = RefundState


class RefundLifecycle(models.Model):
    """One person asks, another decides, Stripe carries it out.

    A refund that Stripe called done can still come back days later (the donor's account is closed): Stripe then says
    `failed`, so `succeeded` is not the end.
    """

    state = StateField(choices=RefundState, default=RefundState.REQUESTED, protected=True, editable=False)
    stripe_id = models.CharField(max_length=80, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=REQUESTED, target=APPROVED, conditions=[somebody_else_asked])
    def approve(self) -> None:
        self.decided_at = clock.now()

    @transition(field=state, source=REQUESTED, target=REFUSED, conditions=[somebody_else_asked])
    def refuse(self) -> None:
        self.decided_at = clock.now()

    @transition(field=state, source=APPROVED, target=SENT, conditions=[stripe_knows_it])
    def send(self) -> None:
        self.sent_at = clock.now()

    @transition(field=state, source=SENT, target=SUCCEEDED)
    def succeed(self) -> None:
        self.settled_at = clock.now()

    @transition(field=state, source=(APPROVED, SENT, SUCCEEDED), target=FAILED)
    def fail(self) -> None:
        """From `approved` when Stripe would not take it at all."""
        self.settled_at = clock.now()
