"""A file's way in: received into quarantine, looked through by a worker, then kept as a document or refused.

The bell after the commit is a courtesy; the sweeper finds every file that waits, and every check whose worker died.
"""

import hashlib
import logging
from collections.abc import Collection
from typing import Any, Final

from django.core.files.base import File
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fundportal.access import SYSTEM, Actor
from fundportal.audit.services import record
from fundportal.documents import emails
from fundportal.documents.checks import check_beginning, check_content
from fundportal.documents.kinds import MOST_BYTES, check_ending, check_size, ending_of
from fundportal.documents.models import Upload
from fundportal.documents.names import clean_name
from fundportal.documents.services import store
from fundportal.documents.unfit import Unfit
from fundportal.funds.models import Fund
from fundportal.lifecycle import move, why_not
from fundportal.refusals import Refusal
from fundportal.tasks import after_commit

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 40
HEAD: Final = 64


def receive(
    file: File, *, name: str, kind: str, by: Actor, fund: Fund | None = None, accept: Collection[str] = ()
) -> Upload:
    """Takes the file into quarantine and rings for the worker. `accept` narrows the endings down.

    What can be told at once is refused at once: Unfit, a Refusal (422) of the field "file".
    """
    name = clean_name(name)
    ending = check_ending(name, accept=accept)
    check_size(file.size or 0)
    file.seek(0)
    check_beginning(file.read(HEAD), ending)
    upload = Upload(
        name=name,
        kind=kind,
        size=file.size,
        sha256=_fingerprint(file),
        language=translation.get_language(),
        fund=fund,
        created_by_id=getattr(by, "pk", None),
    )
    return _quarantine(upload, file, by=by)


def check(upload_id: int) -> Upload:
    """Looks through one file, unless that is done or another worker is at it; whatever goes wrong becomes its state."""
    upload = _start(upload_id)
    if upload is None:
        return Upload.objects.get(pk=upload_id)
    try:
        with translation.override(upload.language):
            return _look_through(upload)
    except Exception:  # whatever a file brings down, its owner is told and the next one is looked at
        logger.exception("The check of upload %s broke off.", upload_id)
        return _fail(upload_id)


def sweep(*, limit: int = 50) -> int:
    """Checks what waits, gives up what a dead worker held, empties the quarantine; how many files it looked at."""
    for upload in list(Upload.objects.abandoned().order_by("started_at", "pk")[:limit]):
        _fail(upload.pk)
    due = list(Upload.objects.due().order_by("due_at", "pk")[:limit])
    for upload in due:
        check(upload.pk)
    for upload in list(Upload.objects.left_over().order_by("pk")[:limit]):
        _clear(upload.pk)
    return len(due)


@transaction.atomic
def _quarantine(upload: Upload, file: File, *, by: Actor) -> Upload:
    if upload.created_by_id and Upload.objects.of(by).unsettled().count() >= MOST_WAITING:
        raise Refusal(_("Many of your files are still being checked. Add this one in a minute."), field="file")
    file.seek(0)
    upload.quarantined.save(upload.token.hex, file, save=False)
    upload.save(force_insert=True)
    facts = {"sha256": upload.sha256, "size": upload.size}
    record("uploads.receive", upload, by=by, fund=upload.fund, after=upload.state, facts=facts)
    after_commit("documents.check", upload.pk)
    return upload


def _fingerprint(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


@transaction.atomic
def _start(upload_id: int) -> Upload | None:
    upload = _locked(upload_id)
    if upload is None or why_not(upload, "start_check"):
        return None
    return _moved(upload, "start_check")


def _read(upload: Upload) -> bytes:
    """One byte more than a file may have is read at most, however big it has become."""
    with upload.quarantined.open("rb") as file:
        content: bytes = file.read(MOST_BYTES + 1)
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        raise Unfit(_("This file changed on its way to us. Add it again."))
    return content


def _look_through(upload: Upload) -> Upload:
    try:
        content = _read(upload)
        check_content(content, ending_of(upload.name))
    except Unfit as refused:
        return _reject(upload.pk, reason=str(refused))
    return _accept(upload.pk, content)


@transaction.atomic
def _accept(upload_id: int, content: bytes) -> Upload:
    """The document is kept in the name of the person who added the file, so that they can fetch it."""
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if why_not(upload, "accept"):
        return upload
    owner = upload.created_by or SYSTEM
    upload.document = store(content, name=upload.name, kind=upload.kind, by=owner, fund=upload.fund)
    return _settled(_moved(upload, "accept"))


@transaction.atomic
def _reject(upload_id: int, *, reason: str) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    return upload if why_not(upload, "reject") else _settled(_moved(upload, "reject", reason=reason))


@transaction.atomic
def _fail(upload_id: int) -> Upload:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if why_not(upload, "fail"):
        return upload
    upload = _moved(upload, "fail")
    if upload.is_given_up:
        emails.not_checked(upload)
        return _settled(upload)
    return upload


def _moved(upload: Upload, transition: str, **facts: Any) -> Upload:
    before = upload.state
    move(upload, transition, **facts)
    upload.save()
    record(f"uploads.{transition}", upload, by=SYSTEM, fund=upload.fund, before=before, after=upload.state, facts=facts)
    return upload


def _settled(upload: Upload) -> Upload:
    """Nothing stays in quarantine longer than it must; the file goes once that nobody needs it is committed."""
    transaction.on_commit(lambda: _clear(upload.pk), robust=True)
    return upload


@transaction.atomic
def _clear(upload_id: int) -> None:
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.quarantined:
        upload.quarantined.delete(save=False)
        upload.quarantined = ""
        upload.save(update_fields=["quarantined"])


def _locked(upload_id: int) -> Upload | None:
    """None when another worker holds it; SQLite's immediate transactions make that one wait instead."""
    skip = connection.features.has_select_for_update_skip_locked
    return Upload.objects.select_for_update(skip_locked=skip).filter(pk=upload_id).first()
