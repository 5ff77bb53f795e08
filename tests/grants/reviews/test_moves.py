"""Every move of an assignment from every state, by every role: who may not gets 403, what may not be gets 409."""

from collections.abc import Callable
from typing import Any

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.states import READING, AssignmentState
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment

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


@pytest.mark.django_db
@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_from_its_states(act: str, state: str):
    do, roles, sources, target = ACTS[act]
    assignment = make_assignment(state=state)
    by = somebody(roles[0], assignment)
    before = Entry.objects.count()
    if state in sources:
        do(assignment, by)
        rows = Entry.objects.filter(subject_kind="reviews.assignment", subject_id=str(assignment.pk))
        assert rows.count() == (0 if state == target else 1)
    else:
        with pytest.raises(Refusal) as refused:
            do(assignment, by)
        assert refused.value.status == 409
        assert Entry.objects.count() == before
    assert Assignment.objects.get(pk=assignment.pk).state == (target if state in sources else state)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_by_its_roles(act: str, role: str):
    do, roles, sources, target = ACTS[act]
    assignment = make_assignment(state=sources[0])
    by = somebody(role, assignment)
    if role in roles:
        do(assignment, by)
    else:
        with pytest.raises(Refusal) as refused:
            do(assignment, by)
        assert refused.value.status == 403
    assert Assignment.objects.get(pk=assignment.pk).state == (target if role in roles else sources[0])
