from datetime import timedelta

from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.lifecycle import StateField
from fundportal.mail.guards import claim_has_lapsed, has_attempt_left, has_no_attempt_left, is_due
from fundportal.mail.states import LetterState

FIRST_PAUSE = timedelta(minutes=1)


class LetterLifecycle(models.Model):
    """Queued, taken by one worker, handed to the mail server; tried again with growing pauses.

    `sending` is committed before the mail server is called. A worker that dies there leaves the letter claimed; once
    the lease has run out it is released and sent again under the same Message-ID.
    """

    MOST_ATTEMPTS = 8
    LEASE = timedelta(minutes=10)

    state = StateField(choices=LetterState, default=LetterState.QUEUED, protected=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(default=clock.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=LetterState.QUEUED, target=LetterState.SENDING, conditions=[is_due])
    def claim(self) -> None:
        self.claimed_at = clock.now()
        self.attempts += 1

    @transition(field=state, source=LetterState.SENDING, target=LetterState.SENT)
    def confirm(self) -> None:
        self.sent_at = clock.now()
        self.last_error = ""

    @transition(field=state, source=LetterState.SENDING, target=LetterState.QUEUED, conditions=[has_attempt_left])
    def postpone(self, error: str) -> None:
        """The pause doubles: 1, 2, 4 … minutes; the eighth attempt comes about two hours after the first."""
        self.due_at = clock.now() + FIRST_PAUSE * 2 ** (self.attempts - 1)
        self.last_error = error[:200]

    @transition(field=state, source=LetterState.SENDING, target=LetterState.FAILED, conditions=[has_no_attempt_left])
    def give_up(self, error: str) -> None:
        self.last_error = error[:200]

    @transition(field=state, source=LetterState.SENDING, target=LetterState.QUEUED, conditions=[claim_has_lapsed])
    def release(self) -> None:
        """Its worker died: nobody knows whether the mail server had it already."""
        self.due_at = clock.now()

    @transition(field=state, source=LetterState.FAILED, target=LetterState.QUEUED)
    def retry(self) -> None:
        self.attempts = 0
        self.due_at = clock.now()
