from django.db import models
from django_fsm import RETURN_VALUE, transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.awards import guards
from grants.awards.states import BACK_FROM_THE_BANK, BEFORE_THE_BANK, UNPAID, TrancheState

PLANNED, READY, REQUESTED, APPROVED, INSTRUCTED, PAID, RECONCILED, ON_HOLD, FAILED, RETURNED, CANCELLED = TrancheState


class TrancheLifecycle(models.Model):
    """One payment to the grantee. What the bank does with it is told by grants.payments.

    `held_from` is where a hold came from. A payment that came back begins another round: whoever approved the first
    one is asked again.
    """

    state = StateField(max_length=20, choices=TrancheState, default=PLANNED, protected=True, editable=False)
    held_from = models.CharField(max_length=20, choices=TrancheState, blank=True, editable=False)
    hold_reason = models.CharField(max_length=500, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)
    requested_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    instructed_at = models.DateTimeField(null=True, editable=False)
    paid_at = models.DateTimeField(null=True, editable=False)
    reconciled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=PLANNED,
        target=READY,
        conditions=[guards.its_award_is_active, guards.its_day_has_come, guards.its_conditions_are_fulfilled],
    )
    def get_ready(self) -> None:
        self.ready_at = clock.now()

    @transition(field=state, source=READY, target=REQUESTED, conditions=[guards.its_award_is_active])
    def request(self) -> None:
        self.requested_at = clock.now()

    @transition(
        field=state,
        source=REQUESTED,
        target=APPROVED,
        conditions=[guards.its_award_is_active, guards.enough_people_approve],
    )
    def approve(self) -> None:
        self.approved_at = clock.now()

    @transition(
        field=state,
        source=APPROVED,
        target=INSTRUCTED,
        conditions=[guards.its_award_is_active, guards.enough_people_approve],
    )
    def instruct(self) -> None:
        self.instructed_at = clock.now()

    @transition(field=state, source=INSTRUCTED, target=FAILED)
    def fail(self) -> None:
        """The bank refused it before the money left."""
        self.instructed_at = None

    @transition(field=state, source=INSTRUCTED, target=PAID)
    def pay(self) -> None:
        self.paid_at = clock.now()

    @transition(field=state, source=PAID, target=RECONCILED)
    def reconcile(self) -> None:
        self.reconciled_at = clock.now()

    @transition(field=state, source=(PAID, RECONCILED), target=RETURNED)
    def come_back(self) -> None:
        """The money left and came back."""
        self.instructed_at, self.paid_at, self.reconciled_at = None, None, None

    @transition(field=state, source=BACK_FROM_THE_BANK, target=READY, conditions=[guards.its_award_is_active])
    def try_again(self) -> None:
        self.round += 1
        self.requested_at, self.approved_at = None, None

    @transition(field=state, source=BEFORE_THE_BANK, target=ON_HOLD, conditions=[guards.the_hold_has_a_reason])
    def hold(self) -> None:
        self.held_from = self.state

    @transition(field=state, source=ON_HOLD, target=RETURN_VALUE(*BEFORE_THE_BANK))
    def release(self) -> str:
        origin, self.held_from, self.hold_reason = self.held_from, "", ""
        return origin

    @transition(field=state, source=UNPAID, target=CANCELLED)
    def cancel(self) -> None:
        self.held_from, self.hold_reason = "", ""
