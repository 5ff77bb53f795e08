from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "grants.questionnaires"
    label = "questionnaires"
    verbose_name = _("Forms")

    def ready(self) -> None:
        from fundportal.audit import wording
        from fundportal.context import office_page
        from grants.questionnaires.permissions import VIEW
        from grants.questionnaires.wording import ACTIONS

        wording.register(ACTIONS)
        office_page(_("Forms"), "questionnaires:forms", permission=VIEW, position=35)
