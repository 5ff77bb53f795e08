from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.awards import guards
from grants.awards.states import BEFORE_IT_RUNS, RUNNING, AwardState

OFFERED, ACCEPTED, ACTIVE, SUSPENDED, CLOSING, CLOSED, DECLINED, LAPSED, RESCINDED, TERMINATED = AwardState


class AwardLifecycle(models.Model):
    """Promised when it is offered, running once it is accepted, closed when everything is paid and told.

    Each early end frees exactly what is not paid; the service that makes the move books it.
    """

    state = StateField(max_length=20, choices=AwardState, default=OFFERED, protected=True, editable=False)
    suspend_reason = models.CharField(max_length=500, blank=True, editable=False)
    end_reason = models.CharField(max_length=500, blank=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    activated_at = models.DateTimeField(null=True, editable=False)
    suspended_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=OFFERED, target=ACCEPTED, conditions=[guards.agreement_is_executed])
    def accept(self) -> None:
        """The service behind it also wants verified bank details."""
        self.accepted_at = clock.now()

    @transition(field=state, source=ACCEPTED, target=ACTIVE)
    def activate(self) -> None:
        self.activated_at = clock.now()

    @transition(field=state, source=OFFERED, target=DECLINED, conditions=[guards.the_end_has_a_reason])
    def decline(self) -> None:
        self.ended_at = clock.now()

    @transition(field=state, source=OFFERED, target=LAPSED, conditions=[guards.the_time_to_answer_is_over])
    def lapse(self) -> None:
        self.ended_at = clock.now()

    @transition(field=state, source=BEFORE_IT_RUNS, target=RESCINDED, conditions=[guards.the_end_has_a_reason])
    def rescind(self) -> None:
        self.ended_at = clock.now()

    @transition(field=state, source=ACTIVE, target=SUSPENDED, conditions=[guards.the_suspension_has_a_reason])
    def suspend(self) -> None:
        """Nothing is requested, approved or paid meanwhile."""
        self.suspended_at = clock.now()

    @transition(field=state, source=SUSPENDED, target=ACTIVE)
    def resume(self) -> None:
        self.suspended_at, self.suspend_reason = None, ""

    @transition(field=state, source=ACTIVE, target=CLOSING, conditions=[guards.every_tranche_is_settled])
    def begin_closing(self) -> None: ...

    @transition(
        field=state,
        source=CLOSING,
        target=CLOSED,
        conditions=[
            guards.final_report_is_accepted,
            guards.every_tranche_is_settled,
            guards.nothing_is_left_to_pay,
            guards.unspent_money_is_settled,
            guards.no_change_is_on_its_way,
        ],
    )
    def close(self) -> None:
        self.closed_at = clock.now()

    @transition(
        field=state,
        source=RUNNING,
        target=TERMINATED,
        conditions=[guards.the_end_has_a_reason, guards.nothing_is_on_its_way],
    )
    def terminate(self) -> None:
        self.suspended_at, self.suspend_reason = None, ""
        self.ended_at = clock.now()
