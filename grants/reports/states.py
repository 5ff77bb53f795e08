"""What the office answers and when it asks. Where a report stands is said in grants/awards."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackKind(models.TextChoices):
    RETURNED = "returned", _("Changes asked for")
    ACCEPTED = "accepted", _("Accepted")
    WAIVED = "waived", _("No longer asked for")


# Days after the day a report is due on which somebody is reminded; before it they are negative.
REMINDER_DAYS: Final = (-30, -14, -3, 0, 3, 10, 20)
OFFICE_IS_TOLD_AFTER: Final = 10
MONEY_WAITS_AFTER: Final = 20
