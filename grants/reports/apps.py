from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "grants.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.context import my_page, office_page
        from fundportal.ledger import invariants
        from fundportal.mail.editable import declare
        from fundportal.waiting import register_waiting
        from grants.reports.letters import LETTERS
        from grants.reports.permissions import VIEW
        from grants.reports.queries.clock import next_moment
        from grants.reports.queries.proofs import PROOFS
        from grants.reports.queries.waiting import late_to_follow, to_read, to_write
        from grants.reports.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        for name, check in PROOFS.items():
            invariants.register(name, check)
        office_page(_("Reports"), "reports:reports", permission=VIEW, position=60)
        my_page(_("My reports"), "my_reports:reports", position=25)
        for source in (to_write, to_read, late_to_follow):
            register_waiting(source)
        due.register(_("Reports open and are reminded of"), next_moment)
