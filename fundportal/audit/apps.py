from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fundportal.access import Role, policy


class AuditConfig(AppConfig):
    name = "fundportal.audit"
    label = "audit"

    def ready(self) -> None:
        from fundportal.audit import wording

        wording.register({"audit.export": _("Record exported")})
        policy("audit.view", Role.AUDITOR, Role.MANAGER, Role.PEOPLE_ADMIN)
