"""A hundred lists adopted at once against a budget for ten, on PostgreSQL; and the same without the lock."""

import threading
import time
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import connection

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.ledger.queries import may_promise
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.decisions import services
from grants.decisions.models import Appeal, Approval, BudgetHold, Deliberation
from grants.decisions.services import deciding
from grants.decisions.states import DeliberationState
from tests.factories.calls import make_call
from tests.factories.decisions import (
    MONEY,
    make_appeal,
    make_decidable,
    make_deliberation,
    make_funded_call,
    make_line,
    make_reviewed,
)
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.faults.sizes import size, tell
from tests.support.sessions import LONGEST, is_waiting, meanwhile

pytestmark = pytest.mark.postgres

ROOM, CROWD = 10, 100
SESSIONS = size(20, CROWD)  # that reach the database at a time, as a server's threads do; the others queue before it
S = DeliberationState


@dataclass(frozen=True)
class House:
    """Money for ten, raised and in the budget of the call, and lists of one line each before the body."""

    call: Call
    clerk: User
    lists: list[Deliberation]


def make_house(lists: int) -> House:
    call = make_funded_call(raised=ROOM * MONEY, budget_minor=ROOM * MONEY)
    officer, chair, *managers, clerk = (
        make_person("", role, fund=call.fund)
        for role in (Role.OFFICER, Role.CHAIR, Role.MANAGER, Role.MANAGER, Role.CLERK)
    )
    organisation = make_organisation()
    stage = call.stages.select_related("call__fund").get(number=1)
    made = [
        make_deliberation(call, state=S.SUBMITTED_TO_BODY, lines=0, approvals=0, prepared_by=officer)
        for _number in range(lists)
    ]
    for one in made:
        make_line(one, make_decidable(stage, scores=(), organisation=organisation, by=chair))
    Approval.objects.bulk_create(Approval(deliberation=one, by=person) for one in made for person in managers)
    return House(call, clerk, made)


def adopt_all_at_once(house: House) -> Counter[str]:
    """What each of them met."""
    met: list[str] = []
    gate, turns = threading.Barrier(len(house.lists)), threading.Semaphore(SESSIONS)

    def adopt(deliberation_id: int) -> None:
        gate.wait(timeout=LONGEST)
        with turns:
            try:
                services.adopt(deliberation_id, by=house.clerk)
                met.append("adopted")
            except Refusal as refusal:
                met.append(str(refusal.status))
            finally:
                connection.close()

    threads = [threading.Thread(target=adopt, args=[each.pk]) for each in house.lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST)
    return Counter(met)


def what_stands(house: House) -> dict[str, object]:
    return {
        "holds": BudgetHold.objects.filter(ended_at__isnull=True).count(),
        "lists": Deliberation.objects.filter(state=S.ADOPTED).count(),
        "applications": Application.objects.filter(state=ApplicationState.APPROVED).count(),
        "records": Entry.objects.filter(action="decisions.adopt").count(),
        "left": may_promise(house.call.purpose).minor,
    }


EXACTLY_WHAT_FITS = {"holds": ROOM, "lists": ROOM, "applications": ROOM, "records": ROOM, "left": 0}


def test_of_a_hundred_adoptions_at_once_exactly_what_fits_is_held(committed_db):
    house = make_house(CROWD)
    began = time.monotonic()
    met = adopt_all_at_once(house)
    stands = what_stands(house)
    seconds = f"{time.monotonic() - began:.1f}"
    tell("Approvals at once", sent=CROWD, room_for=ROOM, refused=met["409"], **stands, seconds=seconds)
    assert met == {"adopted": ROOM, "409": CROWD - ROOM}
    assert stands == EXACTLY_WHAT_FITS


def test_canary_without_the_lock_a_crowd_holds_more_than_there_is(committed_db, monkeypatch):
    """Everybody has looked at the budget before anybody has taken from it."""
    house = make_house(ROOM + 2)
    everybody = threading.Barrier(len(house.lists))
    monkeypatch.setattr(deciding, "lock_means", lambda _fund_id: everybody.wait(timeout=LONGEST))
    assert adopt_all_at_once(house) == {"adopted": ROOM + 2}
    assert what_stands(house) != EXACTLY_WHAT_FITS


@pytest.fixture
def last_place(committed_db):
    """Two lists, and money for one of them."""
    house = make_house(ROOM + 1)
    for one in house.lists[: ROOM - 1]:
        services.adopt(one.pk, by=house.clerk)
    return house.lists[-2:], house.clerk


def test_of_two_adoptions_of_the_same_money_the_second_waits_and_is_refused(last_place):
    (first, second), clerk = last_place
    with meanwhile(lambda: services.adopt(second.pk, by=clerk)) as (made, thread):
        services.adopt(first.pk, by=clerk)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert BudgetHold.objects.count() == ROOM


def test_canary_without_the_lock_the_same_money_is_held_twice(last_place, monkeypatch):
    (first, second), clerk = last_place
    monkeypatch.setattr(deciding, "lock_means", lambda _fund_id: None)
    with meanwhile(lambda: services.adopt(second.pk, by=clerk)) as (made, thread):
        services.adopt(first.pk, by=clerk)
        assert not is_waiting(thread)
    assert isinstance(made[0], Deliberation)
    assert BudgetHold.objects.count() == ROOM + 1


def test_an_appeal_that_two_people_settle_at_once_is_settled_once(committed_db):
    appeal = make_appeal()
    fund = appeal.application.fund
    manager, *clerks = (make_person("", role, fund=fund) for role in (Role.MANAGER, Role.CLERK, Role.CLERK))
    services.answer_appeal(appeal.pk, answer="uphold", reason="Page three was not read.", by=manager)
    with meanwhile(lambda: services.agree_appeal(appeal.pk, by=clerks[1])) as (made, thread):
        services.agree_appeal(appeal.pk, by=clerks[0])
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert Appeal.objects.get().agreed_by == clerks[0]


def test_a_concept_note_that_is_invited_twice_at_once_has_one_draft(committed_db):
    call = make_call(stages=2)
    chair, *managers = (make_person("", role, fund=call.fund) for role in (Role.CHAIR, Role.MANAGER, Role.MANAGER))
    note = make_reviewed(call.stages.get(number=1))
    services.propose_invitation(note.pk, feedback="Show who cooks.", by=chair)
    with meanwhile(lambda: services.invite(note.pk, by=managers[1])) as (made, thread):
        services.invite(note.pk, by=managers[0])
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert Application.objects.filter(predecessor=note).count() == 1
