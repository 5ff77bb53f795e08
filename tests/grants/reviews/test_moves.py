"""Every move of an assignment from every state, by every role: who may not gets 403, what may not be gets 409."""

from collections.abc import Callable
from typing import Any

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.states import READING, AssignmentState
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment
from tests.grants.rows import answered, undone

S = AssignmentState
REVIEWER = "the reviewer"
STAFF = (Role.OFFICER, Role.MANAGER)
ROLES = (*Role, REVIEWER)
Act = Callable[[Assignment, Any], object]

ACTS: dict[str, tuple[Act, tuple[str, ...], tuple[str, ...], str]] = {
    "accept": (lambda one, by: services.accept(one.pk, by=by), (REVIEWER,), (S.INVITED,), S.ACCEPTED),
    "decline": (
        lambda one, by: services.decline(one.pk, reason="No time this month", by=by),
        (REVIEWER,),
        (S.INVITED, *READING),
        S.DECLINED,
    ),
    "save": (
        lambda one, by: services.save_review(one.pk, entries={}, version=0, by=by),
        (REVIEWER,),
        READING,
        S.IN_PROGRESS,
    ),
    "hand back": (
        lambda one, by: services.hand_back(one.pk, question="Where does the money go?", by=by),
        STAFF,
        (S.SUBMITTED,),
        S.RETURNED,
    ),
    "remove": (
        lambda one, by: services.remove_assignment(one.pk, reason="Too many", by=by),
        STAFF,
        (S.PROPOSED, S.INVITED, *READING),
        S.REMOVED,
    ),
}


def somebody(role: str, assignment: Assignment) -> User:
    if role == REVIEWER:
        return assignment.reviewer
    return make_person(f"{role.title()} Tester", Role(role), fund=assignment.application.stage.call.fund)


def tried(do: Act, one: Assignment, by: User) -> tuple[int, str, int]:
    """The answer, the state afterwards and how much was recorded: when it was refused, of anything at all."""
    with undone():
        before = Entry.objects.count()
        status = answered(do, one, by)
        rows = Entry.objects.filter(subject_kind="reviews.assignment", subject_id=str(one.pk))
        recorded = rows.count() if status == 200 else Entry.objects.count() - before
        return status, Assignment.objects.get(pk=one.pk).state, recorded


@pytest.mark.django_db
@pytest.mark.parametrize("state", AssignmentState)
def test_an_assignment_makes_its_moves_from_their_states_only(state: str):
    assignment = make_assignment(state=state)
    for act, (do, roles, sources, target) in ACTS.items():
        expected = (200, target, 0 if state == target else 1) if state in sources else (409, state, 0)
        assert (act, tried(do, assignment, somebody(roles[0], assignment))) == (act, expected)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_by_its_roles(act: str):
    do, roles, sources, target = ACTS[act]
    assignment = make_assignment(state=sources[0])
    for role in ROLES:
        status, state, _recorded = tried(do, assignment, somebody(role, assignment))
        assert (role, status, state) == (role, *((200, target) if role in roles else (403, sources[0])))
