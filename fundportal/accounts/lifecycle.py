from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from fundportal import clock
from fundportal.accounts.guards import has_days_left
from fundportal.accounts.states import RoleState
from fundportal.lifecycle import StateField


class RoleGrantLifecycle(models.Model):
    """Proposed by one administrator, approved by another; what has ended stays on record."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    state = StateField(max_length=20, choices=RoleState, default=RoleState.PROPOSED, protected=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=RoleState.PROPOSED, target=RoleState.ACTIVE, conditions=[has_days_left])
    def approve(self) -> None:
        self.approved_at = clock.now()

    @transition(field=state, source=RoleState.PROPOSED, target=RoleState.ENDED)
    def withdraw(self) -> None:
        """Never in force: `approved_at` stays empty."""

    @transition(field=state, source=RoleState.ACTIVE, target=RoleState.ENDED)
    def end(self) -> None:
        """The last day is today at the latest; a role that had not begun ends on its first day."""
        today = clock.today("UTC")
        last = today if self.ends_on is None else min(self.ends_on, today)
        self.ends_on = max(self.starts_on, last)
