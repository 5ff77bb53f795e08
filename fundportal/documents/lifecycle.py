from datetime import timedelta
from typing import Final

from django.db import models
from django_fsm import transition

from fundportal import clock
from fundportal.documents.guards import has_attempt_left, is_due
from fundportal.documents.states import WAITING, UploadState
from fundportal.lifecycle import StateField

FIRST_PAUSE: Final = timedelta(minutes=1)


class UploadLifecycle(models.Model):
    """Kept in quarantine until the checks have looked through it; nobody can fetch it before.

    `scanning` is committed before a file is opened. A check that crashes, or whose worker dies and does not settle it
    within the lease, is an `error`: tried again after growing pauses, a few times, since a file that brings the checks
    down is no better than one they refuse.
    """

    MOST_ATTEMPTS = 4
    LEASE = timedelta(minutes=10)

    state = StateField(choices=UploadState, default=UploadState.RECEIVED, protected=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(default=clock.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=WAITING, target=UploadState.SCANNING, conditions=[is_due, has_attempt_left])
    def start_check(self) -> None:
        self.started_at = clock.now()
        self.attempts += 1

    @transition(field=state, source=UploadState.SCANNING, target=UploadState.CLEAN)
    def accept(self) -> None:
        self.checked_at = clock.now()

    @transition(field=state, source=UploadState.SCANNING, target=UploadState.REJECTED)
    def reject(self, reason: str) -> None:
        """`reason` is what the person reads: what is wrong, and what to do about it."""
        self.checked_at = clock.now()
        self.reason = reason[:500]

    @transition(field=state, source=UploadState.SCANNING, target=UploadState.ERROR)
    def fail(self) -> None:
        """The pause doubles: 1, 2, 4 minutes."""
        self.due_at = clock.now() + FIRST_PAUSE * 2 ** (self.attempts - 1)

    @property
    def is_given_up(self) -> bool:
        """Failed as often as it may; only adding the file again helps."""
        return self.state == UploadState.ERROR and self.attempts >= self.MOST_ATTEMPTS
