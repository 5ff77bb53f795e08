from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "fundportal.mail"
    label = "mail"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.mail.queries import next_due_at

        wording.register(
            {
                "mail.retry": _("Letter sent again"),
                "letters.write": _("Text of a letter changed"),
                "letters.reset": _("Letter goes back to the standard text"),
            }
        )
        due.register(_("A letter is sent"), next_due_at)
