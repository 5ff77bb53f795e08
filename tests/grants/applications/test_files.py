"""A file sent the moment it is chosen: attached to the application at once, an answer once its section is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fundportal.documents.models import Upload
from grants.applications.models import Application
from tests.factories.applications import make_application
from tests.factories.people import make_person
from tests.factories.uploads import LETTER


@pytest.fixture
def draft(house):
    return make_application(house.stage, organisation=house.organisation, by=house.signatory)


@pytest.fixture
def question(draft):
    return next(one for one in draft.draft.form_version.form.questions if one.kind == "file")


def send(client, draft, question_key, *, name="plan.pdf", content=LETTER):
    address = reverse("my_applications:add_file", args=[draft.reference])
    return client.post(address, {"name": f"a-{question_key}", "file": SimpleUploadedFile(name, content)})


def section_page(client, draft, question):
    section = draft.draft.form_version.form.section_of(question.key)
    return reverse("my_applications:section", args=[draft.reference, section.key])


def test_the_page_says_where_a_file_goes(house, draft, question, client):
    client.force_login(house.writer)
    page = client.get(section_page(client, draft, question)).content.decode()
    assert f'data-upload="{reverse("my_applications:add_file", args=[draft.reference])}"' in page
    assert "fundportal/js/upload.js" in page


def test_a_file_sent_at_once_answers_its_question_when_the_section_is_saved(house, draft, question, client):
    client.force_login(house.writer)
    answer = send(client, draft, question.key)
    assert answer.status_code == 201
    upload = Upload.objects.get()
    assert (upload.attachment.application, upload.fund) == (draft, draft.fund)
    posted = {"version": draft.draft.version, "next": "", f"a-{question.key}": str(upload.token)}
    client.post(section_page(client, draft, question), posted)
    saved = Application.objects.get(pk=draft.pk).draft.answers
    assert saved[question.key] == [str(upload.token)]


@pytest.mark.parametrize(("key", "name", "status"), [("nothing", "plan.pdf", 409), ("", "setup.exe", 422)])
def test_what_is_not_taken_is_said_in_the_line(draft, question, client, key, name, status):
    client.force_login(draft.started_by)
    answer = send(client, draft, key or question.key, name=name)
    assert answer.status_code == status
    assert "file__why" in answer.content.decode()
    assert not Upload.objects.exists()


def test_nobody_adds_a_file_to_other_peoples_applications(draft, question, client):
    client.force_login(make_person("Bela Demo"))
    assert send(client, draft, question.key).status_code == 404
