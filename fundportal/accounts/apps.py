from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "fundportal.accounts"
    label = "accounts"

    def ready(self) -> None:
        from fundportal.audit import wording

        words = {
            "people.add": _("Person added"),
            "people.sign_up": _("Account opened"),
            "people.edit": _("Name or language changed"),
            "people.close": _("Account closed"),
            "people.reopen": _("Account opened again"),
            "factors.propose_reset": _("Reset of second keys proposed"),
            "factors.reset": _("Second keys taken away"),
            "factors.withdraw_reset": _("Reset of second keys taken back"),
            "roles.propose": _("Role proposed"),
            "roles.approve": _("Role approved"),
            "roles.withdraw": _("Proposal of a role taken back"),
            "roles.end": _("Role ended"),
        }
        wording.register(words)
