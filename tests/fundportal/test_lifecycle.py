"""Moves are made or refused with a sentence; the picture is drawn from the code."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from fundportal import clock
from fundportal.accounts.models import RoleGrant
from fundportal.lifecycle import diagram, guard, machine, move, transitions, why_not
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from fundportal.refusals import Refusal

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def letter(state: LetterState = LetterState.QUEUED, **facts: object) -> Letter:
    return Letter(state=state, **({"due_at": NOON} | facts))


def test_a_move_changes_the_state_and_what_the_transition_sets() -> None:
    queued = letter()
    move(queued, "claim", at=NOON)
    assert (queued.state, queued.claimed_at) == (LetterState.SENDING, NOON)


def test_the_clock_is_held_at_the_moment_of_the_move_and_let_go_after_it() -> None:
    early = NOON - timedelta(seconds=1)
    assert why_not(letter(), "claim", at=early) == ["This letter is not due yet."]
    assert why_not(letter(), "claim", at=NOON) == []
    assert clock.now() != early


def test_a_guard_refuses_with_its_sentence_and_nothing_changes() -> None:
    queued = letter()
    with pytest.raises(Refusal, match="This letter is not due yet") as refusal:
        move(queued, "claim", at=NOON - timedelta(days=1))
    assert refusal.value.status == 409
    assert (queued.state, queued.attempts) == (LetterState.QUEUED, 0)


def test_a_move_from_another_state_is_refused_and_says_where_it_stands() -> None:
    with pytest.raises(Refusal, match="it stands at “Sent”"):
        move(letter(LetterState.SENT), "claim", at=NOON)


def test_the_sentence_is_in_the_language_of_the_reader() -> None:
    @guard("Sentence")
    def never(_letter: Letter) -> bool:
        return False

    with translation.override("en"):
        assert never.sentence == "Sentence"
    assert never(letter()) is False


def test_a_state_cannot_be_set_by_hand() -> None:
    with pytest.raises(AttributeError):
        letter().state = LetterState.SENT


def test_facts_reach_the_transition() -> None:
    sending = letter(LetterState.SENDING, attempts=1)
    move(sending, "postpone", at=NOON, error="no answer")
    assert sending.last_error == "no answer"
    assert sending.due_at == NOON + timedelta(minutes=1)


def test_a_model_without_a_machine_has_none() -> None:
    with pytest.raises(LookupError, match="Group has 0 state fields"):
        machine(Group)


def test_every_transition_is_listed_in_the_order_of_its_states() -> None:
    assert [(one.source, one.name) for one in transitions(RoleGrant)] == [
        ("proposed", "approve"),
        ("proposed", "withdraw"),
        ("active", "end"),
    ]


def test_the_diagram_is_drawn_from_the_code() -> None:
    assert diagram(RoleGrant) == (
        "stateDiagram-v2\n"
        "    [*] --> proposed\n"
        "    proposed --> active: approve\n"
        "    proposed --> ended: withdraw\n"
        "    active --> ended: end\n"
        "    ended --> [*]\n"
    )


@pytest.mark.parametrize("model", [Letter, RoleGrant])
def test_every_guard_says_why(model: type) -> None:
    for one in transitions(model):
        assert all(str(condition.sentence) for condition in one.conditions)


MOVES = {
    LetterState.QUEUED: {"claim"},
    LetterState.SENDING: {"confirm", "postpone", "release"},
    LetterState.SENT: set(),
    LetterState.FAILED: {"retry"},
}


@pytest.mark.parametrize("state", LetterState)
def test_from_every_state_of_a_letter_exactly_its_moves_are_open(state: LetterState) -> None:
    standing = letter(state, claimed_at=NOON - timedelta(hours=1), attempts=1)
    names = {one.name for one in transitions(Letter)}
    assert {name for name in names if not why_not(standing, name, at=NOON)} == MOVES[state]
