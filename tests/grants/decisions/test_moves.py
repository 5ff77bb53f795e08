"""Every move of a deliberation from every state, by every role: who may not gets 403, what may not be gets 409."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.decisions import services
from grants.decisions.models import Deliberation
from grants.decisions.states import AT_THE_DESK, DeliberationState
from tests.factories.decisions import make_deliberation
from tests.factories.people import make_person
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

S = DeliberationState
Act = Callable[[Deliberation, User], object]
BEFORE_THE_BODY = (S.SUBMITTED_TO_BODY,)
DESK = (Role.OFFICER, Role.CLERK)


def released(one: Deliberation, by: User) -> Deliberation:
    with clock.at(one.release_at):
        return services.release(one.pk, by=by)


ACTS: dict[str, tuple[Act, tuple[str, ...], tuple[str, ...], str]] = {
    "submit": (lambda one, by: services.submit_to_body(one.pk, by=by), DESK, AT_THE_DESK, S.SUBMITTED_TO_BODY),
    "send back": (
        lambda one, by: services.send_back(one.pk, reason="Say who keeps the room", by=by),
        (Role.CLERK,),
        BEFORE_THE_BODY,
        S.RETURNED,
    ),
    "approve": (
        lambda one, by: services.approve_deliberation(one.pk, by=by),
        (Role.MANAGER, Role.CLERK),
        BEFORE_THE_BODY,
        S.SUBMITTED_TO_BODY,
    ),
    "adopt": (lambda one, by: services.adopt(one.pk, by=by), (Role.CLERK,), BEFORE_THE_BODY, S.ADOPTED),
    "reject": (lambda one, by: services.reject(one.pk, by=by), (Role.CLERK,), BEFORE_THE_BODY, S.REJECTED),
    "release": (released, (Role.CLERK,), (S.ADOPTED,), S.RELEASED),
}


def somebody(role: str, deliberation: Deliberation) -> User:
    return make_person(f"{role.title()} Tester", Role(role), fund=deliberation.call.fund)


def tried(do: Act, one: Deliberation, by: User) -> tuple[int, str, list[tuple[str, str]]]:
    """The answer, the state afterwards and what was recorded: when it was refused, of anything at all."""
    with undone():
        before = set(Entry.objects.values_list("pk", flat=True))
        status = answered(do, one, by)
        rows = Entry.objects.exclude(pk__in=before)
        if status == 200:
            rows = rows.filter(subject_kind="decisions.deliberation", subject_id=str(one.pk))
        recorded = [(row.before, row.after) for row in rows]
        return status, Deliberation.objects.get(pk=one.pk).state, recorded


@pytest.mark.parametrize("state", S)
def test_a_list_makes_its_moves_from_their_states_only(state):
    deliberation = make_deliberation(state=state)
    for act, (do, roles, sources, target) in ACTS.items():
        expected = (200, target, [(state, target)]) if state in sources else (409, state, [])
        assert (act, tried(do, deliberation, somebody(roles[0], deliberation))) == (act, expected)


@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_by_its_roles(act):
    do, roles, sources, target = ACTS[act]
    deliberation = make_deliberation(state=sources[0])
    for role in Role:
        status, state, _recorded = tried(do, deliberation, somebody(role, deliberation))
        assert (role, status, state) == (role, *((200, target) if role in roles else (403, sources[0])))


def test_a_role_in_another_fund_moves_nothing():
    deliberation = make_deliberation(state=S.SUBMITTED_TO_BODY)
    with pytest.raises(Refusal) as refused:
        services.adopt(deliberation.pk, by=somebody(Role.CLERK, make_deliberation()))
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reference": ""}, "reference"),
        ({"held_on": None}, "day it met"),
        ({"release_at": None}, "hour"),
        ({"approvals": 1}, "Two people"),
    ],
)
def test_what_is_not_complete_is_not_adopted(facts, words):
    deliberation = make_deliberation(state=S.SUBMITTED_TO_BODY, **facts)
    with pytest.raises(Refusal, match=words) as refused:
        services.adopt(deliberation.pk, by=somebody(Role.CLERK, deliberation))
    assert refused.value.status == 409


def test_an_empty_list_is_not_put_before_the_body():
    deliberation = make_deliberation(lines=0)
    with pytest.raises(Refusal, match="at least one"):
        services.submit_to_body(deliberation.pk, by=somebody(Role.OFFICER, deliberation))


def test_nothing_is_announced_before_its_hour():
    deliberation = make_deliberation(state=S.ADOPTED)
    clerk = somebody(Role.CLERK, deliberation)
    with clock.at(deliberation.release_at - timedelta(seconds=1)), pytest.raises(Refusal, match="not come yet"):
        services.release(deliberation.pk, by=clerk)


def test_sending_back_voids_the_approvals_and_says_why():
    deliberation = make_deliberation(state=S.SUBMITTED_TO_BODY)
    clerk = somebody(Role.CLERK, deliberation)
    with pytest.raises(Refusal) as refused:
        services.send_back(deliberation.pk, reason=" ", by=clerk)
    assert (refused.value.status, refused.value.field) == (422, "reason")
    services.send_back(deliberation.pk, reason="Name the district", by=clerk)
    deliberation = Deliberation.objects.get(pk=deliberation.pk)
    assert deliberation.return_reason == "Name the district"
    assert not deliberation.approvals.exists()


def test_a_rejected_list_frees_its_lines_for_another_one():
    deliberation = make_deliberation(state=S.SUBMITTED_TO_BODY)
    services.reject(deliberation.pk, by=somebody(Role.CLERK, deliberation))
    assert not deliberation.decisions.filter(is_effective=True).exists()
