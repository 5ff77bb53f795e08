"""Each rule of the books, broken by hand in the database's own language; the database answers with the rule's name."""

import re
import uuid
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from fundportal.ledger import rules
from fundportal.ledger.models import Account, Journal, Period, Posting
from fundportal.ledger.services import period_for
from tests.factories.books import JUNE, book_gift, make_books

JOURNAL = """
INSERT INTO ledger_journal
(id, fund_id, kind, source_kind, source_id, business_on, period_id, posted_at, by_id, memo, public_memo, reverses_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL, '', '', %s)
"""
POSTING = """
INSERT INTO ledger_posting (journal_id, account_id, party, purpose_id, amount_minor, currency)
VALUES (%s, %s, %s, %s, %s, %s)
"""

PERIOD = """
INSERT INTO ledger_period (fund_id, starts_on, ends_on, state, closed_at, closed_by_id)
VALUES (%s, %s, %s, %s, %s, NULL)
"""
ACCOUNT = """
INSERT INTO ledger_account (fund_id, code, kind, normal_side, by_purpose)
VALUES (%s, 'odd', 'fund', 'debit', %s)
"""


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def refused(rule):
    """The statement within fails by this rule, and nothing of it stays."""
    before = (Journal.objects.count(), Posting.objects.count(), Period.objects.count())
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        yield
    assert (Journal.objects.count(), Posting.objects.count(), Period.objects.count()) == before


@pytest.fixture
def booked(fund, general):
    return book_gift(general)


@pytest.fixture
def period(fund):
    return period_for(fund, JUNE.date())


class Draft:
    """A journal of one's own making: lines first, then the journal."""

    def __init__(self, period):
        self.id, self.period = uuid.uuid4().hex, period

    def line(self, account, minor, purpose=None, currency="USD", party=""):
        purpose_id = purpose and purpose.pk
        run(POSTING, self.id, account.pk, party, purpose_id, minor, currency)

    def journal(self, *, kind="gift", source_kind="test", source=None, business_on=None, reverses=None, fund=None):
        fund_id = (fund or self.period.fund).pk
        business_on = business_on or self.period.starts_on
        facts = (self.id, fund_id, kind, source_kind, source or self.id, str(business_on))
        run(JOURNAL, *facts, self.period.pk, JUNE.isoformat(), reverses)


def account_of(journal, code):
    return Account.objects.get(fund=journal.fund_id, code=code)


@pytest.fixture
def draft(booked, period):
    return Draft(period)


@pytest.fixture
def stripe(booked):
    return account_of(booked, "stripe:acct_1")


@pytest.fixture
def contributions(booked):
    return account_of(booked, "contributions")


def test_a_journal_made_by_hand_within_the_rules_stands(draft, stripe, contributions, general):
    draft.line(stripe, 500)
    draft.line(contributions, -500, general)
    draft.journal()
    assert Journal.objects.get(source_kind="test").postings.count() == 2


def test_a_journal_that_does_not_sum_to_zero(draft, stripe, contributions, general):
    with refused("a_journal_sums_to_zero"):
        draft.line(stripe, 500)
        draft.line(contributions, -499, general)
        draft.journal()


def test_two_currencies_that_only_cancel_out_together(draft, stripe, contributions, general):
    with refused("a_journal_sums_to_zero"):
        draft.line(stripe, 500, currency="USD")
        draft.line(contributions, -500, general, currency="EUR")
        draft.journal()


@pytest.mark.parametrize(("lines", "rule"), [(0, "two_lines"), (1, "two_lines|a_journal_sums_to_zero")])
def test_a_journal_of_fewer_than_two_lines(draft, stripe, lines, rule):
    with refused(rule):
        for _ in range(lines):
            draft.line(stripe, 500)
        draft.journal()


def test_a_line_that_moves_nothing(draft, stripe):
    with refused("a_posting_moves_money"):
        draft.line(stripe, 0)


def test_a_line_added_to_a_journal_that_stands(booked, draft, stripe):
    draft.id = booked.pk.hex
    with refused("a_journal_takes_no_late_posting"):
        draft.line(stripe, 500)


def test_a_purpose_missing_where_the_chart_asks_for_one(draft, contributions):
    with refused("a_purpose_stands_where_the_chart_says"):
        draft.line(contributions, -500)


def test_a_purpose_where_the_chart_has_none(draft, stripe, general):
    with refused("a_purpose_stands_where_the_chart_says"):
        draft.line(stripe, 500, general)


def test_a_currency_cut_short(draft, stripe):
    with refused("a_currency_has_three_letters"):
        draft.line(stripe, 500, currency="US")


def test_an_account_of_another_fund(draft, stripe, general):
    elsewhere = account_of(book_gift(make_books().purposes.get()), "contributions")
    with refused("a_journal_stays_in_its_fund"):
        draft.line(stripe, 500)
        draft.line(elsewhere, -500, general)
        draft.journal()


def test_a_period_of_another_fund(booked, stripe, contributions, general):
    stranger = Draft(period_for(make_books(), JUNE.date()))
    with refused("a_journal_stays_in_its_fund"):
        stranger.line(stripe, 500)
        stranger.line(contributions, -500, general)
        stranger.journal(fund=booked.fund)


def test_the_same_fact_twice(booked, draft, stripe, contributions, general):
    rule = "a_fact_is_booked_once"
    with refused(rule):
        draft.line(stripe, 500)
        draft.line(contributions, -500, general)
        draft.journal(source_kind=booked.source_kind, source=booked.source_id)


def test_a_journal_that_names_no_fact(draft, stripe, contributions, general):
    with refused("a_journal_names_its_fact"):
        draft.line(stripe, 500)
        draft.line(contributions, -500, general)
        draft.journal(source_kind="")


def close(period):
    run("UPDATE ledger_period SET state = 'closed', closed_at = %s WHERE id = %s", JUNE.isoformat(), period.pk)


def test_a_journal_in_a_closed_period(draft, stripe, contributions, general):
    close(draft.period)
    with refused("a_closed_period_takes_no_journal"):
        draft.line(stripe, 500)
        draft.line(contributions, -500, general)
        draft.journal()


def test_a_journal_booked_before_its_day(draft, stripe, contributions, general):
    with refused("a_journal_is_not_booked_before_its_day"):
        draft.line(stripe, 500)
        draft.line(contributions, -500, general)
        draft.journal(business_on="2026-07-01")


def mirror(draft, booked, *, times=1):
    for line in booked.postings.order_by("pk"):
        draft.line(line.account, -line.amount_minor * times, line.purpose)


def test_a_reversal_that_mirrors_its_journal_stands_once(draft, booked, period):
    mirror(draft, booked)
    draft.journal(kind="reversal", reverses=booked.pk.hex)
    again = Draft(period)
    with refused("a_fact_is_booked_once|ledger_journal_reverses_id"):
        mirror(again, booked)
        again.journal(kind="reversal", reverses=booked.pk.hex)


def test_a_reversal_of_a_part(draft, booked, stripe, contributions, general):
    with refused("a_reversal_undoes_one_whole_journal"):
        draft.line(stripe, -500)
        draft.line(contributions, 500, general)
        draft.journal(kind="reversal", reverses=booked.pk.hex)


def test_a_reversal_of_more(draft, booked):
    with refused("a_reversal_undoes_one_whole_journal"):
        mirror(draft, booked, times=2)
        draft.journal(kind="reversal", reverses=booked.pk.hex)


def test_a_reversal_of_a_reversal(draft, booked, period):
    mirror(draft, booked)
    draft.journal(kind="reversal", reverses=booked.pk.hex)
    undone = Journal.objects.get(pk=draft.id)
    again = Draft(period)
    with refused("a_reversal_undoes_one_whole_journal"):
        mirror(again, undone)
        again.journal(kind="reversal", reverses=undone.pk.hex)


def test_a_reversal_by_another_name(draft, booked):
    with refused("a_reversal_is_called_one"):
        mirror(draft, booked)
        draft.journal(kind="gift", reverses=booked.pk.hex)


@pytest.mark.parametrize("table", rules.WRITTEN_ONCE)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_a_row_changed_or_deleted(booked, table, change):
    with refused(f"{table} is append-only"):
        run(change.format(table))


def test_a_period_deleted(booked):
    with refused("a_period_is_never_deleted"):
        run("DELETE FROM ledger_period")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_period SET state = 'open', closed_at = NULL",
        "UPDATE ledger_period SET closed_at = '2026-09-01'",
        "UPDATE ledger_period SET closed_by_id = NULL",
    ],
)
def test_a_closed_period_opened_or_touched(period, change):
    close(period)
    with refused("a_closed_period_stays_closed"):
        run(change)


@pytest.mark.parametrize(
    "change",
    ["UPDATE ledger_period SET ends_on = '2026-07-31'", "UPDATE ledger_period SET starts_on = '2026-05-01'"],
)
def test_a_period_with_other_days(period, change):
    with refused("a_period_keeps_its_days"):
        run(change)


def insert_period(fund, first, last, state="open"):
    closed_at = None if state == "open" else JUNE.isoformat()
    run(PERIOD, fund.pk, first, last, state, closed_at)


@pytest.mark.parametrize(
    ("first", "last"), [("2026-06-30", "2026-07-30"), ("2026-05-01", "2026-06-01"), ("2026-06-10", "2026-06-12")]
)
def test_a_period_that_overlaps_another(period, first, last):
    with refused("a_new_period_is_open_and_follows_the_closed_ones"):
        insert_period(period.fund, first, last)


def test_a_period_before_a_closed_one(period):
    close(period)
    with refused("a_new_period_is_open_and_follows_the_closed_ones"):
        insert_period(period.fund, "2026-05-01", "2026-05-31")


def test_a_period_born_closed(fund):
    with refused("a_new_period_is_open_and_follows_the_closed_ones"):
        insert_period(fund, "2026-05-01", "2026-05-31", "closed")


def test_a_period_without_days(fund):
    with refused("a_period_has_days"):
        insert_period(fund, "2026-05-31", "2026-05-01")


def test_a_period_closed_without_a_moment(period):
    with refused("a_closed_period_says_when"):
        run("UPDATE ledger_period SET state = 'closed'")


def test_a_fund_account_without_purposes(fund):
    with refused("fund_accounts_are_kept_by_purpose"):
        run(ACCOUNT, fund.pk, False)


def test_the_same_account_twice(booked):
    with refused("an_account_code_is_unique_in_its_fund|UNIQUE constraint failed: ledger_account"):
        Account.objects.create(fund=booked.fund, code="fees", kind="fund", normal_side="debit", by_purpose=True)


REPLACE = {
    "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
    "postgresql": "INSERT INTO {0} SELECT * FROM {0} LIMIT 1 ON CONFLICT (id) DO UPDATE SET id = excluded.id",
}


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_journal"])
def test_a_row_replaced(booked, table):
    with refused("a_posting_is_never_replaced|a_fact_is_booked_once|no_late_posting|append-only"):
        run(REPLACE[connection.vendor].format(table))


def test_less_than_half_a_cent(draft, stripe):
    """PostgreSQL rounds it to nothing before any rule sees it, and then it moves no money."""
    with refused("an_amount_is_a_whole_number|a_posting_moves_money"):
        draft.line(stripe, 0.4)


@pytest.mark.postgres
@pytest.mark.parametrize("table", [*rules.WRITTEN_ONCE, "ledger_period"])
def test_a_table_emptied_on_postgresql(booked, table):
    with refused("append-only|a_period_is_never_deleted"):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(f"TRUNCATE {table} CASCADE")


def test_both_databases_know_the_same_rules():
    named = {
        vendor: set(re.findall(r"'((?:an?|no)_[a-z_]+)'", "\n".join(rules.statements(vendor))))
        for vendor in ("sqlite", "postgresql")
    }
    only_sqlite_needs = {"an_amount_is_a_whole_number", "a_posting_is_never_replaced", "a_fact_is_booked_once"}
    assert named["sqlite"] - named["postgresql"] == only_sqlite_needs
    assert named["postgresql"] <= named["sqlite"]
