from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.reviews.states import PlanState


class PlanLifecycle(models.Model):
    """The worker proposes, a person approves or throws it away and asks for another."""

    state = StateField(choices=PlanState, default=PlanState.REQUESTED, protected=True, editable=False)
    proposed_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=PlanState.REQUESTED, target=PlanState.PROPOSED)
    def propose(self) -> None:
        self.proposed_at = clock.now()

    @transition(field=state, source=PlanState.PROPOSED, target=PlanState.APPROVED)
    def approve(self) -> None:
        self.settled_at = clock.now()

    @transition(field=state, source=(PlanState.REQUESTED, PlanState.PROPOSED), target=PlanState.DISCARDED)
    def discard(self) -> None:
        self.settled_at = clock.now()
