from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliberationState(models.TextChoices):
    PREPARED = "prepared", _("Being prepared")
    SUBMITTED_TO_BODY = "submitted_to_body", _("Before the body that decides")
    RETURNED = "returned", _("Sent back by the body")
    ADOPTED = "adopted", _("Adopted, not announced yet")
    RELEASED = "released", _("Announced")
    REJECTED = "rejected", _("Rejected by the body")


AT_THE_DESK = (DeliberationState.PREPARED, DeliberationState.RETURNED)
IN_FORCE = (DeliberationState.ADOPTED, DeliberationState.RELEASED)


class AppealState(models.TextChoices):
    FILED = "filed", _("Filed")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")


class Answer(models.TextChoices):
    """What two people answer to an appeal."""

    UPHOLD = "uphold", _("Uphold it: the application is decided anew")
    DISMISS = "dismiss", _("Dismiss it: the decision stands")


class Proposal(models.TextChoices):
    """What the panel proposes to the body that decides."""

    RECOMMEND = "recommend", _("Fund it")
    RESERVE = "reserve", _("Reserve list")
    NOT_RECOMMEND = "not_recommend", _("Do not fund it")


class Outcome(models.TextChoices):
    """What the body decides."""

    APPROVE = "approve", _("Approved")
    DECLINE = "decline", _("Declined")


class Body(models.TextChoices):
    COUNCIL = "council", _("Council")
    BOARD = "board", _("Board")
    OFFICER = "officer", _("Officer with delegated power")


class Instrument(models.TextChoices):
    RESOLUTION = "resolution", _("Resolution")
    DELIBERATION = "deliberation", _("Deliberation of the council")
    MEMO = "memo", _("Decision memo")


FEWEST_APPROVERS = 2
