"""Private files: kept with their fingerprint, never replaced, checked each time they are read."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import Actor
from fundportal.audit.services import record
from fundportal.documents.kinds import content_type_of
from fundportal.documents.models import Document
from fundportal.funds.models import Fund
from fundportal.refusals import Refusal


@transaction.atomic
def store(content: bytes, *, name: str, kind: str, by: Actor, fund: Fund | None = None) -> Document:
    """Keeps the bytes as they are. What they are is told from the name, never from the content."""
    if not content:
        raise Refusal(_("This file is empty. Choose another one."), status=422, field="file")
    document = Document(
        name=name[:200],
        kind=kind,
        content_type=content_type_of(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        fund=fund,
        created_by_id=getattr(by, "pk", None),
    )
    document.file.save(name, ContentFile(content), save=False)
    document.save(force_insert=True)
    record("documents.store", document, by=by, fund=fund, facts={"sha256": document.sha256, "size": document.size})
    return document


def read(document: Document) -> bytes:
    """The stored bytes; raises Refusal when they are no longer those that were stored."""
    with document.file.open("rb") as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise Refusal(_("This file is not what was stored, so it is kept back. Tell whoever runs the portal."))
    return content
