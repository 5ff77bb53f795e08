from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceiptsConfig(AppConfig):
    name = "donations.receipts"
    label = "receipts"

    def ready(self) -> None:
        from donations.receipts.letters import LETTERS
        from fundportal.audit import wording
        from fundportal.mail.editable import declare

        words = {
            "receipts.issue": _("Receipt issued"),
            "receipts.replace": _("Receipt replaced by a new one"),
            "receipts.void": _("Receipt voided"),
        }
        wording.register(words)
        declare(*LETTERS)
