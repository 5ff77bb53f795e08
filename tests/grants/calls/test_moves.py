"""Every move of a call from every state by every role."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.calls import services
from grants.calls.deadlines import wall_of
from grants.calls.models import Call
from grants.calls.states import (
    ARCHIVED,
    ASSESSING,
    BEFORE_DECIDED,
    CANCELLED,
    CLOSED,
    DECIDED,
    DRAFT,
    FORECAST,
    OPEN,
    CallState,
)
from tests.factories.calls import make_call
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import add_a_question
from tests.grants.rows import undone

pytestmark = pytest.mark.django_db

FORBIDDEN, OUT_OF_PLACE = 403, 409


@dataclass(frozen=True)
class Move:
    """`days` is how far ahead the clock stands, so that only state and role decide."""

    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...] = (Role.MANAGER,)
    by_system: bool = False
    days: int = 0


MOVES = {
    "publish": Move((DRAFT,), FORECAST),
    "withdraw": Move((FORECAST,), DRAFT),
    "open_call": Move((FORECAST,), OPEN, by_system=True, days=11),
    "extend": Move((OPEN,), OPEN),
    "amend_form": Move((OPEN,), OPEN),
    "close_call": Move((OPEN,), CLOSED, roles=(), by_system=True, days=21),
    "reopen": Move((CLOSED,), OPEN),
    "start_assessment": Move((CLOSED,), ASSESSING),
    "conclude": Move((ASSESSING,), DECIDED),
    "archive": Move((DECIDED,), ARCHIVED),
    "cancel": Move(BEFORE_DECIDED, CANCELLED),
}
ACTIONS = {"open_call": "calls.open", "close_call": "calls.close"}


def act(name, call, by):
    if name == "cancel":
        return services.cancel(call.pk, reason="The money went elsewhere.", by=by)
    if name == "extend":
        deadline = wall_of(clock.now() + timedelta(days=60), call.stages.get().zone)
        return services.extend(call.stages.get().pk, deadline=deadline, reason="A storm.", by=by)
    if name == "conclude":
        return services.conclude(call.pk, facts={"given_minor": 0}, by=by)
    if name == "reopen":
        deadline = wall_of(clock.now() + timedelta(days=60), call.stages.get().zone)
        return services.reopen(call.pk, deadline=deadline, reason="A storm.", by=by)
    if name == "amend_form":
        add_a_question(call.stages.get())
        return services.amend_form(call.stages.get().pk, by=by)
    return getattr(services, name)(call.pk, by=by)


def tried(name, call, by):
    """The status of the refusal, or 200."""
    moved_on = clock.at(clock.now() + timedelta(days=MOVES[name].days)) if MOVES[name].days else nullcontext()
    with moved_on:
        try:
            act(name, call, by)
        except Refusal as refusal:
            return refusal.status
    return 200


def entries(name):
    return Entry.objects.filter(action=ACTIONS.get(name, f"calls.{name}")).count()


@pytest.mark.parametrize("state", CallState)
def test_a_call_makes_its_moves_from_their_states_only_and_each_leaves_one_row(state):
    call = make_call(state=state)
    for name, move in MOVES.items():
        by = SYSTEM if not move.roles else make_person("", *move.roles, fund=call.fund)
        expected = (200, move.target, 1) if state in move.sources else (OUT_OF_PLACE, state, 0)
        with undone():
            assert (name, tried(name, call, by), Call.objects.get().state, entries(name)) == (name, *expected)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_by_its_roles_only(name):
    move = MOVES[name]
    call = make_call(state=move.sources[0])
    for role in Role:
        expected = (200, 1) if role in move.roles else (FORBIDDEN, 0)
        with undone():
            assert (role, tried(name, call, make_person("", role, fund=call.fund)), entries(name)) == (role, *expected)


@pytest.mark.parametrize("name", MOVES)
def test_the_clock_makes_its_own_moves_only_and_a_role_in_another_fund_none(name):
    move = MOVES[name]
    call = make_call(state=move.sources[0])
    assert tried(name, call, make_person("", Role.MANAGER, fund=make_fund())) == FORBIDDEN
    assert tried(name, call, SYSTEM) == (200 if move.by_system else FORBIDDEN)


@pytest.mark.parametrize("name", sorted(MOVES.keys() - {"extend", "amend_form"}))
def test_two_clicks_are_one_move_and_a_refusal(name):
    move = MOVES[name]
    call = make_call(state=move.sources[0])
    by = SYSTEM if not move.roles else make_person("", *move.roles, fund=call.fund)
    assert [tried(name, call, by), tried(name, call, by)] == [200, OUT_OF_PLACE]
    assert entries(name) == 1
