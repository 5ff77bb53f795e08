from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from grants.awards import guards
from grants.awards.states import OPEN_AGREEMENT, AgreementState

DRAFTING, GRANTEE_REVIEW, AGREED, SIGNING, EXECUTED, VOID, SUPERSEDED = AgreementState


class AgreementLifecycle(models.Model):
    """Written by the fund, read by the grantee, approved by both word for word, then signed by both."""

    state = StateField(max_length=20, choices=AgreementState, default=DRAFTING, protected=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    executed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=DRAFTING, target=GRANTEE_REVIEW, conditions=[guards.it_has_a_text])
    def send(self) -> None:
        self.change_asked = ""
        self.sent_at = clock.now()

    @transition(field=state, source=GRANTEE_REVIEW, target=DRAFTING, conditions=[guards.a_change_is_asked_for])
    def ask_for_change(self) -> None: ...

    @transition(field=state, source=GRANTEE_REVIEW, target=AGREED, conditions=[guards.both_sides_approve_this_text])
    def agree(self) -> None:
        self.agreed_at = clock.now()

    @transition(field=state, source=AGREED, target=SIGNING)
    def begin_signing(self) -> None:
        """The first of the two signatures."""

    @transition(field=state, source=SIGNING, target=EXECUTED, conditions=[guards.both_sides_have_signed])
    def execute(self) -> None:
        self.executed_at = clock.now()

    @transition(field=state, source=OPEN_AGREEMENT, target=VOID)
    def annul(self) -> None:
        """The terms changed, or the award ended, before both had signed."""

    @transition(field=state, source=EXECUTED, target=SUPERSEDED)
    def supersede(self) -> None: ...
