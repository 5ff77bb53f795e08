from django.conf import settings

from fundportal.documents.models import Upload
from fundportal.mail.models import Letter
from fundportal.mail.services import write


def not_checked(upload: Upload) -> Letter | None:
    """To the person who added the file: it cannot be used, and adding it again is up to them."""
    owner = upload.created_by
    if owner is None:
        return None
    return write(
        "documents/not_checked",
        key=f"upload:{upload.token}:not checked",
        to=owner.email,
        language=upload.language,
        fund=upload.fund,
        context={"name": upload.name, "url": settings.SITE_ORIGIN},
    )
