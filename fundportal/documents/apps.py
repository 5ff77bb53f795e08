from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "fundportal.documents"
    label = "documents"

    def ready(self) -> None:
        from fundportal.audit import wording

        words = {
            "documents.store": _("File kept"),
            "uploads.receive": _("File added"),
            "uploads.start_check": _("Check of a file begun"),
            "uploads.accept": _("File found clean"),
            "uploads.reject": _("File refused"),
            "uploads.fail": _("Check of a file broken off"),
        }
        wording.register(words)
