from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentState(models.TextChoices):
    """Where one reviewer stands with one application."""

    PROPOSED = "proposed", _("Proposed, nobody told yet")
    INVITED = "invited", _("Asked")
    ACCEPTED = "accepted", _("Agreed to read")
    IN_PROGRESS = "in_progress", _("Reading and scoring")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Handed back with a question")
    SEALED = "sealed", _("Sealed")
    DECLINED = "declined", _("Declined")
    RECUSED = "recused", _("Recused")
    EXPIRED = "expired", _("Not answered in time")
    REMOVED = "removed", _("Taken off")


BEFORE_READING = (AssignmentState.PROPOSED, AssignmentState.INVITED)
READING = (AssignmentState.ACCEPTED, AssignmentState.IN_PROGRESS, AssignmentState.RETURNED)
HANDED_IN = (AssignmentState.SUBMITTED, AssignmentState.SEALED)
HELD = (*BEFORE_READING, *READING, *HANDED_IN)
UNSEALED = (*BEFORE_READING, *READING, AssignmentState.SUBMITTED)


class PlanState(models.TextChoices):
    """Who shall read what: drawn up by the worker, looked over by a person."""

    REQUESTED = "requested", _("Being drawn up")
    PROPOSED = "proposed", _("Ready to look over")
    APPROVED = "approved", _("Approved")
    DISCARDED = "discarded", _("Discarded")


LOWEST_SCORE, HIGHEST_SCORE = 0, 5
