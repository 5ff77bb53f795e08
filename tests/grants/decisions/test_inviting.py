"""From concept note to full application: the chair proposes, a manager agrees, the applicant gets a draft."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from fundportal.waiting import waiting_for
from grants.applications.models import Application
from grants.applications.services import start_successor
from grants.applications.states import ApplicationState
from grants.calls.states import ASSESSING, CLOSED, OPEN
from grants.decisions import services
from grants.decisions.models import StageInvitation
from grants.decisions.services import Advice
from grants.reviews.models import Assignment
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.decisions import make_reviewed
from tests.factories.organisations import make_conflict
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db
S = ApplicationState
SAID = "Show who cooks, and for whom."


@pytest.fixture
def call():
    return make_call(state=OPEN, stages=2)


@pytest.fixture
def stage(call):
    return call.stages.select_related("call__fund").get(number=1)


@pytest.fixture
def chair(call):
    return make_person("Carla Demo", Role.CHAIR, fund=call.fund)


@pytest.fixture
def manager(call):
    return make_person("Mara Demo", Role.MANAGER, fund=call.fund)


@pytest.fixture
def note(stage):
    return make_reviewed(stage)


def propose(note, chair, feedback=SAID):
    return services.propose_invitation(note.pk, feedback=feedback, by=chair)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *place):
    return reverse(f"decisions:{name}", args=place)


def text(response):
    return " ".join(response.content.decode().split())


def refusal_of(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_the_draft_of_the_next_stage_holds_what_the_concept_note_says(note, chair, manager, call):
    propose(note, chair)
    successor = services.invite(note.pk, by=manager)
    assert Application.objects.get(pk=note.pk).state == S.INVITED
    assert (successor.state, successor.predecessor, successor.stage.number) == (S.DRAFT, note, 2)
    assert successor.reference == f"{call.prefix}-0002"
    assert successor.started_by == note.started_by
    assert (successor.title, successor.requested) == (note.title, note.requested)
    carried = successor.draft.answers
    sent = note.revisions.get().answers
    assert carried == {key: answer for key, answer in sent.items() if key != "declaration"}
    rows = Entry.objects.filter(action__in=["applications.invite", "applications.follow"]).order_by("pk")
    assert [(row.before, row.after) for row in rows] == [(S.REVIEWED, S.INVITED), ("", S.DRAFT)]


def test_answers_of_another_kind_or_currency_stay_behind(note, chair, manager, call):
    second = call.stages.get(number=2)
    form = second.form_version.definition
    for section in form["sections"]:
        for question in section["questions"]:
            if question["key"] == "people":
                question.update(kind="short_text", minimum="", maximum="")
            if question["key"] == "amount":
                question.update(currency="EUR")
    version = second.questionnaire.versions.create(number=2, definition=form, sha256="1" * 64)
    call.stages.filter(number=2).update(form_version=version)
    propose(note, chair)
    carried = services.invite(note.pk, by=manager).draft.answers
    assert {"people", "amount", "declaration"} & set(carried) == set()
    assert "summary" in carried


def test_the_letter_holds_the_feedback_and_the_way_to_the_draft(note, chair, manager):
    propose(note, chair)
    assert not Letter.objects.exists()
    successor = services.invite(note.pk, by=manager)
    letter = Letter.objects.get()
    assert (letter.template, letter.to_address) == ("decisions/invited", note.started_by.email)
    for words in (SAID, successor.reference, f"/my/applications/{successor.reference}/", "design is 4"):
        assert words in letter.text_body


def test_the_applicant_finds_feedback_and_both_numbers_on_the_pages(note, chair, manager):
    applicant = as_(note.started_by)
    old = reverse("my_applications:application", args=[note.reference])
    propose(note, chair)
    assert SAID not in text(applicant.get(old))
    successor = services.invite(note.pk, by=manager)
    new = reverse("my_applications:application", args=[successor.reference])
    page = text(applicant.get(new))
    assert SAID in page
    assert old in page
    assert new in text(applicant.get(old))
    assert "Mara Demo" not in page


def test_the_office_sees_the_draft_only_once_it_is_sent(note, chair, manager):
    propose(note, chair)
    successor = services.invite(note.pk, by=manager)
    place = reverse("applications:application", args=[note.reference])
    assert successor.reference not in text(as_(manager).get(place))


def test_asked_twice_it_is_one_draft(note, chair, manager):
    assert propose(note, chair) == propose(note, chair)
    first = services.invite(note.pk, by=manager)
    assert refusal_of(lambda: services.invite(note.pk, by=manager)).status == 409
    assert start_successor(note.pk, by=manager) == first
    assert Application.objects.count() == 2


@pytest.mark.parametrize("state", ApplicationState)
def test_only_what_is_reviewed_can_be_proposed(stage, chair, state):
    application = make_reviewed(stage, state=state)
    if state == S.REVIEWED:
        assert propose(application, chair).feedback == SAID
    else:
        assert refusal_of(lambda: propose(application, chair)).status == 409


@pytest.mark.parametrize("state", set(ApplicationState) - {S.INVITED})
def test_nobody_starts_a_successor_who_was_not_invited(stage, manager, state):
    application = make_application(stage, state=state)
    assert refusal_of(lambda: start_successor(application.pk, by=manager)).status == 409


@pytest.mark.parametrize("role", Role)
def test_who_proposes_agrees_and_drops(note, chair, call, role):
    person = make_person("", role, fund=call.fund)
    acts = [
        (lambda: propose(note, person), {Role.CHAIR}),
        (lambda: (propose(note, chair), services.invite(note.pk, by=person)), {Role.MANAGER}),
        (lambda: (propose(note, chair), services.drop_invitation(note.pk, by=person)), {Role.CHAIR, Role.MANAGER}),
    ]
    for act, allowed in acts:
        with transaction.atomic():
            if role in allowed:
                act()
            else:
                assert isinstance(refusal_of(act), NotAllowed)
            transaction.set_rollback(True)


def test_nobody_agrees_with_themselves(note, call):
    both = make_person("", Role.CHAIR, Role.MANAGER, fund=call.fund)
    propose(note, both)
    assert refusal_of(lambda: services.invite(note.pk, by=both)).status == 403


@pytest.mark.parametrize("who", ["chair", "manager"])
def test_a_conflict_keeps_everybody_away(note, chair, manager, who):
    if who == "manager":
        propose(note, chair)
    person = {"chair": chair, "manager": manager}[who]
    make_conflict(person, note.organisation)
    act = propose if who == "chair" else services.invite
    assert refusal_of(lambda: act(note, chair) if who == "chair" else act(note.pk, by=manager)).status == 403
    client = as_(person)
    assert client.get(url("invite", note.reference)).status_code in {403, 404}
    assert client.post(url("invite_agree", note.reference)).status_code in {403, 404}
    assert note.reference not in text(client.get(url("call", note.stage.call.code)))


def test_a_last_stage_an_open_review_and_silence_are_refused(call, stage, chair):
    last = make_reviewed(call.stages.get(number=2))
    assert "no further stage" in str(refusal_of(lambda: propose(last, chair)))
    unsealed = make_reviewed(stage)
    Assignment.objects.filter(application=unsealed).update(state="submitted", sealed_at=None)
    assert "Seal the reviews" in str(refusal_of(lambda: propose(unsealed, chair)))
    silent = refusal_of(lambda: propose(make_reviewed(stage), chair, " "))
    assert (silent.status, silent.field) == (422, "feedback")


@pytest.mark.parametrize("state", [CLOSED, ASSESSING])
def test_a_stage_that_is_over_takes_nobody(note, chair, manager, call, state):
    propose(note, chair)
    started = {"assessment_started_at": clock.now()} if state == ASSESSING else {}
    type(call).objects.filter(pk=call.pk).update(state=state, closed_at=clock.now(), **started)
    assert refusal_of(lambda: services.invite(note.pk, by=manager)).status == 409
    assert Application.objects.get().state == S.REVIEWED


def test_a_deadline_that_passed_takes_nobody(note, chair, manager, call):
    propose(note, chair)
    with clock.at(call.stages.get(number=2).closes_at + timedelta(minutes=1)):
        assert refusal_of(lambda: services.invite(note.pk, by=manager)).status == 409


def test_a_recommendation_takes_the_place_of_a_proposal(note, chair, manager):
    propose(note, chair)
    services.recommend(note.pk, advice=Advice(proposal="not_recommend", rationale="Too thin."), by=chair)
    assert StageInvitation.objects.get().dropped_at
    assert refusal_of(lambda: services.invite(note.pk, by=manager)).status == 409


def test_the_walk_through_the_pages(note, chair, manager, call):
    form = url("invite", note.reference)
    assert form in text(as_(chair).get(url("recommend", note.reference)))
    assert as_(chair).post(form, {"feedback": ""}).status_code == 422
    assert as_(chair).post(form, {"feedback": SAID}).status_code == 302
    page = url("call", call.code)
    assert page in [item.url for item in waiting_for(manager)]
    assert url("decisions") not in [item.url for item in waiting_for(chair)]
    shown = text(as_(manager).get(page))
    assert SAID in shown
    assert url("invite_agree", note.reference) in shown
    assert url("invite_agree", note.reference) not in text(as_(chair).get(page))
    answers = [as_(manager).post(url("invite_agree", note.reference)).status_code for _click in range(2)]
    assert answers == [302, 409]


def test_another_fund_finds_nothing(note, chair):
    propose(note, chair)
    stranger = as_(make_person("", Role.CHAIR, Role.MANAGER, fund=make_fund()))
    assert stranger.get(url("invite", note.reference)).status_code == 404
    assert stranger.post(url("invite_agree", note.reference)).status_code == 404
    assert stranger.post(url("invite_drop", note.reference)).status_code == 404


def test_the_page_asks_the_same_for_1_and_3_proposals(note, stage, chair, manager, call, django_assert_max_num_queries):
    propose(note, chair)
    client, page = as_(manager), url("call", call.code)
    client.get(page)
    with django_assert_max_num_queries(60) as one:
        client.get(page)
    for _number in range(2):
        propose(make_reviewed(stage), chair)
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(page)
