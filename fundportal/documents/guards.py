from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from fundportal.documents.lifecycle import UploadLifecycle


@guard(_("This file will be checked again in a moment."))
def is_due(upload: "UploadLifecycle") -> bool:
    return upload.due_at <= clock.now()


@guard(_("This file was checked as often as it may be. Add it again."))
def has_attempt_left(upload: "UploadLifecycle") -> bool:
    return upload.attempts < upload.MOST_ATTEMPTS
