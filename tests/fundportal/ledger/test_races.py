"""Two people at once, on PostgreSQL: the second waits for the first. Each test has a canary without its guard."""

import pytest
from django.db import connection

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.ledger import queries, services
from fundportal.ledger.models import Journal, Period
from fundportal.ledger.services import Line, close_period, period_for, post
from fundportal.ledger.states import PeriodState
from fundportal.refusals import Refusal
from tests.factories.books import JULY, JUNE, award, book_gift, instruct, make_books, usd
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def purpose(committed_db):
    purpose = make_books().purposes.get()
    with clock.at(JUNE):
        book_gift(purpose, txn="earlier")
    return purpose


def test_whoever_books_the_same_fact_waits_and_gets_the_first_journal(purpose):
    with meanwhile(lambda: book_gift(purpose, txn="txn_1")) as (made, thread):
        first = book_gift(purpose, txn="txn_1")
        assert is_waiting(thread)
    assert made == [first]
    assert Journal.objects.filter(source_id="txn_1").count() == 1


def test_canary_without_the_unique_fact_it_is_booked_twice(purpose):
    run("ALTER TABLE ledger_journal DROP CONSTRAINT a_fact_is_booked_once")
    with meanwhile(lambda: book_gift(purpose, txn="txn_1")) as (_made, thread):
        book_gift(purpose, txn="txn_1")
        assert not is_waiting(thread)
    assert Journal.objects.filter(source_id="txn_1").count() == 2


def book_in_july(purpose):
    with clock.at(JULY):
        return book_gift(purpose, on=JUNE.date())


def test_whoever_books_while_a_period_closes_waits_and_is_booked_in_the_open_one(purpose):
    june = period_for(purpose.fund, JUNE.date())
    with meanwhile(lambda: book_in_july(purpose)) as (made, thread):
        close_period(june.pk, by=SYSTEM, at=JULY)
        assert is_waiting(thread)
    assert made[0].period.starts_on == JULY.date().replace(day=1)
    assert Period.objects.get(pk=june.pk).state == PeriodState.CLOSED


def test_canary_without_the_share_lock_a_journal_slips_into_the_closed_period(purpose):
    run("DROP TRIGGER ledger_journal_period ON ledger_journal")
    june = period_for(purpose.fund, JUNE.date())
    with meanwhile(lambda: book_in_july(purpose)) as (made, thread):
        close_period(june.pk, by=SYSTEM, at=JULY)
        is_waiting(thread)
    assert made[0].period == june
    assert Period.objects.get(pk=june.pk).state == PeriodState.CLOSED


def test_whoever_closes_waits_for_a_journal_on_its_way(purpose):
    june = period_for(purpose.fund, JUNE.date())
    with meanwhile(lambda: close_period(june.pk, by=SYSTEM, at=JULY)) as (made, thread):
        journal = book_in_july(purpose)
        assert is_waiting(thread)
    assert journal.period == june
    assert made[0].state == PeriodState.CLOSED


@pytest.fixture
def promising(purpose):
    """$95.00 are left to promise, and every account that promises need is open."""
    award(purpose, 180)
    return purpose


def test_of_two_promises_of_the_same_money_the_second_waits_and_is_refused(promising):
    with meanwhile(lambda: award(promising, 9500)) as (made, thread):
        award(promising, 9500)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert queries.available(promising) == usd(0)


def test_canary_without_the_lock_the_same_money_is_promised_twice(promising, monkeypatch):
    monkeypatch.setattr(services, "lock_means", lambda pk: promising.fund)
    with meanwhile(lambda: award(promising, 9500)) as (made, thread):
        award(promising, 9500)
        assert not is_waiting(thread)
    assert isinstance(made[0], Journal)
    assert queries.available(promising) == usd(-9500)


def test_of_two_payments_of_the_same_money_the_second_waits_and_is_refused(purpose):
    lines = Line("bank:main", usd(500)), Line("stripe:acct_1", usd(-500))
    source = ("bank_line", "1")
    post(fund=purpose.fund, kind="bank_line", source=source, lines=lines, by=SYSTEM, business_on=JUNE.date())
    with meanwhile(lambda: instruct(purpose.fund, 500)) as (made, thread):
        instruct(purpose.fund, 500)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert queries.may_pay(purpose.fund, "main") == usd(0)


def test_a_fact_from_outside_does_not_wait_for_a_promise(purpose):
    with meanwhile(lambda: book_gift(purpose, txn="txn_1")) as (made, thread):
        award(purpose, 100)
        assert not is_waiting(thread)
    assert isinstance(made[0], Journal)
