"""Files on their way in, at each state."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.documents.models import Upload
from fundportal.documents.services import store
from fundportal.documents.states import SETTLED, UploadState
from tests.factories.people import make_person

LETTER = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def make_upload(
    by: User | None = None, *, state: str = UploadState.CLEAN, content: bytes = LETTER, **facts: Any
) -> Upload:
    """A one-page letter in PDF at a state; clean it is a document, before that it lies in quarantine."""
    now = clock.now()
    person = by or make_person()
    defaults = {
        "name": "letter.pdf",
        "kind": "application",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "language": person.language,
        "created_by": person,
        "attempts": 0 if state == UploadState.RECEIVED else 1,
        "started_at": None if state == UploadState.RECEIVED else now,
        "checked_at": now if state in SETTLED else None,
        "reason": "This file is protected with a password." if state == UploadState.REJECTED else "",
    }
    upload = Upload(state=state, **(defaults | facts))
    if state == UploadState.CLEAN:
        upload.document = store(content, name=upload.name, kind=upload.kind, by=person, fund=upload.fund)
    elif state != UploadState.REJECTED:
        upload.quarantined.save(upload.name, ContentFile(content), save=False)
    upload.save(force_insert=True)
    return upload
