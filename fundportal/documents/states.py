from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    RECEIVED = "received", _("Waiting to be checked")
    SCANNING = "scanning", _("Being checked")
    CLEAN = "clean", _("Ready")
    REJECTED = "rejected", _("Refused")
    ERROR = "error", _("Not checked yet")


WAITING = (UploadState.RECEIVED, UploadState.ERROR)
SETTLED = (UploadState.CLEAN, UploadState.REJECTED)
