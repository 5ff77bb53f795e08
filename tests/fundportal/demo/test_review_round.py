"""In the demo a call is with its reviewers: each finds work, and so does the chair."""

from fundportal.access import Role
from fundportal.demo.cast import holder
from fundportal.waiting import waiting_for
from grants.applications.models import Application
from grants.applications.queries.proofs import PROOFS
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.calls.states import CallState
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState

CODE = "words-for-work-2026"


def test_one_application_is_read_and_three_wait_and_loading_again_changes_nothing(rounds: None):
    call = Call.objects.get(code=CODE)
    assert call.state == CallState.ASSESSING
    states = list(Application.objects.filter(stage__call=call).order_by("pk").values_list("state", flat=True))
    assert sorted(states) == [ApplicationState.IN_REVIEW] * 3 + [ApplicationState.REVIEWED]
    assert [fault for check in PROOFS.values() for fault in check()] == []


def test_reviews_stand_at_every_step_from_asked_to_handed_in(rounds: None):
    of_call = Assignment.objects.filter(application__stage__call__code=CODE)
    states = list(of_call.order_by("pk").values_list("state", flat=True))
    assert len(states) == 12
    assert set(states) == {
        AssignmentState.INVITED,
        AssignmentState.ACCEPTED,
        AssignmentState.IN_PROGRESS,
        AssignmentState.SUBMITTED,
    }


def test_every_reviewer_and_the_chair_find_work(rounds: None):
    of_call = Assignment.objects.filter(application__stage__call__code=CODE)
    for place in range(5):
        assert of_call.filter(reviewer=holder(Role.REVIEWER, place)).exists()
    assert "waits for the panel’s word" in " ".join(str(each.sentence) for each in waiting_for(holder(Role.CHAIR)))
