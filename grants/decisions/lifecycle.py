from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.decisions.guards import (
    an_hour_is_set,
    reference_and_day_are_known,
    something_is_decided,
    the_hour_has_come,
    two_people_answer_alike,
    two_people_without_conflict_approve,
)
from grants.decisions.states import AT_THE_DESK, AppealState, DeliberationState

PREPARED, SUBMITTED_TO_BODY, RETURNED, ADOPTED, RELEASED, REJECTED = DeliberationState


class DeliberationLifecycle(models.Model):
    """Prepared by the office, decided by the body, announced to everybody at one moment.

    A decision is not its announcement: between `adopt` and `release` no applicant can tell that anything happened.
    """

    state = StateField(max_length=20, choices=DeliberationState, default=PREPARED, protected=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    adopted_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    rejected_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=AT_THE_DESK, target=SUBMITTED_TO_BODY, conditions=[something_is_decided])
    def submit_to_body(self) -> None:
        self.submitted_at = clock.now()

    @transition(field=state, source=SUBMITTED_TO_BODY, target=RETURNED)
    def send_back(self) -> None:
        """The body asks for changes; approvals given so far are void."""

    @transition(
        field=state,
        source=SUBMITTED_TO_BODY,
        target=ADOPTED,
        conditions=[reference_and_day_are_known, an_hour_is_set, two_people_without_conflict_approve],
    )
    def adopt(self) -> None:
        self.adopted_at = clock.now()

    @transition(field=state, source=ADOPTED, target=RELEASED, conditions=[the_hour_has_come])
    def release(self) -> None:
        self.released_at = clock.now()

    @transition(field=state, source=SUBMITTED_TO_BODY, target=REJECTED)
    def reject(self) -> None:
        self.rejected_at = clock.now()


class AppealLifecycle(models.Model):
    """Filed by the applicant after the announcement; a manager and a clerk answer it."""

    state = StateField(max_length=20, choices=AppealState, default=AppealState.FILED, protected=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=AppealState.FILED, target=AppealState.UPHELD, conditions=[two_people_answer_alike])
    def uphold(self) -> None:
        """The application goes back to what the panel recommends, and is decided anew."""
        self.settled_at = clock.now()

    @transition(
        field=state, source=AppealState.FILED, target=AppealState.DISMISSED, conditions=[two_people_answer_alike]
    )
    def dismiss(self) -> None:
        self.settled_at = clock.now()
