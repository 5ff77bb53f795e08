"""Everybody sends at once, and many in the last minute: nobody's application is lost, late, doubled or refused.

A real server in front of a real database. The canaries blow the same storm at the same server without one of its
guards, and the same judge has to see it.
"""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from fundportal.ledger.invariants import check_invariants
from grants.applications.queries.proofs import PROOFS
from grants.calls.models import Stage
from tests.faults.sizes import IS_FULL, size, tell
from tests.faults.storm_applicants import Outcome, close, judge, make_people
from tests.faults.storm_senders import Answer, Door, Person, open_door, send
from tests.support.databases import committed

pytestmark = [pytest.mark.storm, pytest.mark.postgres]

AT_ONCE, LAST_MINUTE, LATE = size(36, 500), size(24, 2_000), 2
SPAN = size(1, 60)  # seconds before the deadline over which the last minute's people press
LAST = 0.05  # seconds before the deadline at which the very last one does
CROWD = 8


@pytest.fixture(scope="module")
def door(pristine: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder: Path = tmp_path_factory.mktemp("storm")
    with (
        committed(pristine, django_db_blocker, folder) as database,
        open_door(folder, database.url, settings.SECRET_KEY) as opened,
    ):
        yield opened


def blow(door: Door, stage: Stage, presses: list[tuple[float, Person]], *, before: float) -> list[Answer]:
    """Begins `before` seconds before the deadline."""
    door.set_clock(stage.deadline_at - timedelta(seconds=before))
    return send(door, presses)


def twice(people: list[Person], every: int) -> list[Person]:
    """The impatient click twice."""
    return [one for place, person in enumerate(people) for one in [person] * (1 + (place % every == 0))]


def verdict(stage: Stage, answers: list[Answer]) -> Outcome:
    close(stage)
    return judge(stage, answers)


def test_everybody_who_sends_at_once_is_received_once(door):
    stage, people = make_people(AT_ONCE)
    answers = blow(door, stage, [(0, one) for one in twice(people, every=10)], before=SPAN)
    outcome = verdict(stage, answers)
    tell("Submissions at once", **outcome.figures)
    assert outcome.broken == [], door.last_words()
    assert [fault for check in PROOFS.values() for fault in check()] == []


def test_the_last_minute_loses_nobody_and_late_is_late(door):
    luck = random.Random(20270129)
    stage, people = make_people(LAST_MINUTE + LATE)
    in_time, late = people[LATE:], people[:LATE]
    moments = [*(luck.uniform(0, SPAN - LAST) for _one in in_time[1:]), SPAN - LAST]
    answers = blow(door, stage, list(zip(moments, in_time, strict=True)), before=SPAN)
    door.set_clock(stage.closes_at + timedelta(seconds=1))
    refused = send(door, [(0, one) for one in late])
    outcome = verdict(stage, answers)
    tell(f"Submissions in the last {SPAN} s", **outcome.figures, refused_afterwards=len(refused))
    assert outcome.broken == [], door.last_words()
    assert [answer.status for answer in refused] == [409] * LATE
    assert outcome.is_quick or not IS_FULL, outcome.figures
    assert [name for name, faults in check_invariants().items() if faults] == []


def without(door: Door, guard: str) -> set[str]:
    """The promises that break where the server goes without it and everybody clicks twice."""
    stage, people = make_people(CROWD)
    with door.without(guard):
        answers = blow(door, stage, [(0, one) for one in twice(people, every=1)], before=SPAN)
    return set(verdict(stage, answers).broken)


@pytest.mark.parametrize(
    ("guard", "seen"),
    [
        ("look at what stands", {"doubled", "wrong_letters"}),
        ("arrival", {"late"}),
        ("letter", {"wrong_letters"}),
        ("commit", {"lost", "misled", "late", "wrong_letters", "stored", "counted"}),
    ],
)
def test_canary_the_judge_sees_what_breaks_without_the(door, guard, seen):
    """The second click is another revision; a minute in the queue makes late; what was only promised lapses."""
    assert without(door, guard) == seen


def test_canary_without_the_row_lock_a_second_click_meets_the_unique_number_or_makes_another(door):
    assert without(door, "row lock") & {"faults", "doubled"}
