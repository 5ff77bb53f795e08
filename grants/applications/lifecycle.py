from datetime import date

from django.db import models
from django_fsm import RETURN_VALUE, transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.applications.guards import (
    arrived_in_time,
    deadline_has_passed,
    has_a_next_stage,
    is_before_the_deadline,
    is_in_the_appeal_window,
    is_in_the_window_after_release,
    is_not_announced,
    may_be_screened,
    was_withdrawn_lately,
)
from grants.applications.states import IN_PROPOSAL, STAGED, UNDER_WAY, ApplicationState

DRAFT, SUBMITTED, SCREENING, INFO_REQUESTED, ELIGIBLE, INELIGIBLE, IN_REVIEW, REVIEWED = list(ApplicationState)[:8]
INVITED, RECOMMENDED, RESERVE, NOT_RECOMMENDED, APPROVED, DECLINED = list(ApplicationState)[8:14]
ON_HOLD, WITHDRAWN, LAPSED, DISQUALIFIED = list(ApplicationState)[14:]


class ApplicationLifecycle(models.Model):
    """From the first line of a draft to the announced decision.

    The standing revision is untouched by `unlock`: it stays in force until a newer one is sent. `resumes_to` is where a
    hold or a withdrawal came from, `staged_from` what the panel had proposed before the body decided.
    """

    state = StateField(max_length=20, choices=ApplicationState, default=DRAFT, protected=True, editable=False)
    resumes_to = models.CharField(max_length=20, choices=ApplicationState, blank=True, editable=False)
    staged_from = models.CharField(max_length=20, choices=ApplicationState, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    unlocked_at = models.DateTimeField(null=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)
    ineligible_at = models.DateTimeField(null=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    hold_ends_on = models.DateField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    disqualified_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=(DRAFT, SUBMITTED), target=SUBMITTED, conditions=[arrived_in_time])
    def submit(self) -> None:
        """Made at the moment of arrival. Sent again before the deadline, the newer revision takes the older's place."""
        self.submitted_at = clock.now()
        self.unlocked_at = None

    @transition(field=state, source=SUBMITTED, target=SUBMITTED, conditions=[is_before_the_deadline])
    def unlock(self) -> None:
        self.unlocked_at = clock.now()

    @transition(field=state, source=DRAFT, target=LAPSED, conditions=[deadline_has_passed])
    def lapse(self) -> None:
        self.lapsed_at = clock.now()

    @transition(field=state, source=SUBMITTED, target=SCREENING, conditions=[may_be_screened])
    def begin_screening(self) -> None:
        """Changes that were unlocked and never sent are left behind."""
        self.unlocked_at = None

    @transition(field=state, source=SCREENING, target=INFO_REQUESTED)
    def request_info(self) -> None: ...

    @transition(field=state, source=INFO_REQUESTED, target=SCREENING)
    def resubmit(self) -> None: ...

    @transition(field=state, source=SCREENING, target=ELIGIBLE)
    def mark_eligible(self) -> None: ...

    @transition(field=state, source=SCREENING, target=INELIGIBLE)
    def mark_ineligible(self) -> None:
        """From here the time to appeal runs."""
        self.ineligible_at = clock.now()

    @transition(field=state, source=INELIGIBLE, target=ELIGIBLE, conditions=[is_in_the_appeal_window])
    @transition(field=state, source=DECLINED, target=RECOMMENDED, conditions=[is_in_the_window_after_release])
    def uphold_appeal(self) -> None:
        self.ineligible_at = None
        self.released_at = None
        self.staged_from = ""

    @transition(field=state, source=ELIGIBLE, target=IN_REVIEW)
    def assign(self) -> None: ...

    @transition(field=state, source=IN_REVIEW, target=REVIEWED)
    def complete_reviews(self) -> None: ...

    @transition(field=state, source=REVIEWED, target=INVITED, conditions=[has_a_next_stage])
    def invite(self) -> None:
        """The end of this stage; its successor is another application."""

    @transition(field=state, source=REVIEWED, target=RECOMMENDED)
    def recommend(self) -> None: ...

    @transition(field=state, source=REVIEWED, target=RESERVE)
    def reserve(self) -> None: ...

    @transition(field=state, source=REVIEWED, target=NOT_RECOMMENDED)
    def not_recommend(self) -> None: ...

    @transition(field=state, source=IN_PROPOSAL, target=APPROVED)
    def approve(self) -> None:
        """Staged, not announced."""
        self.staged_from = self.state

    @transition(field=state, source=IN_PROPOSAL, target=DECLINED)
    def decline(self) -> None:
        self.staged_from = self.state

    @transition(field=state, source=RESERVE, target=APPROVED)
    def promote(self) -> None:
        self.staged_from = self.state

    @transition(field=state, source=RESERVE, target=DECLINED)
    def expire_reserve(self) -> None:
        self.staged_from = self.state

    @transition(
        field=state,
        source=(*STAGED, RESERVE),
        target=RETURN_VALUE(REVIEWED, *IN_PROPOSAL, RESERVE),
        conditions=[is_not_announced],
    )
    def unstage(self) -> str:
        origin = REVIEWED if self.state == RESERVE else self.staged_from
        self.staged_from = ""
        return str(origin)

    @transition(field=state, source=UNDER_WAY, target=ON_HOLD, conditions=[is_not_announced])
    def hold(self, *, ends_on: date) -> None:
        """The clock of the answer stands still; somebody looks again on `ends_on`."""
        self.resumes_to = self.state
        self.held_at, self.hold_ends_on = clock.now(), ends_on

    @transition(field=state, source=ON_HOLD, target=RETURN_VALUE(*UNDER_WAY))
    def resume(self) -> str:
        origin, self.resumes_to = self.resumes_to, ""
        self.held_at, self.hold_ends_on = None, None
        return origin

    @transition(field=state, source=(DRAFT, *UNDER_WAY, ON_HOLD), target=WITHDRAWN, conditions=[is_not_announced])
    def withdraw(self) -> None:
        """A hold ends with it: brought back, it stands where it stood before the hold."""
        self.resumes_to = self.resumes_to or self.state
        self.held_at, self.hold_ends_on, self.unlocked_at = None, None, None
        self.withdrawn_at = clock.now()

    @transition(
        field=state, source=WITHDRAWN, target=RETURN_VALUE(DRAFT, *UNDER_WAY), conditions=[was_withdrawn_lately]
    )
    def reinstate(self) -> str:
        origin, self.resumes_to = self.resumes_to, ""
        self.withdrawn_at = None
        return origin

    @transition(field=state, source=(*UNDER_WAY, ON_HOLD), target=DISQUALIFIED, conditions=[is_not_announced])
    def disqualify(self) -> None:
        self.resumes_to = ""
        self.held_at, self.hold_ends_on, self.unlocked_at = None, None, None
        self.disqualified_at = clock.now()
