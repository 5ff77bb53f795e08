from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.applications.models import SecondedProposal


class StageInvitation(SecondedProposal):
    """The panel's chair proposes it for the next stage, a manager agrees; the applicant reads `feedback`."""

    application = models.ForeignKey(
        "applications.Application", on_delete=models.PROTECT, related_name="stage_invitations"
    )
    feedback = models.TextField(_("what the applicant reads"))

    def __str__(self) -> str:
        return f"{self.application_id}: {self.proposed_at:%Y-%m-%d}"
