"""Two reviewers hand in at the same moment, on PostgreSQL: the application is reviewed, once."""

from datetime import timedelta
from typing import Any

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls.deadlines import wall_of
from grants.calls.models import Call
from grants.calls.states import CLOSED, OPEN
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.services import reviewing
from grants.reviews.states import AssignmentState
from tests.factories.calls import make_call
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_review_ready, score_everything
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres


@pytest.fixture
def last_two(committed_db) -> list[Assignment]:
    """Everything is scored; two reviews are wanted, and none is in."""
    panel = make_panel(reviewers_wanted=2)
    application = make_review_ready(panel.stage)
    made = [make_assignment(panel, application=application, state=AssignmentState.IN_PROGRESS) for _each in range(2)]
    for assignment in made:
        score_everything(assignment)
    return made


def hand_in(assignment: Assignment) -> Assignment:
    return services.hand_in(assignment.pk, by=assignment.reviewer)


def state_after(assignment: Assignment) -> str:
    return Application.objects.get(pk=assignment.application_id).state


def test_the_second_of_two_sees_the_first_and_the_application_moves(last_two):
    first, second = last_two
    with meanwhile(lambda: hand_in(second)) as (_made, thread):
        hand_in(first)
        assert is_waiting(thread)
    assert state_after(first) == ApplicationState.REVIEWED


def test_without_the_lock_neither_would_see_the_other(last_two, monkeypatch: pytest.MonkeyPatch):
    def unlocked(application_id: int) -> Any:
        return Application.objects.select_related("stage__call__fund", "organisation").get(pk=application_id)

    monkeypatch.setattr(reviewing, "lock_application", unlocked)
    first, second = last_two
    with meanwhile(lambda: hand_in(second)) as (_made, thread):
        hand_in(first)
        assert not is_waiting(thread)
    assert state_after(first) == ApplicationState.IN_REVIEW


@pytest.fixture
def closed_call(committed_db):
    """Proposed to open again, while somebody is about to hand a review in."""
    call = make_call(state=CLOSED)
    panel = make_panel(call.stages.get(), reviewers_wanted=1)
    review = make_assignment(panel, state=AssignmentState.IN_PROGRESS)
    score_everything(review)
    officer, manager = (make_person("", role, fund=call.fund) for role in (Role.OFFICER, Role.MANAGER))
    deadline = wall_of(clock.now() + timedelta(days=7), call.stages.get().zone)
    services.propose_reopening(call.pk, deadline=deadline, reason="The mail server was down.", by=officer)
    return call, review, manager


def test_whoever_opens_a_call_again_waits_for_a_review_that_is_being_handed_in(closed_call):
    call, review, manager = closed_call
    with meanwhile(lambda: services.reopen(call.pk, by=manager)) as (made, thread):
        hand_in(review)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert Call.objects.get().state == CLOSED


def test_a_review_is_handed_in_after_the_call_was_opened_again(closed_call):
    call, review, manager = closed_call
    with meanwhile(lambda: hand_in(review)) as (made, thread):
        services.reopen(call.pk, by=manager)
        assert is_waiting(thread)
    assert made[0].state == AssignmentState.SUBMITTED
    assert Call.objects.get().state == OPEN
