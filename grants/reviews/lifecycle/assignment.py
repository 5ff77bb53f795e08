from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.reviews.guards import (
    a_reason_is_given,
    agreement_is_given,
    every_criterion_has_a_score_and_a_reason,
    no_conflict_is_on_record,
)
from grants.reviews.states import BEFORE_READING, UNSEALED, AssignmentState

PROPOSED, INVITED, ACCEPTED, IN_PROGRESS, SUBMITTED, RETURNED, SEALED = tuple(AssignmentState)[:7]


class AssignmentLifecycle(models.Model):
    """One reviewer and one application. Nothing of the application is shown before `accept`."""

    state = StateField(choices=AssignmentState, default=PROPOSED, protected=True, editable=False)
    reason = models.CharField(max_length=500, blank=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    sealed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=PROPOSED, target=INVITED, conditions=[no_conflict_is_on_record])
    def invite(self) -> None:
        self.invited_at = clock.now()

    @transition(field=state, source=INVITED, target=ACCEPTED, conditions=[no_conflict_is_on_record, agreement_is_given])
    def accept(self) -> None:
        self.accepted_at = clock.now()

    @transition(field=state, source=(ACCEPTED, RETURNED), target=IN_PROGRESS)
    def begin(self) -> None:
        """With the first score or reason typed."""

    @transition(
        field=state,
        source=IN_PROGRESS,
        target=SUBMITTED,
        conditions=[no_conflict_is_on_record, every_criterion_has_a_score_and_a_reason],
    )
    def submit(self) -> None:
        self.submitted_at = clock.now()

    @transition(field=state, source=SUBMITTED, target=RETURNED, conditions=[a_reason_is_given])
    def hand_back(self) -> None:
        self.submitted_at = None

    @transition(field=state, source=SUBMITTED, target=SEALED)
    def seal(self) -> None:
        self.sealed_at = clock.now()

    @transition(
        field=state,
        source=(INVITED, ACCEPTED, IN_PROGRESS, RETURNED),
        target=AssignmentState.DECLINED,
        conditions=[a_reason_is_given],
    )
    def decline(self) -> None:
        """No time, or not the right person; a conflict is `recuse`."""
        self.ended_at = clock.now()

    @transition(field=state, source=UNSEALED, target=AssignmentState.RECUSED)
    def recuse(self) -> None:
        self.ended_at = clock.now()

    @transition(field=state, source=BEFORE_READING, target=AssignmentState.EXPIRED)
    def expire(self) -> None:
        self.ended_at = clock.now()

    @transition(field=state, source=(*BEFORE_READING, ACCEPTED, IN_PROGRESS, RETURNED), target=AssignmentState.REMOVED)
    def remove(self) -> None:
        self.ended_at = clock.now()
