"""An open call changes for those who are writing: clearer questions, a later deadline."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed
from grants.applications import services
from grants.applications.models import Application, Draft
from grants.applications.states import ApplicationState
from grants.calls.deadlines import wall_of
from grants.calls.models import Call, Stage
from tests.factories.applications import make_application
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import add_a_question, reword

S = ApplicationState


def mine(house, **facts):
    return make_application(house.stage, organisation=house.organisation, by=house.signatory, **facts)


def url(name, stage):
    return reverse(f"applications:{name}", args=[stage.call.code, stage.number])


def later(stage, days=3):
    return wall_of(stage.deadline_at + timedelta(days=days), stage.zone)


def extend(house, days=3):
    stage = Stage.objects.get()
    return services.extend_deadline(stage.pk, deadline=later(stage, days), reason="A storm.", by=house.manager)


def test_drafts_go_over_to_the_clearer_form_and_keep_their_answers(house):
    draft = mine(house)
    back = mine(house, state=S.WITHDRAWN, resumes_to=S.DRAFT, submitted_at=None)
    sent = mine(house, state=S.SUBMITTED, unlocked_at=clock.now())
    add_a_question(house.stage)
    version = services.amend_form(house.stage.pk, by=house.manager)
    for application in (draft, back):
        moved = Draft.objects.get(application=application)
        assert (moved.form_version, moved.form_before) == (version, house.stage.form_version)
        assert (moved.answers, moved.version) == (application.draft.answers, application.draft.version)
    assert Draft.objects.get(application=sent).form_version == house.stage.form_version


def test_after_two_changes_the_banner_still_compares_with_what_was_begun(house):
    draft = mine(house)
    add_a_question(house.stage)
    services.amend_form(house.stage.pk, by=house.manager)
    reword(house.stage.questionnaire, "summary", labels={"en": "In short", "fr": "En bref"})
    services.amend_form(house.stage.pk, by=house.manager)
    assert Draft.objects.get(application=draft).form_before == house.stage.form_version


def test_a_draft_begun_afterwards_has_the_clearer_form_and_no_banner(house, client):
    add_a_question(house.stage)
    version = services.amend_form(house.stage.pk, by=house.manager)
    begun = services.start_application(
        house.stage.pk, organisation_id=house.organisation.pk, language="en", by=house.signatory
    )
    assert begun.draft.form_version == version
    client.force_login(house.signatory)
    page = client.get(reverse("my_applications:application", args=[begun.reference]))
    assert "made clearer" not in page.content.decode()


def test_the_banner_names_what_is_new_until_the_application_is_sent(house, client):
    draft = mine(house)
    add_a_question(house.stage)
    services.amend_form(house.stage.pk, by=house.manager)
    client.force_login(house.writer)
    section = draft.draft.form_version.form.sections[0].key
    places = [("application",), ("section", section), ("check",)]
    for name, *more in places:
        page = client.get(reverse(f"my_applications:{name}", args=[draft.reference, *more])).content.decode()
        assert "The questions were made clearer" in page
        assert "Website" in page
    services.submit(draft.pk, version=draft.draft.version, by=house.signatory)
    page = client.get(reverse("my_applications:application", args=[draft.reference])).content.decode()
    assert "The questions were made clearer" not in page


def test_the_page_lists_what_differs_and_what_stands_in_the_way(house, client):
    client.force_login(house.manager)
    assert "Nothing differs" in client.get(url("amend_form", house.stage)).content.decode()
    add_a_question(house.stage, is_required=True)
    refused = client.post(url("amend_form", house.stage))
    assert refused.status_code == 409
    assert "a new question is optional" in refused.content.decode()
    reword(house.stage.questionnaire, "website", is_required=False)
    assert "Website" in client.get(url("amend_form", house.stage)).content.decode()
    answers = [client.post(url("amend_form", house.stage)).status_code for _click in range(2)]
    assert answers == [302, 409]


def test_everybody_who_is_writing_has_a_letter_for_each_extension(house):
    mine(house)
    mine(house, state=S.SUBMITTED, unlocked_at=clock.now())
    mine(house, state=S.SUBMITTED)
    mine(house, state=S.WITHDRAWN)
    extend(house)
    letters = Letter.objects.filter(template="applications/deadline_moved")
    assert letters.count() == 4  # two applications, two members each
    assert "A storm." in letters.first().text_body
    assert "you have more time" in letters.first().subject
    assert f"/calls/{house.stage.call.code}.ics" in letters.first().text_body
    extend(house, 6)
    assert letters.count() == 8


def test_whoever_may_not_move_the_deadline_writes_to_nobody(house):
    mine(house)
    stage = house.stage
    with pytest.raises(NotAllowed):
        services.extend_deadline(stage.pk, deadline=later(stage), reason="A storm.", by=house.officer)
    assert not Letter.objects.exists()


def test_a_deadline_moves_on_its_page(house, client):
    client.force_login(house.manager)
    place, new = url("extend", house.stage), later(house.stage).isoformat(timespec="minutes")
    earlier = {"deadline": house.stage.deadline_wall, "reason": "A storm."}
    assert client.post(place, earlier).status_code == 422
    assert client.post(place, {"deadline": "soon", "reason": "A storm."}).status_code == 422
    assert client.post(place, {"deadline": new, "reason": ""}).status_code == 422
    assert client.post(place, {"deadline": new, "reason": "A storm."}).status_code == 302
    page = client.get(reverse("calls:call", args=[house.stage.call.code])).content.decode()
    assert "A storm." in page
    assert "&lt;time" not in page
    assert place in page
    assert "Move the deadline" in client.get(place).content.decode()


@pytest.mark.parametrize("name", ["extend", "amend_form"])
@pytest.mark.parametrize("role", Role)
def test_the_pages_are_a_managers(house, client, name, role):
    client.force_login(make_person("", role, fund=house.stage.call.fund))
    wanted = 200 if role == Role.MANAGER else 403
    assert client.get(url(name, house.stage)).status_code == wanted


@pytest.mark.parametrize("name", ["extend", "amend_form"])
def test_another_funds_calls_and_unknown_stages_are_not_there(house, client, name):
    client.force_login(make_person("", Role.MANAGER, fund=make_fund()))
    assert client.post(url(name, house.stage)).status_code == 404
    client.force_login(house.manager)
    assert client.get(reverse(f"applications:{name}", args=[house.stage.call.code, 2])).status_code == 404


def test_a_closed_call_offers_neither(house, client):
    Call.objects.update(state="closed", closed_at=clock.now())
    client.force_login(house.manager)
    page = client.get(reverse("calls:call", args=[house.stage.call.code])).content.decode()
    assert url("extend", house.stage) not in page
    assert client.post(url("amend_form", house.stage)).status_code == 409


def test_a_draft_with_a_changed_form_says_since_when(house):
    draft = mine(house).draft
    with pytest.raises(IntegrityError, match="a_draft_with_a_changed_form_says_since_when"), transaction.atomic():
        Draft.objects.filter(pk=draft.pk).update(form_before=draft.form_version)
    assert Application.objects.get().draft.form_before is None
