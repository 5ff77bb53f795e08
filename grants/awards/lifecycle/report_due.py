from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.awards import guards
from grants.awards.states import WITH_THE_GRANTEE, ReportState

SCHEDULED, OPEN, SUBMITTED, CHANGES_REQUESTED, ACCEPTED, WAIVED = ReportState


class ReportDueLifecycle(models.Model):
    """A report that an award owes. What it says, and who read it, lives in grants.reports."""

    state = StateField(max_length=20, choices=ReportState, default=SCHEDULED, protected=True, editable=False)
    waive_reason = models.CharField(max_length=500, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    waived_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        field=state, source=SCHEDULED, target=OPEN, conditions=[guards.its_award_runs, guards.it_is_time_to_write]
    )
    def open(self) -> None:
        self.opened_at = clock.now()

    @transition(field=state, source=WITH_THE_GRANTEE, target=SUBMITTED)
    def submit(self) -> None:
        self.submitted_at = clock.now()

    @transition(field=state, source=SUBMITTED, target=CHANGES_REQUESTED)
    def ask_for_changes(self) -> None:
        """With a letter that says what; the former text stays on record."""

    @transition(field=state, source=SUBMITTED, target=ACCEPTED)
    def accept(self) -> None:
        self.accepted_at = clock.now()

    @transition(
        field=state,
        source=(SCHEDULED, *WITH_THE_GRANTEE),
        target=WAIVED,
        conditions=[guards.the_waiver_has_a_reason],
    )
    def waive(self) -> None:
        self.waived_at = clock.now()
