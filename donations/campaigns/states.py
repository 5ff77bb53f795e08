from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignState(models.TextChoices):
    OPEN = "open", _("Open for gifts")
    CLOSED = "closed", _("Closed")
