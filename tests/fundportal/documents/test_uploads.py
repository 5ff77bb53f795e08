"""A file's way from the form through quarantine and checks to the shelf, or to a refusal with a reason."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.core.files.base import ContentFile
from django.utils import translation

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.audit.models import Entry
from fundportal.documents import checks
from fundportal.documents.models import Document, Upload
from fundportal.documents.services import read
from fundportal.documents.states import UploadState
from fundportal.documents.uploads import MOST_WAITING, check, receive, sweep
from fundportal.mail.models import Letter
from fundportal.refusals import Refusal
from tests.factories.people import make_fund, make_person
from tests.factories.uploads import LETTER, make_upload

ACTING = LETTER.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (1) >>")
LATER = timedelta(hours=1)


def add(content: bytes = LETTER, *, name: str = "letter.pdf", **facts: Any) -> Upload:
    person = facts.pop("by", None) or make_person("Nadia")
    return receive(ContentFile(content), name=name, kind="application", by=person, **facts)


def actions() -> list[str]:
    entries = Entry.objects.filter(action__startswith="uploads.").order_by("pk")
    return [entry.action.partition(".")[2] for entry in entries]


def again(upload: Upload) -> Upload:
    return Upload.objects.get(pk=upload.pk)


def in_quarantine(upload: Upload) -> bool:
    return upload.quarantined.storage.exists(upload.token.hex)


@pytest.fixture
def crashing(monkeypatch):
    """A check with a fault of its own: no file may take the worker down."""
    monkeypatch.setitem(checks.CHECKS, "pdf", lambda _content: 1 // 0)


def test_a_file_waits_in_quarantine_and_nobody_can_fetch_it(db):
    upload = add(fund=make_fund())
    assert (upload.state, upload.size) == (UploadState.RECEIVED, len(LETTER))
    assert in_quarantine(upload)
    assert upload.document is None
    assert not Document.objects.exists()
    assert actions() == ["receive"]


@pytest.fixture
def rung() -> Iterator[list[tuple[str, ...]]]:
    """What was handed to the broker: the task's name and its arguments."""
    heard = []

    def listen(sender: str, body: tuple[list[str], dict, dict], **_facts: object) -> None:
        heard.append((sender, *body[0]))

    before_task_publish.connect(listen)
    yield heard
    before_task_publish.disconnect(listen)


def test_the_worker_is_rung_once_the_file_is_committed(db, django_capture_on_commit_callbacks, rung):
    with django_capture_on_commit_callbacks(execute=True):
        upload = add()
        assert rung == []
    assert rung == [("documents.check", str(upload.pk))]


def test_a_clean_file_becomes_a_document_of_whoever_added_it(db, django_capture_on_commit_callbacks):
    person, fund = make_person("Nadia"), make_fund()
    upload = add(by=person, fund=fund)
    with django_capture_on_commit_callbacks(execute=True):
        checked = check(upload.pk)
    assert checked.state == UploadState.CLEAN
    document = checked.document
    assert read(document) == LETTER
    assert (document.created_by, document.fund, document.kind) == (person, fund, "application")
    assert (document.name, document.content_type) == ("letter.pdf", "application/pdf")
    assert not in_quarantine(upload)
    assert actions() == ["receive", "start_check", "accept"]


def test_a_refused_file_is_not_kept_and_its_reason_is(db, django_capture_on_commit_callbacks):
    upload = add(ACTING)
    with django_capture_on_commit_callbacks(execute=True):
        checked = check(upload.pk)
    assert checked.state == UploadState.REJECTED
    assert "runs a script" in checked.reason
    assert not in_quarantine(upload)
    assert not Document.objects.exists()
    assert actions() == ["receive", "start_check", "reject"]


def test_the_reason_is_written_in_the_language_the_file_was_added_in(db, monkeypatch):
    spoken = []
    monkeypatch.setitem(checks.CHECKS, "pdf", lambda _content: spoken.append(translation.get_language()))
    with translation.override("fr"):
        upload = add()
    with translation.override("en"):
        check(upload.pk)
    assert spoken == ["fr"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("letter.exe", LETTER, "program"),
        ("letter.pdf", b"", "empty"),
        ("letter.pdf", b"MZ\x90\x00", "program"),
        ("../letter.pdf", LETTER, "slash"),
    ],
)
def test_what_can_be_told_at_once_is_refused_at_once(db, name, content, word):
    with pytest.raises(Refusal, match=word) as refused:
        add(content, name=name)
    assert (refused.value.status, refused.value.field) == (422, "file")
    assert not Upload.objects.exists()


def test_a_question_may_take_fewer_kinds(db):
    with pytest.raises(Refusal, match=r"\.jpg, \.png"):
        add(accept=["png", "jpeg"])


def test_one_person_does_not_fill_the_queue(db):
    person = make_person("Nadia")
    for _number in range(MOST_WAITING):
        make_upload(person, state=UploadState.RECEIVED)
    with pytest.raises(Refusal, match="still being checked"):
        add(by=person)
    add(by=make_person("Omar"))


def test_a_second_bell_changes_nothing(db):
    upload = add()
    check(upload.pk)
    assert check(upload.pk).state == UploadState.CLEAN
    assert Document.objects.count() == 1
    assert actions() == ["receive", "start_check", "accept"]


def test_a_file_that_another_worker_holds_is_left_to_it(db):
    upload = make_upload(state=UploadState.SCANNING)
    assert check(upload.pk).state == UploadState.SCANNING
    assert actions() == []


def test_a_file_changed_in_quarantine_is_refused(db):
    upload = add()
    storage = Upload.quarantined.field.storage
    storage.delete(upload.token.hex)
    storage.save(upload.token.hex, io.BytesIO(LETTER + b"\n"))
    assert "changed on its way" in check(upload.pk).reason


def test_a_check_that_crashes_is_tried_again_after_a_pause(db, crashing):
    upload = add()
    failed = check(upload.pk)
    assert (failed.state, failed.attempts) == (UploadState.ERROR, 1)
    assert in_quarantine(upload)
    assert check(upload.pk).attempts == 1
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert check(upload.pk).attempts == 2
    assert not Letter.objects.exists()


def test_a_check_that_crashed_once_may_pass_the_next_time(db, monkeypatch):
    upload = add()
    with monkeypatch.context() as fault:
        fault.setitem(checks.CHECKS, "pdf", lambda _content: 1 // 0)
        check(upload.pk)
    with clock.at(clock.now() + LATER):
        sweep()
    assert again(upload).state == UploadState.CLEAN


def test_after_the_last_try_the_person_is_told_and_the_file_goes(db, crashing, django_capture_on_commit_callbacks):
    upload = add(by=make_person("Nadia", email="nadia@example.org"))
    for number in range(1, Upload.MOST_ATTEMPTS + 3):
        with clock.at(clock.now() + number * LATER), django_capture_on_commit_callbacks(execute=True):
            sweep()
    upload = again(upload)
    assert (upload.state, upload.attempts, upload.is_given_up) == (UploadState.ERROR, Upload.MOST_ATTEMPTS, True)
    assert not in_quarantine(upload)
    letter = Letter.objects.get()
    assert letter.to_address == "nadia@example.org"
    assert letter.subject == "Add this file again: letter.pdf"


def test_a_check_whose_worker_died_is_found_by_the_sweeper(db):
    upload = make_upload(state=UploadState.SCANNING)
    assert sweep() == 0
    with clock.at(clock.now() + Upload.LEASE):
        sweep()
    assert again(upload).state == UploadState.ERROR
    with clock.at(clock.now() + LATER):
        sweep()
    assert again(upload).state == UploadState.CLEAN


def test_a_late_worker_changes_nothing_that_is_settled(db, monkeypatch):
    """Its lease ran out and another worker finished the file while it was still looking."""
    upload = add()

    def overtaken(_content: bytes) -> None:
        monkeypatch.undo()
        with clock.at(clock.now() + Upload.LEASE):
            sweep()
        with clock.at(clock.now() + LATER):
            check(upload.pk)

    monkeypatch.setitem(checks.CHECKS, "pdf", overtaken)
    assert check(upload.pk).state == UploadState.CLEAN
    assert Document.objects.count() == 1


def test_the_sweeper_finds_what_no_bell_rang_for_and_passes_over_a_fault(db, monkeypatch):
    bad = add(name="notes.txt", content=b"a")
    good = add()
    monkeypatch.setitem(checks.CHECKS, "txt", lambda _content: 1 // 0)
    assert sweep() == 2
    states = {upload.pk: upload.state for upload in Upload.objects.all()}
    assert states == {bad.pk: UploadState.ERROR, good.pk: UploadState.CLEAN}


def test_the_sweeper_empties_what_stayed_in_quarantine(db):
    upload = add()
    check(upload.pk)
    assert in_quarantine(upload)
    sweep()
    assert not in_quarantine(upload)
    assert again(upload).quarantined == ""


def test_nobody_is_written_to_when_the_house_itself_added_the_file(db, crashing):
    upload = receive(ContentFile(LETTER), name="letter.pdf", kind="demo", by=SYSTEM)
    for number in range(1, Upload.MOST_ATTEMPTS + 1):
        with clock.at(clock.now() + number * LATER):
            check(upload.pk)
    assert again(upload).is_given_up
    assert not Letter.objects.exists()
