from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.payments import guards
from grants.payments.states import PENDING, BankState

PROPOSED, VERIFIED, ACTIVE, SUPERSEDED, REFUSED = BankState


class BankDetailsLifecycle(models.Model):
    """Given by the grantee, checked by somebody of the fund, in use until newer ones are.

    The first details of an organisation are in use once checked; a change waits its time (`effective_at`) as well.
    """

    state = StateField(max_length=20, choices=BankState, default=PROPOSED, protected=True, editable=False)
    refuse_reason = models.CharField(max_length=500, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    activated_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=PROPOSED, target=VERIFIED)
    def verify(self) -> None:
        self.verified_at = clock.now()

    @transition(field=state, source=VERIFIED, target=ACTIVE, conditions=[guards.the_waiting_time_is_over])
    def activate(self) -> None:
        self.activated_at = clock.now()

    @transition(field=state, source=PENDING, target=REFUSED, conditions=[guards.a_reason_is_given])
    def refuse(self) -> None:
        """Also while a change waits: somebody who signed before may have said that it is not theirs."""
        self.ended_at = clock.now()

    @transition(field=state, source=(*PENDING, ACTIVE), target=SUPERSEDED)
    def supersede(self) -> None:
        self.ended_at = clock.now()
