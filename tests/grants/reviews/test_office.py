"""The office's pages of a panel: opened, filled, planned, watched, sealed; each act by its roles only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.applications.states import ApplicationState
from grants.reviews import services
from grants.reviews.models import Assignment, Panel
from grants.reviews.states import AssignmentState, PlanState
from tests.factories.calls import make_call
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member, make_review_ready

S = AssignmentState
pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return make_panel(members=3)


@pytest.fixture
def officer(panel: Panel):
    return make_person("Ora Officer", Role.OFFICER, fund=panel.stage.call.fund)


@pytest.fixture
def manager(panel: Panel):
    return make_person("Mara Manager", Role.MANAGER, fund=panel.stage.call.fund)


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, panel: Panel, *more: object) -> str:
    return reverse(f"office_reviews:{name}", args=[panel.stage_id, *more])


def proposed(panel: Panel, officer):
    return services.draw_plan(services.ask_for_plan(panel.pk, by=officer, seed=1).pk)


def test_a_panel_is_opened_with_its_terms():
    stage = make_call(state="assessing").stages.get(number=1)
    client = enter(make_person("Ora Officer", Role.OFFICER, fund=stage.call.fund))
    address = reverse("office_reviews:terms", args=[stage.pk])
    page = reverse("office_reviews:panel", args=[stage.pk])
    assert "not open yet" in client.get(page).content.decode()
    days = [(clock.now() + timedelta(days=each)).strftime("%Y-%m-%dT%H:%M") for each in (7, 21)]
    typed = {"reviewers_wanted": 2, "agreement_en": "I keep quiet.", "agreement_fr": "Je me tais."}
    wrong = client.post(address, typed | {"answer_by": days[1], "review_by": days[0]})
    assert wrong.status_code == 422
    assert "I keep quiet." in wrong.content.decode()
    client.post(address, typed | {"answer_by": days[0], "review_by": days[1]})
    assert Panel.objects.get().reviewers_wanted == 2
    assert client.get(page).status_code == 200


def test_members_are_added_and_taken_off(panel, officer):
    client = enter(officer)
    rosa = make_person("Rosa Demo", Role.REVIEWER, fund=panel.stage.call.fund)
    client.post(url("member_add", panel), {"user": rosa.pk, "most_assignments": 4})
    seat = panel.members.in_office().get(user=rosa)
    assert "Rosa Demo" in client.get(url("panel", panel)).content.decode()
    client.post(url("member_remove", panel, seat.pk))
    assert not panel.members.in_office().filter(user=rosa).exists()
    stranger = make_person("Nobody")
    assert client.post(url("member_add", panel), {"user": stranger.pk, "most_assignments": 4}).status_code == 422


def test_a_plan_is_asked_for_changed_by_hand_and_approved(panel, officer):
    application = make_review_ready(panel.stage, state=ApplicationState.ELIGIBLE)
    client = enter(officer)
    client.post(url("plan_ask", panel))
    assert "being drawn up" in client.get(url("plan", panel)).content.decode()
    plan = services.draw_plan(panel.plans.get().pk)
    assert "1 plan of who reads what is to be looked over." in [one.sentence for one in waiting_for(officer)]
    pair = {"application": application.pk, "reviewer": panel.members.first().user_id}
    client.post(url("plan_take_out", panel), pair)
    assert plan.assignments.count() == 2
    client.post(url("plan_put_in", panel), pair)
    assert "chosen by hand" in client.get(url("plan", panel)).content.decode()
    client.post(url("plan_approve", panel))
    assert panel.plans.get().state == PlanState.APPROVED
    assert "Asked" in client.get(url("panel", panel)).content.decode()


def test_a_plan_can_be_discarded(panel, officer):
    make_review_ready(panel.stage, state=ApplicationState.ELIGIBLE)
    plan = proposed(panel, officer)
    enter(officer).post(url("plan_discard", panel))
    assert not plan.assignments.exists()


def test_a_review_is_handed_back_and_taken_off(panel, officer):
    handed_in, asked = make_assignment(panel, state=S.SUBMITTED), make_assignment(panel)
    client = enter(officer)
    assert "Fits need." in client.get(url("review", panel, handed_in.token)).content.decode()
    assert client.post(url("hand_back", panel, handed_in.token), {"question": ""}).status_code == 422
    client.post(url("hand_back", panel, handed_in.token), {"question": "Is need really 3?"})
    client.post(url("take_off", panel, asked.token), {"reason": "Ill."})
    states = Assignment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [S.RETURNED, S.REMOVED]


def test_sealing_waits_for_every_review_and_for_the_right_role(panel, officer, manager):
    make_assignment(panel, state=S.SUBMITTED)
    open_one = make_assignment(panel, state=S.IN_PROGRESS)
    assert enter(officer).post(url("seal", panel)).status_code == 403
    client = enter(manager)
    assert client.post(url("seal", panel)).status_code == 409
    services.remove_assignment(open_one.pk, reason="Ill.", by=manager)
    assert "The reviews of 1 panel are in and can be sealed." in [one.sentence for one in waiting_for(manager)]
    client.post(url("seal", panel))
    assert Assignment.objects.filter(state=S.SEALED).count() == 1


def test_standings_are_a_plot_and_a_table(panel, officer):
    make_assignment(panel, state=S.SUBMITTED)
    text = enter(officer).get(url("standings", panel)).content.decode()
    assert 'cx="60.0%"' in text
    assert "Mean 3.00, from 3.00 to 3.00" in text
    assert "<table" in text


def test_whoever_has_a_conflict_sees_nothing_of_that_application(panel, officer):
    scored = make_assignment(panel, state=S.SUBMITTED)
    other = make_assignment(panel, state=S.SUBMITTED)
    make_conflict(officer, scored.application.organisation)
    client = enter(officer)
    for name in ("panel", "standings"):
        text = client.get(url(name, panel)).content.decode()
        assert scored.application.organisation.name not in text
        assert scored.application.reference not in text
        assert other.application.reference in text
    assert client.get(url("review", panel, scored.token)).status_code == 404


def test_a_chair_who_still_reviews_sees_no_scores_of_that_application(panel):
    scored = make_assignment(panel, state=S.SUBMITTED)
    chair = make_person("Carla Chair", Role.CHAIR, fund=panel.stage.call.fund)
    make_assignment(panel, application=scored.application, reviewer=chair, state=S.IN_PROGRESS)
    client = enter(chair)
    assert "Fits need." not in client.get(url("review", panel, scored.token)).content.decode()
    assert "No review is in yet" in client.get(url("standings", panel)).content.decode()


def test_a_review_under_way_is_its_writers_own(panel, officer):
    reading = make_assignment(panel, state=S.IN_PROGRESS)
    reading.scores.create(criterion=panel.stage.criteria.first(), value=1, justification="Half a thought.")
    assert "Half a thought." not in enter(officer).get(url("review", panel, reading.token)).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CHAIR, Role.REVIEWER, Role.EDITOR])
def test_who_does_not_manage_reviews_changes_nothing(panel, role):
    client = enter(make_person("Nora Other", role, fund=panel.stage.call.fund))
    sees = role in {Role.AUDITOR, Role.CHAIR}
    assert client.get(reverse("office_reviews:panels")).status_code == (200 if sees else 403)
    assert client.get(url("panel", panel)).status_code == (200 if sees else 403)
    for name in ("terms", "member_add", "plan_ask", "plan_put_in", "plan_take_out", "plan_approve", "plan_discard"):
        assert client.post(url(name, panel)).status_code == 403


def test_another_funds_panel_does_not_exist(panel):
    client = enter(make_person("Olga Other", Role.OFFICER, fund=make_call().fund))
    assert client.get(url("panel", panel)).status_code == 404
    assert client.post(url("plan_ask", panel)).status_code == 404


@pytest.mark.parametrize("name", ["panel", "standings"])
def test_pages_ask_the_same_number_of_questions_however_many_reviews_there_are(panel, officer, name):
    counts = []
    for more in (3, 27):
        member = panel.members.first()
        for _each in range(more):
            make_assignment(panel, state=S.SUBMITTED, reviewer=member.user)
        client = enter(officer)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name, panel)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_of_panels_asks_the_same_number_of_questions(officer, panel):
    counts = []
    for more in (2, 27):
        for _each in range(more):
            make_panel_member(make_panel(make_call(panel.stage.call.fund, state="assessing").stages.get(number=1)))
        client = enter(officer)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("office_reviews:panels")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
