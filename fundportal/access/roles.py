from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("Fund officer")
    MANAGER = "manager", _("Fund manager")
    FINANCE_MAKER = "finance_maker", _("Finance maker")
    FINANCE_CHECKER = "finance_checker", _("Finance checker")
    EDITOR = "editor", _("Editor")
    AUDITOR = "auditor", _("Auditor")
    PEOPLE_ADMIN = "people_admin", _("Administrator of people and roles")
    REVIEWER = "reviewer", _("Reviewer")
    CHAIR = "chair", _("Panel chair")
    CLERK = "clerk", _("Board or council clerk")
