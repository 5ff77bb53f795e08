"""The applicant's pages, walked without JavaScript."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fundportal import clock
from fundportal.documents.models import Upload
from fundportal.mail.models import Letter
from grants.applications import services
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application
from tests.factories.questionnaires import make_answers

S = ApplicationState
LIST_QUERIES = 5
SENDING_QUERIES = 28  # six of them for each of the two readers of the letter


@pytest.fixture
def draft(house):
    return make_application(house.stage, organisation=house.organisation, by=house.signatory)


def url(name, application, *more):
    return reverse(f"my_applications:{name}", args=[application.reference, *more])


def again(application):
    return Application.objects.select_related("draft__form_version").get(pk=application.pk)


def test_the_list_asks_the_same_for_three_and_for_thirty(house, client, django_assert_num_queries):
    client.force_login(house.signatory)
    for rows in (3, 27):
        for _row in range(rows):
            make_application(house.stage, organisation=house.organisation, by=house.signatory)
        client.get(reverse("my_applications:applications"))
        with django_assert_num_queries(LIST_QUERIES):
            client.get(reverse("my_applications:applications"))


def first_section(application):
    return application.draft.form_version.form.sections[0]


def typed(application, section, **changes):
    """The section's answers as a browser posts them: texts and choices only."""
    answers = application.draft.answers | changes
    data = {"version": application.draft.version, "next": ""}
    for question in section.questions:
        answer = answers.get(question.key)
        if isinstance(answer, str | list):
            data[f"a-{question.key}"] = answer
    return data


def test_from_the_list_to_the_acknowledgement(house, client):
    client.force_login(house.signatory)
    start = reverse("my_applications:start", args=[house.stage.pk])
    assert start in client.get(reverse("my_applications:applications")).content.decode()
    assert client.get(start).status_code == 200

    begun = client.post(start, {"organisation": house.organisation.pk, "language": "en"})
    application = Application.objects.get()
    assert begun.url == url("application", application)
    assert client.get(begun.url).status_code == 200

    answers = make_answers()
    application.draft.answers = answers
    application.draft.save()
    check = client.get(url("check", application))
    assert "Send the application" in check.content.decode()
    sent = client.post(url("send", application), {"version": application.draft.version})
    assert sent.url == url("acknowledgement", application, 1)
    page = client.get(sent.url).content.decode()
    assert "Received at" in page
    assert "in time. Fingerprint" in page
    paper = client.get(url("acknowledgement_pdf", application, 1))
    assert paper.content.startswith(b"%PDF")
    assert Letter.objects.filter(template="applications/acknowledgement").count() == 2
    assert "Change it and send again" in client.get(url("application", application)).content.decode()


def test_the_check_page_lists_what_is_missing_with_the_way_there(house, client):
    made = make_application(house.stage, organisation=house.organisation, by=house.signatory, answers={})
    client.force_login(house.signatory)
    page = client.get(url("check", made)).content.decode()
    section = first_section(made)
    assert f'href="{url("section", made, section.key)}?check#id_a-{section.questions[0].key}"' in page
    assert "Put the answers above right first." in page
    there = client.get(url("section", made, section.key) + "?check")
    assert "Error:" in there.content.decode()


def test_a_section_is_saved_and_leads_on(house, draft, client):
    client.force_login(house.writer)
    sections = draft.draft.form_version.form.sections
    data = typed(draft, sections[0], title="A new title") | {"next": sections[1].key}
    answer = client.post(url("section", draft, sections[0].key), data)
    assert answer.url == url("section", draft, sections[1].key)
    assert again(draft).draft.answers["title"] == "A new title"
    assert again(draft).title == "A new title"


def test_half_an_answer_is_kept(house, draft, client):
    client.force_login(house.writer)
    section = first_section(draft)
    client.post(url("section", draft, section.key), typed(draft, section, title=""))
    assert "title" not in again(draft).draft.answers


def test_a_section_saves_itself_while_somebody_types(house, draft, client):
    client.force_login(house.writer)
    section = first_section(draft)
    answer = client.post(
        url("section", draft, section.key), typed(draft, section, title="Typing"), headers={"X-Autosave": "1"}
    )
    told = answer.json()
    assert (answer.status_code, told["version"]) == (200, draft.draft.version + 1)
    assert told["sentence"].startswith("Saved at ")


def test_two_people_in_one_section_lose_nothing(house, draft, client):
    """Aldo was faster: Aya's text stands beside his, and she chooses."""
    section = first_section(draft)
    page = url("section", draft, section.key)
    aya = typed(draft, section, title="Aya’s title")
    client.force_login(house.writer)
    client.post(page, typed(draft, section, title="Aldo’s title"))

    client.force_login(house.signatory)
    itself = client.post(page, aya, headers={"X-Autosave": "1"})
    assert (itself.status_code, "Aldo Demo saved this part" in itself.json()["sentence"]) == (409, True)
    refused = client.post(page, aya)
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Aldo’s title" in shown
    assert "Aya’s title" in shown
    assert again(draft).draft.answers["title"] == "Aldo’s title"

    chosen = client.post(page, aya | {"version": refused.context["version"]})
    assert chosen.status_code == 302
    assert again(draft).draft.answers["title"] == "Aya’s title"


def test_two_people_in_two_sections_do_not_meet(house, draft, client):
    first, second = draft.draft.form_version.form.sections[:2]
    client.force_login(house.writer)
    client.post(url("section", draft, first.key), typed(draft, first, title="Aldo’s title"))
    answers = {key: value for key, value in draft.draft.answers.items() if key in {one.key for one in second.questions}}
    services.save_section(draft.pk, section=second.key, answers=answers | {"x": 1}, version=1, by=house.signatory)
    assert again(draft).draft.answers["title"] == "Aldo’s title"


def test_whoever_is_late_reads_it_on_the_page_and_keeps_the_draft(house, draft, client):
    client.force_login(house.signatory)
    with clock.at(house.stage.closes_at + timedelta(seconds=1)):
        client.force_login(house.signatory)
        answer = client.post(url("send", draft), {"version": draft.draft.version})
    assert answer.status_code == 409
    assert "New York time. Your draft is kept." in answer.content.decode()
    assert again(draft).state == S.DRAFT


def test_a_front_server_that_is_trusted_says_when_it_arrived(house, draft, client, settings):
    settings.PROXY_HOPS, settings.TRUST_REQUEST_START = 1, True
    at_the_door = house.stage.closes_at - timedelta(seconds=2)
    with clock.at(house.stage.closes_at + timedelta(seconds=20)):
        client.force_login(house.signatory)
        headers = {"X-Request-Start": f"t={int(at_the_door.timestamp())}.000"}
        answer = client.post(url("send", draft), {"version": draft.draft.version}, headers=headers)
    assert answer.status_code == 302
    assert again(draft).submitted_at == at_the_door


def test_a_file_is_taken_in_and_only_this_application_can_use_it(house, draft, client):
    client.force_login(house.writer)
    form = draft.draft.form_version.form
    question = next(one for one in form.questions if one.kind == "file")
    section = form.section_of(question.key)
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n%%EOF\n")
    client.post(url("section", draft, section.key), typed(draft, section) | {f"a-{question.key}-new": file})
    upload = Upload.objects.get()
    assert again(draft).draft.answers[question.key] == [str(upload.token)]
    assert client.get(url("file", draft, upload.token)).status_code == 404
    other = make_application(house.stage)
    services.save_section(
        other.pk,
        section=section.key,
        answers={question.key: [str(upload.token)]},
        version=other.draft.version,
        by=other.started_by,
    )
    assert question.key not in again(other).draft.answers


def test_somebody_outside_writes_along_and_never_sends(house, draft, client):
    client.force_login(house.writer)
    client.post(url("person_add", draft), {"full_name": "Bela Demo", "email": "bela@example.org"})
    guest = draft.collaborators.get().user
    assert Letter.objects.get(template="applications/invited_to_write").to_address == "bela@example.org"
    client.force_login(guest)
    assert client.get(url("application", draft)).status_code == 200
    assert client.post(url("send", draft), {"version": draft.draft.version}).status_code == 403
    client.force_login(house.writer)
    client.post(url("person_remove", draft, draft.collaborators.get().pk))
    client.force_login(guest)
    assert client.get(url("application", draft)).status_code == 404


def test_unlocking_and_withdrawing_have_their_buttons(house, draft, client):
    client.force_login(house.signatory)
    client.post(url("send", draft), {"version": draft.draft.version})
    client.post(url("unlock", draft))
    assert again(draft).unlocked_at is not None
    assert "Check and send" in client.get(url("application", draft)).content.decode()
    client.post(url("withdraw", draft), {"reason": "We found other money."})
    assert again(draft).state == S.WITHDRAWN
    assert "Withdrawn" in client.get(url("application", draft)).content.decode()


@pytest.mark.parametrize("state", S)
def test_every_state_has_its_page(house, client, state):
    made = make_application(organisation=house.organisation, by=house.signatory, state=state)
    client.force_login(house.signatory)
    assert client.get(url("application", made)).status_code == 200
    assert client.get(reverse("my_applications:applications")).status_code == 200


def test_sending_asks_no_more_of_the_database_than_the_act_needs(house, draft, client, django_assert_num_queries):
    """In the last minute before a deadline this is what the queue is made of."""
    client.force_login(house.signatory)
    with django_assert_num_queries(SENDING_QUERIES):
        sent = client.post(url("send", draft), {"version": draft.draft.version})
    assert sent.url == url("acknowledgement", draft, 1)
