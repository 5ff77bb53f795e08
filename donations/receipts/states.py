from django.db import models
from django.utils.translation import gettext_lazy as _


class ReceiptState(models.TextChoices):
    ISSUED = "issued", _("In force")
    VOIDED = "voided", _("No longer in force")
    REPLACED = "replaced", _("Replaced by a newer receipt")
