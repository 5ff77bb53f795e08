from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.awards import guards
from grants.awards.states import OPEN_AMENDMENT, AmendmentState

DRAFT, SUBMITTED, APPROVED, EXECUTED, APPLIED, REJECTED, WITHDRAWN = AmendmentState


class AmendmentLifecycle(models.Model):
    """Proposed by one side, approved by the fund, signed by both, then carried out in the moment of the last signature.

    A small move within the budget goes the same way without people.
    """

    state = StateField(max_length=20, choices=AmendmentState, default=DRAFT, protected=True, editable=False)
    answer = models.CharField(max_length=500, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    executed_at = models.DateTimeField(null=True, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=DRAFT,
        target=SUBMITTED,
        conditions=[guards.the_award_of_it_runs, guards.it_says_why, guards.it_changes_something],
    )
    def submit(self) -> None:
        self.submitted_at = clock.now()

    @transition(
        field=state,
        source=SUBMITTED,
        target=APPROVED,
        conditions=[guards.the_award_of_it_runs, guards.enough_people_approve_the_change],
    )
    def approve(self) -> None:
        self.approved_at = clock.now()

    @transition(field=state, source=SUBMITTED, target=REJECTED, conditions=[guards.the_refusal_says_why])
    def reject(self) -> None:
        self.ended_at = clock.now()

    @transition(
        field=state,
        source=APPROVED,
        target=EXECUTED,
        conditions=[guards.the_award_of_it_runs, guards.both_sides_have_signed_the_change],
    )
    def execute(self) -> None:
        self.executed_at = clock.now()

    @transition(field=state, source=EXECUTED, target=APPLIED)
    def apply(self) -> None:
        self.applied_at = clock.now()

    @transition(field=state, source=OPEN_AMENDMENT, target=WITHDRAWN)
    def withdraw(self) -> None:
        self.ended_at = clock.now()
