"""Nobody with a tie to an organisation moves anything of its application, neither its plan nor its reviews."""

import pytest

from fundportal.access import Role
from fundportal.refusals import Refusal
from grants.applications.states import ApplicationState
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member, make_review_ready

S = AssignmentState
pytestmark = pytest.mark.django_db


def test_nobody_with_a_conflict_hands_back_takes_off_or_seals_a_review_of_that_organisation():
    assignment = make_assignment(state=S.SUBMITTED)
    fund = assignment.application.stage.call.fund
    tied = make_person("Tia Tied", Role.OFFICER, Role.MANAGER, fund=fund)
    make_conflict(tied, assignment.application.organisation)
    for act in (
        lambda: services.hand_back(assignment.pk, question="Which plan?", by=tied),
        lambda: services.remove_assignment(assignment.pk, reason="They are ill.", by=tied),
        lambda: services.seal_reviews(assignment.application.stage.panel.pk, by=tied),
    ):
        with pytest.raises(Refusal, match="You have a conflict of interest") as refused:
            act()
        assert refused.value.status == 403
    assert Assignment.objects.get(pk=assignment.pk).state == S.SUBMITTED


def test_whoever_has_a_conflict_neither_changes_nor_approves_what_is_planned_for_that_organisation():
    panel = make_panel(reviewers_wanted=1)
    officer = make_person("Otto Officer", Role.OFFICER, fund=panel.stage.call.fund)
    application = make_review_ready(panel.stage, state=ApplicationState.ELIGIBLE)
    make_panel_member(panel)
    plan = services.draw_plan(services.ask_for_plan(panel.pk, by=officer, seed=1).pk)
    proposed = plan.assignments.first()
    pair = {"application_id": application.pk, "reviewer_id": proposed.reviewer_id}
    tied = make_person("Tia Tied", Role.OFFICER, fund=panel.stage.call.fund)
    make_conflict(tied, application.organisation)
    for act in (
        lambda: services.change_plan(plan.pk, is_in=False, by=tied, **pair),
        lambda: services.change_plan(plan.pk, is_in=True, by=tied, **pair),
        lambda: services.approve_plan(plan.pk, by=tied),
    ):
        with pytest.raises(Refusal, match="You have a conflict of interest"):
            act()
    services.approve_plan(plan.pk, by=officer)
