from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.calls import guards
from grants.calls.states import (
    ARCHIVED,
    ASSESSING,
    BEFORE_DECIDED,
    CANCELLED,
    CLOSED,
    DECIDED,
    DRAFT,
    FORECAST,
    OPEN,
    CallState,
)

COMPLETE = [
    guards.has_its_money,
    guards.has_its_applicants,
    guards.has_its_texts,
    guards.says_what_it_costs,
    guards.says_when_it_answers,
    guards.has_a_stage,
    guards.stages_are_named,
    guards.stages_follow_each_other,
    guards.deadlines_lie_ahead,
    guards.has_its_forms,
    guards.its_forms_are_complete,
    guards.weights_add_up,
    guards.scores_are_anchored,
]


class CallLifecycle(models.Model):
    """Announced, open by its dates, closed by its last deadline, assessed, decided. Cancelled and archived are final.

    What a later phase has to see first (no review visible, every application final) is asked by the services of that
    phase, which make the move.
    """

    state = StateField(choices=CallState, default=DRAFT, protected=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    assessment_started_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=DRAFT, target=FORECAST, conditions=COMPLETE)
    def publish(self) -> None:
        self.published_at = clock.now()

    @transition(field=state, source=FORECAST, target=DRAFT)
    def withdraw(self) -> None:
        """Back to the desk before anybody could begin: an application starts only while the call is open."""
        self.published_at = None

    @transition(field=state, source=FORECAST, target=OPEN, conditions=[guards.opening_is_reached])
    def open(self) -> None:
        self.opened_at = clock.now()

    @transition(field=state, source=OPEN, target=OPEN)
    def extend(self) -> None:
        """A deadline moves to a later day, for everybody."""

    @transition(field=state, source=OPEN, target=OPEN)
    def amend_form(self) -> None:
        """A question is made clearer or an optional one added; what has arrived keeps its form."""

    @transition(field=state, source=OPEN, target=CLOSED, conditions=[guards.every_deadline_has_passed])
    def close(self) -> None:
        self.closed_at = clock.now()

    @transition(field=state, source=CLOSED, target=OPEN)
    def reopen(self) -> None:
        self.closed_at = None

    @transition(
        field=state,
        source=CLOSED,
        target=ASSESSING,
        conditions=[guards.has_screening_rules, guards.has_conflict_window],
    )
    def start_assessment(self) -> None:
        self.assessment_started_at = clock.now()

    @transition(field=state, source=ASSESSING, target=DECIDED)
    def conclude(self) -> None:
        self.decided_at = clock.now()

    @transition(field=state, source=DECIDED, target=ARCHIVED)
    def archive(self) -> None:
        self.archived_at = clock.now()

    @transition(field=state, source=BEFORE_DECIDED, target=CANCELLED, conditions=[guards.says_why_it_is_cancelled])
    def cancel(self) -> None:
        self.cancelled_at = clock.now()
