"""What waits for whom: only what this very person can do now, in a fixed number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal.access import Role
from grants.payments.queries import waiting
from grants.payments.states import BankState, RunState
from tests.factories.awards import make_award, make_decided
from tests.factories.organisations import make_conflict
from tests.factories.payments import make_bank_details, make_line, make_payable, make_run, make_run_approval
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

R = RunState


def to_check(house):
    return make_bank_details(make_award(make_decided(call=house.call)).organisation, state=BankState.PROPOSED)


def to_pay(house):
    return make_payable(house.call)


def to_approve(house):
    return make_run(house.account)


def to_export(house):
    return make_run(house.account, state=R.APPROVED)


def to_explain(house):
    return make_line(house.account)


CHECKERS = {Role.FINANCE_CHECKER, Role.OFFICER}
FINANCE = {Role.FINANCE_MAKER, Role.FINANCE_CHECKER}
SOURCES = {
    "to_check": (to_check, CHECKERS),
    "to_pay": (to_pay, {Role.FINANCE_MAKER}),
    "to_approve": (to_approve, {Role.FINANCE_CHECKER, Role.MANAGER}),
    "to_export": (to_export, {Role.FINANCE_MAKER}),
    "to_explain": (to_explain, FINANCE),
}


def lines_for(person, name) -> list:
    return list(getattr(waiting, name)(person))


@pytest.mark.parametrize("name", SOURCES)
def test_work_waits_for_those_who_can_do_it(house, name):
    make, roles = SOURCES[name]
    make(house)
    found = {role: len(lines_for(make_person("", role, fund=house.fund), name)) for role in Role}
    assert found == {role: 1 if role in roles else 0 for role in Role}


@pytest.mark.parametrize("name", SOURCES)
def test_three_ask_the_database_as_often_as_one(house, name):
    make, roles = SOURCES[name]
    make(house)
    one = asked(house, name, min(roles))
    make(house)
    make(house)
    assert asked(house, name, min(roles)) == one


def asked(house, name, role) -> int:
    reader = make_person("", role, fund=house.fund)
    with CaptureQueriesContext(connection) as queries:
        assert lines_for(reader, name)
    return len(queries)


@pytest.mark.parametrize("name", ["to_check", "to_pay", "to_approve", "to_export"])
def test_a_conflict_keeps_it_off_the_desk(house, name):
    make, roles = SOURCES[name]
    made = make(house)
    person = make_person("", min(roles), fund=house.fund)
    organisation = {
        "to_check": lambda: made.organisation,
        "to_pay": lambda: made.award.organisation,
    }.get(name, lambda: made.instructions.get().tranche.award.organisation)()
    make_conflict(person, organisation)
    assert lines_for(person, name) == []


def test_what_one_has_approved_or_made_waits_for_others(house):
    run = make_run(house.account)
    make_run_approval(run, by=house.checker)
    assert lines_for(house.checker, "to_approve") == []
    (line,) = lines_for(house.manager, "to_approve")
    assert line.url == reverse("payments:run", args=[run.pk])


def test_an_empty_run_waits_for_nobody(house):
    make_run(house.account, payments=0)
    assert lines_for(house.manager, "to_approve") == []
