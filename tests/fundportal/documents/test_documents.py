"""A document is what was stored, to the byte, for those who may see it and nobody else."""

import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.documents.models import Document
from fundportal.documents.services import read, store
from fundportal.refusals import Refusal
from tests.factories.people import make_fund, make_person

CONTENT = b"%PDF-1.7 a letter"


def kept(**facts: Any) -> Document:
    return store(CONTENT, **({"name": "letter.pdf", "kind": "letter", "by": SYSTEM} | facts))


def test_a_document_is_kept_with_its_fingerprint(db: None) -> None:
    document = kept()
    assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (document.size, document.content_type) == (len(CONTENT), "application/pdf")
    assert read(Document.objects.get(pk=document.pk)) == CONTENT
    assert Entry.objects.get(action="documents.store").facts["sha256"] == document.sha256


def test_an_empty_file_is_refused(db: None) -> None:
    with pytest.raises(Refusal, match="empty"):
        store(b"", name="letter.pdf", kind="letter", by=SYSTEM)
    assert not Document.objects.exists()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_document(db: None, act: str) -> None:
    document = kept()
    rows = Document.objects.filter(pk=document.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(name="other.pdf") if act == "update" else rows._raw_delete(rows.db)


def test_a_file_that_was_changed_behind_our_back_is_kept_back(db: None) -> None:
    document = kept()
    storage = document.file.storage
    storage.delete(document.file.name)
    storage.save(document.file.name, ContentFile(b"something else"))
    with pytest.raises(Refusal, match="not what was stored"):
        read(document)


def test_staff_of_the_fund_download_it_as_a_file(db: None, client: Any) -> None:
    fund = make_fund()
    document = kept(fund=fund)
    client.force_login(make_person("Otto", Role.OFFICER, fund=fund))
    response = client.get(reverse("documents:download", args=[document.token]))
    assert response.content == CONTENT
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_document_of_another_fund_is_not_there(db: None, client: Any) -> None:
    document = kept(fund=make_fund())
    client.force_login(make_person("Otto", Role.OFFICER, fund=make_fund()))
    assert client.get(reverse("documents:download", args=[document.token])).status_code == 404


def test_whoever_stored_it_may_fetch_it(db: None, client: Any) -> None:
    person = make_person("Nadia")
    document = kept(by=person)
    client.force_login(person)
    assert client.get(reverse("documents:download", args=[document.token])).status_code == 200


def test_a_visitor_is_led_to_sign_in(db: None, client: Any) -> None:
    response = client.get(reverse("documents:download", args=[kept().token]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
