from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from fundportal import clock
from fundportal.ledger.guards import earlier_periods_are_closed, is_over
from fundportal.ledger.states import PeriodState
from fundportal.lifecycle import StateField

if TYPE_CHECKING:
    from fundportal.accounts.models import User


class PeriodLifecycle(models.Model):
    """Open, then closed for good: a correction goes to the open period, with its own day kept."""

    state = StateField(max_length=8, choices=PeriodState, default=PeriodState.OPEN, protected=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=PeriodState.OPEN,
        target=PeriodState.CLOSED,
        conditions=[is_over, earlier_periods_are_closed],
    )
    def close(self, by: "User | None") -> None:
        """`by` is a user, or None for the system."""
        self.closed_at = clock.now()
        self.closed_by = by
