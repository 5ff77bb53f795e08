"""Who reads what: drawn up in the worker, looked over, changed by hand, approved, and then everybody is asked."""

import subprocess
import sys
from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.mail.models import Letter
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.reviews import services
from grants.reviews.models import Assignment, Panel, Plan
from grants.reviews.states import AssignmentState, PlanState
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member, make_review_ready

S = AssignmentState
pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    """Four reviewers and four applications that wait for two readers each."""
    made = make_panel(members=4, reviewers_wanted=2)
    for _each in range(4):
        make_review_ready(made.stage, state=ApplicationState.ELIGIBLE)
    return made


@pytest.fixture
def officer(panel: Panel):
    return make_person("Ora Officer", Role.OFFICER, fund=panel.stage.call.fund)


def draw(panel: Panel, officer, seed: int = 1) -> Plan:
    plan = services.ask_for_plan(panel.pk, by=officer, seed=seed)
    return services.draw_plan(plan.pk)


def test_the_plan_gives_each_application_its_readers_and_tells_nobody(panel, officer):
    plan = draw(panel, officer)
    assert plan.state == PlanState.PROPOSED
    assert plan.short == {}
    loads = [panel.members.get(user=member.user).user.assignments.count() for member in panel.members.order_by("pk")]
    assert loads == [2, 2, 2, 2]
    assert not Letter.objects.exists()
    assert set(Application.objects.order_by("pk").values_list("state", flat=True)) == {ApplicationState.ELIGIBLE}


def test_approving_asks_everybody_in_one_letter_and_sends_the_applications_into_review(panel, officer):
    services.approve_plan(draw(panel, officer).pk, by=officer)
    assert set(Assignment.objects.order_by("pk").values_list("state", flat=True)) == {S.INVITED}
    assert Letter.objects.count() == 4
    assert set(Application.objects.order_by("pk").values_list("state", flat=True)) == {ApplicationState.IN_REVIEW}


def test_a_conflict_is_never_proposed_and_never_chosen_by_hand(panel, officer):
    reader = panel.members.order_by("pk")[0].user
    application = Application.objects.order_by("pk")[0]
    make_conflict(reader, application.organisation)
    plan = draw(panel, officer)
    assert not plan.assignments.filter(reviewer=reader, application=application).exists()
    with pytest.raises(Refusal, match="conflict of interest"):
        services.change_plan(plan.pk, application_id=application.pk, reviewer_id=reader.pk, is_in=True, by=officer)


def test_a_plan_is_changed_by_hand_before_it_is_approved(panel, officer):
    plan = draw(panel, officer)
    out = plan.assignments.order_by("pk")[0]
    services.change_plan(
        plan.pk, application_id=out.application_id, reviewer_id=out.reviewer_id, is_in=False, by=officer
    )
    assert not Assignment.objects.filter(pk=out.pk).exists()
    services.change_plan(
        plan.pk, application_id=out.application_id, reviewer_id=out.reviewer_id, is_in=True, by=officer
    )
    assert plan.assignments.get(application=out.application, reviewer=out.reviewer).is_by_hand


def test_a_discarded_plan_leaves_nothing_behind(panel, officer):
    plan = draw(panel, officer)
    services.discard_plan(plan.pk, by=officer)
    assert not Assignment.objects.exists()
    assert services.ask_for_plan(panel.pk, by=officer).state == PlanState.REQUESTED


def test_one_plan_at_a_time(panel, officer):
    services.ask_for_plan(panel.pk, by=officer)
    with pytest.raises(Refusal, match="under way"):
        services.ask_for_plan(panel.pk, by=officer)


def test_nobody_is_proposed_again_for_what_they_declined(panel, officer):
    application = Application.objects.order_by("pk")[0]
    reader = panel.members.order_by("pk")[0].user
    make_assignment(panel, application=application, reviewer=reader, state=S.DECLINED)
    plan = draw(panel, officer)
    assert not plan.assignments.filter(application=application, reviewer=reader).exists()


def test_too_few_reviewers_leave_a_gap_that_is_counted(officer, panel):
    for member in panel.members.order_by("pk")[1:]:
        services.remove_member(member.pk, by=officer)
    plan = draw(panel, officer)
    assert set(plan.short.values()) == {1}
    assert plan.assignments.count() == 4


def test_a_bell_that_did_not_ring_is_made_up_for(panel, officer):
    plan = services.ask_for_plan(panel.pk, by=officer)
    assert services.draw_waiting_plans() == 1
    assert Plan.objects.get(pk=plan.pk).state == PlanState.PROPOSED


def test_an_invitation_nobody_answers_expires(panel):
    late = make_assignment(panel, state=S.INVITED)
    with clock.at(panel.answer_by + timedelta(minutes=1)):
        assert services.expire_unanswered() == 1
    assert Assignment.objects.get(pk=late.pk).state == S.EXPIRED


def test_only_reviewers_of_the_fund_sit_on_its_panel(panel, officer):
    stranger = make_person("Sam Stranger")
    with pytest.raises(Refusal, match="reviewer’s role"):
        services.add_member(panel.pk, user_id=stranger.pk, by=officer)
    sitting = make_panel_member(panel)
    with pytest.raises(Refusal, match="already"):
        services.add_member(panel.pk, user_id=sitting.user_id, by=officer)


def test_the_web_process_never_loads_the_solver():
    """Every URL, view, service and task is imported; scipy and numpy are not."""
    program = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "import grants.reviews.services, grants.reviews.tasks; "
        "sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
