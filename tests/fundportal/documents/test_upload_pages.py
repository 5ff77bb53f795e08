"""What `upload.js` asks for: a place to send a file to, and how it stands now."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fundportal.documents.handlers import EnoughHandler
from fundportal.documents.kinds import MOST_BYTES
from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from tests.factories.people import make_person
from tests.factories.uploads import LETTER, make_upload


@pytest.fixture
def nadia(db: None, client: Client) -> Any:
    person = make_person("Nadia")
    client.force_login(person)
    return person


def send(client: Client, content: bytes = LETTER, name: str = "letter.pdf") -> Any:
    return client.post(reverse("documents:add"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_sent_comes_back_as_its_line(client, nadia):
    answer = send(client)
    upload = Upload.objects.of(nadia).get()
    assert answer.status_code == 201
    assert f'data-upload-token="{upload.token}"' in answer.content.decode()
    assert reverse("documents:line", args=[upload.token]) in answer.content.decode()


def test_a_refused_file_comes_back_as_its_line_with_the_reason(client, nadia):
    answer = send(client, name="letter.exe")
    assert answer.status_code == 422
    assert "is a program" in answer.content.decode()
    assert "letter.exe" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_name_comes_through_a_form_without_its_path_and_what_nobody_can_see(client, nadia):
    answer = send(client, name="../../etc/gnp.\u202efdp.pdf")
    assert "<bdi>gnp.fdp.pdf</bdi>" in answer.content.decode()
    assert Upload.objects.of(nadia).get().name == "gnp.fdp.pdf"


def test_a_form_without_a_file_is_answered_in_words(client, nadia):
    answer = client.post(reverse("documents:add"))
    assert answer.status_code == 422
    assert "No file came with this" in answer.content.decode()


def test_no_more_than_a_file_may_have_is_kept_of_one_that_is_bigger(client, nadia):
    answer = send(client, LETTER + b" " * (MOST_BYTES + EnoughHandler.chunk_size * 40))
    assert answer.status_code == 422
    assert "bigger than 20 MB" in answer.content.decode()
    assert "20.1" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "is_asked_again"),
    [
        (UploadState.RECEIVED, True),
        (UploadState.SCANNING, True),
        (UploadState.CLEAN, False),
        (UploadState.ERROR, False),
    ],
)
def test_a_line_asks_again_while_the_file_is_being_checked(client, nadia, state, is_asked_again):
    upload = make_upload(nadia, state=state)
    answer = client.get(reverse("documents:line", args=[upload.token]))
    assert ("data-upload-check" in answer.content.decode()) is is_asked_again
    assert "no-store" in answer["Cache-Control"]


def test_another_persons_file_is_not_there(client, nadia):
    upload = make_upload(make_person("Omar"))
    assert client.get(reverse("documents:line", args=[upload.token])).status_code == 404
    assert client.get(reverse("documents:download", args=[upload.document.token])).status_code == 404


@pytest.mark.parametrize("state", [state for state in UploadState.values if state != UploadState.CLEAN])
def test_a_file_that_is_not_clean_has_no_address(client, nadia, state):
    upload = make_upload(nadia, state=state)
    assert client.get(reverse("documents:download", args=[upload.token])).status_code == 404


def test_a_file_of_ones_own_is_fetched_once_it_is_clean(client, nadia):
    upload = make_upload(nadia, name="خطة.pdf")
    answer = client.get(reverse("documents:download", args=[upload.document.token]))
    assert answer.content == LETTER
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_visitor_is_led_to_sign_in(db, client):
    assert send(client).status_code == 302
