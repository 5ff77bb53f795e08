"""One fund with everybody at work: after each step every invariant holds, and the record tells how it came about.

First things go as they usually go, from the first gift to a published report; at moments on the way chance takes over.
300 steps in the suite, the same each time; FUND_STEPS says how many otherwise, and STORM=full makes them 100,000.
"""

import math
import os
import sys
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from donations.gifts.services import refunds
from grants.applications import services as applying
from grants.applications.models import Application
from grants.applications.services import locking
from tests.properties.fund.acts import Lane, Luck
from tests.properties.fund.cast import gather
from tests.properties.fund.catalogue import ACTS
from tests.properties.fund.machine import machine_from
from tests.properties.fund.telling import BROKEN_OFF, DONE, NO_LUCK, REFUSED, Telling

FULL = 100_000 if os.environ.get("STORM") == "full" else 0
STEPS = int(os.environ.get("FUND_STEPS") or FULL or 300)
IS_SMALL = STEPS <= 300
LONGEST = 10 if IS_SMALL else 120
TOLD_EVERY = 1000
MOST_TO_WALK = 150
# Between them things go as they usually go; at each of them chance takes over for a while.
MOMENTS = ("send_the_application", "recommend_it", "accept_the_award", "accept_the_report", "read_that_it_came_back")
CHANCE = max(20, STEPS // len(MOMENTS) - (50 if IS_SMALL else 0))
# What else has to have come to its end by then, or the steps prove less than they seem to.
ON_THE_WAY = {
    "pay_the_gift",
    "have_the_refund_arrive",
    "publish_the_call",
    "be_tied_to_an_organisation",
    "hand_the_review_in",
    "adopt_the_list",
    "change_bank_details",
    "read_that_it_was_paid",
    "publish_the_report",
    "let_hours_pass",
}


@pytest.fixture
def telling(db):
    telling = Telling(gather(), Counter())
    yield telling
    telling.world.watch.end()


def tell_on(telling: Telling, steps: int, after_step) -> None:
    """Chance takes over for so many steps, in examples that all begin at this moment; then it is as if nothing was."""
    length = min(LONGEST, steps)
    telling.world.watch.end()
    run_state_machine_as_test(
        machine_from(telling, after_step),
        settings=settings(
            max_examples=math.ceil(steps / length),
            stateful_step_count=length,
            derandomize=IS_SMALL,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    telling.world.watch.begin()


def walk_until(telling: Telling, name: str) -> None:
    for _step in range(MOST_TO_WALK):
        if name in telling.done:
            return
        telling.walk()
    raise AssertionError(f"nobody came to {name} in {MOST_TO_WALK} steps")


def test_after_every_step_the_fund_keeps_its_promises(telling, capsys):
    def after_step() -> None:
        if telling.tally.total() % TOLD_EVERY == 0:
            with capsys.disabled():
                sys.stdout.write(f"{telling.tally.total():,} steps\n")

    for moment in MOMENTS:
        walk_until(telling, moment)
        telling.try_in_vain(NO_LUCK)
        telling.go_on(Lane.ROAD, NO_LUCK, breaks_off=True)
        tell_on(telling, CHANCE, after_step)
    telling.end()

    assert sorted(ON_THE_WAY - telling.done) == []
    assert {outcome for _name, outcome in telling.tally} == {DONE, REFUSED, BROKEN_OFF}
    assert telling.tally.total() >= STEPS * 9 // 10


def step(telling: Telling, name: str, by: str = "", **given) -> None:
    """One act out of its turn, on the first thing it can be done with; `by` names a part of the office."""
    found = next(one for one in ACTS if one.name == name)
    pk = min(telling.world.known[found.kind])
    people = telling.world.cast.office.get(by) or found.people(telling.world, pk) or [None]
    telling.take_step(found, pk, people[0], given.pop("luck", NO_LUCK), **given)


def test_canary_without_its_transaction_an_act_that_breaks_off_leaves_a_trace(telling, monkeypatch):
    walk_until(telling, "write_the_application")
    step(telling, "send_the_application", writes_left=1)
    assert telling.tally["send_the_application", BROKEN_OFF]

    monkeypatch.setattr(applying, "submit", applying.submit.__wrapped__)
    with pytest.raises(AssertionError, match=r"left a trace in .*applications_revision"):
        step(telling, "send_the_application", writes_left=1)


def test_canary_without_its_row_in_the_record_a_move_is_found(telling, monkeypatch):
    walk_until(telling, "write_the_application")
    monkeypatch.setattr(locking, "record", lambda *_args, **_facts: None)
    with pytest.raises(AssertionError, match="stands at submitted, and its record replays to draft"):
        step(telling, "send_the_application")


class More(Luck):
    """Asks for more than there is."""

    def __init__(self) -> None:
        super().__init__(lambda _strategy: 2)


def test_canary_without_a_look_at_what_is_left_more_is_given_back_than_came(telling, monkeypatch):
    walk_until(telling, "pay_the_gift")
    step(telling, "ask_for_a_refund", by="officers", luck=More())
    assert telling.tally["ask_for_a_refund", REFUSED]

    monkeypatch.setattr(refunds, "_check_refundable", lambda *_facts: None)
    with pytest.raises(AssertionError, match="more is given back, or on its way back, than was paid"):
        step(telling, "ask_for_a_refund", by="officers", luck=More())


def test_canary_a_change_by_hand_behind_the_services_is_found(telling):
    walk_until(telling, "send_the_application")
    Application.objects.filter(submitted_at__isnull=False).update(title="Another one")
    with pytest.raises(AssertionError, match="shows another title or amount than what was sent"):
        telling.keep_promises()
