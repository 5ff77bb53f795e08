"""A closed call opens again: by two people, in public, and never once a review is visible."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from fundportal.waiting import waiting_for
from grants.applications.states import ApplicationState
from grants.calls.deadlines import wall_of
from grants.calls.models import Call
from grants.calls.states import CLOSED, OPEN, CallState
from grants.reviews import services
from grants.reviews.models import Reopening
from grants.reviews.states import HANDED_IN, AssignmentState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.people import make_fund, make_person
from tests.factories.reviews import make_assignment, make_panel

pytestmark = pytest.mark.django_db
VISIBLE = {*HANDED_IN, AssignmentState.RETURNED}
WHY = "The mail server of the city was down."


@pytest.fixture
def call():
    return make_call(state=CLOSED)


@pytest.fixture
def officer(call):
    return make_person("Omar Demo", Role.OFFICER, fund=call.fund)


@pytest.fixture
def manager(call):
    return make_person("Mara Demo", Role.MANAGER, fund=call.fund)


def ahead(call, days=7):
    return wall_of(clock.now() + timedelta(days=days), call.stages.order_by("-number")[0].zone)


def propose(call, by, **facts):
    return services.propose_reopening(call.pk, **({"deadline": ahead(call), "reason": WHY} | facts), by=by)


def url(name, call):
    return reverse(f"office_reviews:{name}", args=[call.code])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_two_people_open_it_and_everybody_reads_why(call, officer, manager):
    missed = make_application(call.stages.get(), state=ApplicationState.LAPSED)
    propose(call, officer)
    assert Call.objects.get().state == CLOSED
    services.reopen(call.pk, by=manager)
    opened = Call.objects.get()
    stage = opened.stages.get()
    assert (opened.state, opened.closed_at) == (OPEN, None)
    assert stage.accepts(clock.now())
    assert stage.extensions.get().reason == WHY
    assert Letter.objects.get().to_address == missed.started_by.email
    assert "open again" in Letter.objects.get().subject
    rows = list(Entry.objects.order_by("pk").values_list("action", "before", "after"))
    assert rows == [("reviews.propose_reopening", "", ""), ("calls.reopen", CLOSED, OPEN)]


def test_the_last_stage_gets_the_new_deadline():
    call = make_call(state=CLOSED, stages=2)
    call.stages.filter(number=2).update(opens_at=clock.now() - timedelta(days=9), deadline_wall="2026-01-02T09:00")
    officer = make_person("", Role.OFFICER, fund=call.fund)
    first = call.stages.get(number=1).deadline_wall
    propose(call, officer)
    services.reopen(call.pk, by=make_person("", Role.MANAGER, fund=call.fund))
    assert call.stages.get(number=1).deadline_wall == first
    assert call.stages.get(number=2).extensions.count() == 1


def test_nobody_agrees_with_themselves(call, manager):
    propose(call, manager)
    with pytest.raises(NotAllowed):
        services.reopen(call.pk, by=manager)
    assert Call.objects.get().state == CLOSED


@pytest.mark.parametrize("state", AssignmentState)
def test_from_the_first_visible_review_on_it_stays_closed(call, officer, manager, state):
    panel = make_panel(call.stages.get())
    propose(call, officer)
    make_assignment(panel, state=state)
    if state in VISIBLE:
        with pytest.raises(Refusal, match="handed in already"):
            services.reopen(call.pk, by=manager)
        assert Call.objects.get().state == CLOSED
    else:
        services.reopen(call.pk, by=manager)
        assert Call.objects.get().state == OPEN


def test_a_review_that_was_taken_off_after_it_was_handed_in_was_visible(call, officer):
    ended = {"submitted_at": clock.now()}
    make_assignment(make_panel(call.stages.get()), state=AssignmentState.RECUSED, **ended)
    with pytest.raises(Refusal, match="handed in already"):
        propose(call, officer)


@pytest.mark.parametrize("state", CallState)
def test_only_a_closed_call_can_be_proposed(state):
    call = make_call(state=state)
    officer = make_person("", Role.OFFICER, fund=call.fund)
    if state == CLOSED:
        assert propose(call, officer).reason == WHY
    else:
        with pytest.raises(Refusal) as caught:
            propose(call, officer)
        assert caught.value.status == 409
        assert not Reopening.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_who_proposes_agrees_and_drops(call, officer, role):
    person = make_person("", role, fund=call.fund)
    acts = [
        (lambda: propose(call, person), {Role.OFFICER, Role.MANAGER}),
        (lambda: (propose(call, officer), services.reopen(call.pk, by=person)), {Role.MANAGER}),
        (lambda: (propose(call, officer), services.drop_reopening(call.pk, by=person)), {Role.OFFICER, Role.MANAGER}),
    ]
    for act, allowed in acts:
        with transaction.atomic():
            if role in allowed:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()
            transaction.set_rollback(True)


def test_a_role_in_another_fund_opens_nothing(call, officer):
    propose(call, officer)
    stranger = make_person("", Role.MANAGER, fund=make_fund())
    with pytest.raises(NotAllowed):
        services.reopen(call.pk, by=stranger)
    assert as_(stranger).get(url("reopen", call)).status_code == 404
    assert as_(stranger).post(url("reopen_agree", call)).status_code == 404


@pytest.mark.parametrize(("facts", "field"), [({"reason": " "}, "reason"), ({"days": -1}, "deadline")])
def test_a_proposal_says_why_and_until_when(call, officer, facts, field):
    given = {"deadline": ahead(call, facts["days"])} if "days" in facts else facts
    with pytest.raises(Refusal) as caught:
        propose(call, officer, **given)
    assert (caught.value.status, caught.value.field) == (422, field)


def test_two_clicks_are_one_proposal_and_another_has_to_wait(call, officer, manager):
    assert propose(call, officer) == propose(call, officer)
    with pytest.raises(Refusal):
        propose(call, manager)
    assert Reopening.objects.count() == 1
    services.drop_reopening(call.pk, by=officer)
    assert propose(call, manager).proposed_by == manager


def test_the_walk_through_the_pages(call, officer, manager):
    page = reverse("calls:call", args=[call.code])
    assert url("reopen", call) in as_(officer).get(page).content.decode()
    typed = {"deadline": ahead(call).isoformat(timespec="minutes"), "reason": ""}
    refused = as_(officer).post(url("reopen", call), typed)
    assert refused.status_code == 422
    assert typed["deadline"] in refused.content.decode()
    past = typed | {"deadline": "2020-01-01T00:00", "reason": WHY}
    assert as_(officer).post(url("reopen", call), past).status_code == 422
    assert as_(officer).post(url("reopen", call), typed | {"reason": WHY}).status_code == 302
    waits = [item.url for item in waiting_for(manager)]
    assert url("reopen", call) in waits
    assert url("reopen", call) not in [item.url for item in waiting_for(officer)]
    assert WHY in as_(manager).get(url("reopen", call)).content.decode()
    assert url("reopen_agree", call) not in as_(officer).get(url("reopen", call)).content.decode()
    answers = [as_(manager).post(url("reopen_agree", call)).status_code for _click in range(2)]
    assert answers == [302, 409]
    assert "It stays closed" in as_(officer).get(url("reopen", call)).content.decode()
    assert url("reopen", call) not in as_(officer).get(page).content.decode()


def test_a_dropped_proposal_leaves_it_closed(call, officer, manager):
    propose(call, officer)
    assert as_(manager).post(url("reopen_drop", call)).status_code == 302
    assert as_(manager).post(url("reopen_agree", call)).status_code == 409
    assert Call.objects.get().state == CLOSED


def columns(call, officer, **facts):
    return {"call": call, "deadline_wall": "2027-01-01T00:00", "reason": WHY, "proposed_by": officer} | facts


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_reopening_says_why", {"reason": ""}),
        ("nobody_confirms_their_own_reopening", {"confirmed_at": clock.now(), "own": True}),
        ("a_confirmed_reopening_says_by_whom_and_when", {"confirmed_at": clock.now()}),
    ],
)
def test_the_database_keeps_the_rules(call, officer, name, facts):
    given = dict(facts)
    if given.pop("own", False):
        given["confirmed_by"] = officer
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reopening.objects.create(**columns(call, officer, **given))


def test_one_is_proposed_at_a_time(call, officer):
    Reopening.objects.create(**columns(call, officer))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening.objects.create(**columns(call, officer))
