from datetime import timedelta

from django.db import models
from django_fsm import transition

from donations.stripe.guards import has_no_try_left, has_try_left
from donations.stripe.states import EventState
from fundportal import clock
from fundportal.lifecycle import StateField

FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


class EventLifecycle(models.Model):
    """Received once, applied once; tried again with growing pauses, about six hours in all, then a person looks."""

    MOST_ATTEMPTS = 14

    state = StateField(choices=EventState, default=EventState.RECEIVED, protected=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_at = models.DateTimeField(default=clock.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=EventState.RECEIVED, target=EventState.DONE)
    def finish(self) -> None:
        self.attempts += 1
        self.done_at = clock.now()
        self.last_error = ""

    @transition(field=state, source=EventState.RECEIVED, target=EventState.IGNORED)
    def ignore(self) -> None:
        self.done_at = clock.now()

    @transition(field=state, source=EventState.RECEIVED, target=EventState.RECEIVED, conditions=[has_try_left])
    def postpone(self, error: str) -> None:
        self.next_at = clock.now() + min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.attempts)
        self.attempts += 1
        self.last_error = error[:300]

    @transition(field=state, source=EventState.RECEIVED, target=EventState.FAILED, conditions=[has_no_try_left])
    def give_up(self, error: str) -> None:
        self.attempts += 1
        self.last_error = error[:300]

    @transition(field=state, source=EventState.FAILED, target=EventState.RECEIVED)
    def retry(self) -> None:
        self.attempts = 0
        self.next_at = clock.now()
