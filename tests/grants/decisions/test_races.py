"""Twenty lists adopted at once against a budget for ten, on PostgreSQL; and the same without the lock."""

import threading
from collections import Counter

import pytest
from django.db import connection

from fundportal.access import Role
from fundportal.ledger.queries import may_promise
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.decisions import services
from grants.decisions.models import Appeal, BudgetHold, Deliberation
from grants.decisions.services import deciding
from grants.decisions.states import DeliberationState
from tests.factories.calls import make_call
from tests.factories.decisions import MONEY, make_appeal, make_deliberation, make_funded_call, make_reviewed
from tests.factories.people import make_person
from tests.support.sessions import LONGEST, is_waiting, meanwhile

pytestmark = pytest.mark.postgres

ROOM, CROWD = 10, 20
S = DeliberationState


@pytest.fixture
def crowd(committed_db):
    """Money for ten, raised and in the budget of the call; twenty lists of one line before the body."""
    call = make_funded_call(raised=ROOM * MONEY, budget_minor=ROOM * MONEY)
    clerk = make_person("Colin Demo", Role.CLERK, fund=call.fund)
    return [make_deliberation(call, state=S.SUBMITTED_TO_BODY) for _number in range(CROWD)], clerk


def all_at_once(deliberations, clerk) -> Counter:
    met: list[str] = []
    gate = threading.Barrier(len(deliberations))

    def adopt(deliberation_id):
        try:
            gate.wait(timeout=LONGEST)
            services.adopt(deliberation_id, by=clerk)
            met.append("adopted")
        except Refusal as refusal:
            met.append(str(refusal.status))
        finally:
            connection.close()

    threads = [threading.Thread(target=adopt, args=[each.pk]) for each in deliberations]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST)
    return Counter(met)


def test_of_twenty_adoptions_at_once_exactly_what_fits_is_held(crowd):
    deliberations, clerk = crowd
    call = deliberations[0].call
    assert all_at_once(deliberations, clerk) == {"adopted": ROOM, "409": CROWD - ROOM}
    assert BudgetHold.objects.filter(ended_at__isnull=True).count() == ROOM
    assert Deliberation.objects.filter(state=S.ADOPTED).count() == ROOM
    assert Application.objects.filter(state=ApplicationState.APPROVED).count() == ROOM
    assert may_promise(call.purpose) == Money(0, call.currency)


@pytest.fixture
def last_place(crowd):
    """Two lists, and money for one of them."""
    deliberations, clerk = crowd
    for deliberation in deliberations[: ROOM - 1]:
        services.adopt(deliberation.pk, by=clerk)
    return deliberations[-2:], clerk


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
