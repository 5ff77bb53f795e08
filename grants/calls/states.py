"""The words a call stands at, and what its texts are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    FORECAST = "forecast", _("Announced")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ASSESSING = "assessing", _("Being assessed")
    DECIDED = "decided", _("Decided")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Cancelled")


DRAFT, FORECAST, OPEN, CLOSED, ASSESSING, DECIDED, ARCHIVED, CANCELLED = CallState

ANNOUNCED = (FORECAST, OPEN, CLOSED, ASSESSING, DECIDED, ARCHIVED)
ONCE_OPEN = ANNOUNCED[1:]
ONCE_CLOSED = ANNOUNCED[2:]
BEFORE_DECIDED = (DRAFT, FORECAST, OPEN, CLOSED, ASSESSING)


class Topic(models.TextChoices):
    """What a call says about itself, one text in each of its languages."""

    WHO_MAY_APPLY = "who_may_apply", _("Who may apply")
    WHAT_WE_FUND = "what_we_fund", _("What we fund")
    HOW_WE_DECIDE = "how_we_decide", _("How we decide")


LOWEST_SCORE, HIGHEST_SCORE = 0, 5
SCORES = tuple(range(LOWEST_SCORE, HIGHEST_SCORE + 1))
FULL_WEIGHT = 100
