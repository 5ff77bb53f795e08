from django.db import models
from django_fsm import transition

from donations.stripe.states import CallState
from fundportal import clock
from fundportal.lifecycle import StateField

OPEN = (CallState.ASKED, CallState.UNKNOWN, CallState.REFUSED)


class CallLifecycle(models.Model):
    """Asked is committed before the request leaves; whoever finds it so later knows that nobody knows the outcome."""

    state = StateField(choices=CallState, default=CallState.ASKED, protected=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=1, editable=False)
    object_id = models.CharField(max_length=255, blank=True, editable=False)
    error = models.CharField(max_length=300, blank=True, editable=False)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=OPEN, target=CallState.ASKED)
    def ask_again(self) -> None:
        self.tries += 1

    @transition(field=state, source=CallState.ASKED, target=CallState.ANSWERED)
    def answer(self, object_id: str) -> None:
        self.object_id = object_id
        self.answered_at = clock.now()
        self.error = ""

    @transition(field=state, source=CallState.ASKED, target=CallState.REFUSED)
    def refuse(self, error: str) -> None:
        self.answered_at = clock.now()
        self.error = error[:300]

    @transition(field=state, source=CallState.ASKED, target=CallState.UNKNOWN)
    def lose(self, error: str) -> None:
        self.error = error[:300]
