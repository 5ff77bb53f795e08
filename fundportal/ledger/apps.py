from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "fundportal.ledger"
    label = "ledger"

    def ready(self) -> None:
        from fundportal.audit import wording
        from fundportal.ledger import proofs

        wording.register(
            {"journal reversed": _("Journal taken back"), "period closed": _("Period of the books closed")}
        )
        proofs.register_all()
