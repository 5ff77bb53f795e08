from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "grants.calls"
    label = "calls"
    verbose_name = _("Calls")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.context import office_page
        from fundportal.waiting import register_waiting
        from grants.calls.permissions import VIEW
        from grants.calls.queries import next_closing_at, next_opening_at, to_assess
        from grants.calls.wording import ACTIONS

        wording.register(ACTIONS)
        register_waiting(to_assess)
        office_page(_("Calls"), "calls:calls", permission=VIEW, position=20)
        due.register(_("A call opens"), next_opening_at)
        due.register(_("A call closes"), next_closing_at)
