from django.db import models
from django_fsm import transition

from donations.campaigns.states import CampaignState
from fundportal import clock
from fundportal.lifecycle import StateField


class CampaignLifecycle(models.Model):
    """Open until somebody closes it; a gift begun before may still be paid."""

    state = StateField(choices=CampaignState, default=CampaignState.OPEN, protected=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @transition(field=state, source=CampaignState.OPEN, target=CampaignState.CLOSED)
    def close(self) -> None:
        self.closed_at = clock.now()

    @transition(field=state, source=CampaignState.CLOSED, target=CampaignState.OPEN)
    def reopen(self) -> None:
        self.closed_at = None
