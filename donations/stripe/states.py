from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    RECEIVED = "received", _("Waiting")
    DONE = "done", _("Applied")
    IGNORED = "ignored", _("Not our concern")
    FAILED = "failed", _("Could not be applied")


class CallState(models.TextChoices):
    ASKED = "asked", _("Asked, no answer yet")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused by Stripe")
    UNKNOWN = "unknown", _("No answer, the outcome is not known")
