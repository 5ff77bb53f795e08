from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    ACTIVE = "active", _("In force")
    ENDED = "ended", _("Ended")
