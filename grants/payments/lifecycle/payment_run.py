from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.payments import guards
from grants.payments.states import BEFORE_EXPORT, RunState

DRAFTED, APPROVED, EXPORTED, SETTLED, CANCELLED = RunState


class PaymentRunLifecycle(models.Model):
    """Put together by one person, approved by two others, given to the bank once, settled line by line."""

    state = StateField(max_length=20, choices=RunState, default=DRAFTED, protected=True, editable=False)
    cancel_reason = models.CharField(max_length=500, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    exported_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=DRAFTED,
        target=APPROVED,
        conditions=[guards.something_is_paid, guards.two_others_without_conflict_approve],
    )
    def approve(self) -> None:
        self.approved_at = clock.now()

    @transition(
        field=state,
        source=APPROVED,
        target=EXPORTED,
        conditions=[guards.two_others_without_conflict_approve, guards.every_account_is_in_use],
    )
    def export(self) -> None:
        self.exported_at = clock.now()

    @transition(field=state, source=EXPORTED, target=SETTLED, conditions=[guards.every_payment_is_accounted_for])
    def settle(self) -> None:
        self.settled_at = clock.now()

    @transition(field=state, source=BEFORE_EXPORT, target=CANCELLED, conditions=[guards.the_cancelling_has_a_reason])
    def cancel(self) -> None:
        """After the export nothing is cancelled: the bank says what became of it."""
        self.cancelled_at = clock.now()
