"""The books under any lines, orders, repetitions, closings. Numbers are those of the invariants."""

import random
import uuid
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.ledger import queries
from fundportal.ledger.invariants import check_invariants
from fundportal.ledger.models import Account, Journal, Period, Posting
from fundportal.ledger.services import Line, close_period, period_for, post, reverse
from fundportal.ledger.states import PeriodState
from fundportal.refusals import Refusal
from tests.factories.books import JUNE, make_books, usd

in_one_database = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
YEAR = date(2026, 1, 1)
amounts = st.integers(min_value=1, max_value=10**9)


@contextmanager
def forgotten():
    """One example leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def fund(db):
    return make_books("general", "housing")


@pytest.fixture
def purposes(fund):
    return list(fund.purposes.order_by("position"))


def lines_of(kind, amount, purpose):
    """What each kind of fact books; the fee of a gift is a hundredth."""
    fee = amount // 100
    return {
        "gift": [
            Line("stripe:a", usd(amount - fee)),
            Line("fees", usd(fee), purpose),
            Line("contributions", usd(-amount), purpose),
        ],
        "refund": [Line("contributions", usd(amount), purpose), Line("stripe:a", usd(-amount))],
        "dispute_opened": [Line("disputed", usd(amount), purpose), Line("stripe:a", usd(-amount))],
        "dispute_lost": [Line("contributions", usd(amount), purpose), Line("disputed", usd(-amount), purpose)],
        "payout": [Line("payouts_in_transit", usd(amount)), Line("stripe:a", usd(-amount))],
        "bank_line": [Line("costs", usd(amount), purpose), Line("bank:main", usd(-amount))],
    }[kind]


KINDS = ("gift", "refund", "dispute_opened", "dispute_lost", "payout", "bank_line")
facts = st.lists(
    st.tuples(st.sampled_from(KINDS), amounts, st.integers(0, 1), st.integers(0, 200)), min_size=1, max_size=12
)


def book(fund, purposes, number, fact):
    kind, amount, purpose, day = fact
    lines = lines_of(kind, amount + 1, purposes[purpose])
    on = YEAR + timedelta(days=day)
    return post(fund=fund, kind=kind, source=("fact", str(number)), lines=lines, by=SYSTEM, business_on=on)


def figures(fund):
    return queries.balances(fund), queries.purpose_balances(fund)


def nothing_is_broken():
    """Of the ledger's own rules, which are numbered; those of the rooms speak of payments that are not here."""
    own = {name: broken for name, broken in check_invariants().items() if name[0].isdigit()}
    assert own
    assert not any(own.values())


@in_one_database
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(-3, 3), st.sampled_from(["USD", "EUR"])), max_size=5))
def test_1_the_database_takes_exactly_the_journals_that_sum_to_zero(fund, purposes, lines):
    with forgotten():
        book(fund, purposes, "first", ("gift", 5, 0, 0))
        period = period_for(fund, YEAR)
        accounts = [Account.objects.get(fund=fund, code=code) for code in ("stripe:a", "contributions")]
        sums = Counter()
        for _account, minor, currency in lines:
            sums[currency] += minor
        fits = len(lines) >= 2 and all(minor for _account, minor, _currency in lines) and not any(sums.values())
        key = uuid.uuid4()
        try:
            with transaction.atomic():
                for which, minor, currency in lines:
                    purpose = purposes[0] if which else None
                    account = accounts[which]
                    Posting.objects.create(
                        journal_id=key, account=account, purpose=purpose, amount_minor=minor, currency=currency
                    )
                facts_of = {"business_on": YEAR, "period": period, "posted_at": JUNE, "source_id": "x"}
                Journal.objects.create(pk=key, fund=fund, kind="gift", source_kind="hand", **facts_of)
            taken = True
        except IntegrityError:
            taken = False
        assert taken == fits
        nothing_is_broken()


@in_one_database
@given(facts, st.sampled_from(["ledger_account", "ledger_journal", "ledger_posting"]), st.booleans())
def test_2_nothing_that_stands_is_changed(fund, purposes, happened, table, delete):
    change = f"DELETE FROM {table}" if delete else f"UPDATE {table} SET id = id"
    with forgotten():
        for number, fact in enumerate(happened):
            book(fund, purposes, number, fact)
        before = figures(fund)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
        assert figures(fund) == before


@in_one_database
@given(facts, st.data())
def test_2_a_reversal_gives_back_the_figures_before_and_cannot_be_repeated(fund, purposes, happened, data):
    with forgotten():
        for number, fact in enumerate(happened[:-1]):
            book(fund, purposes, number, fact)
        before = {row.code: row.balance for row in queries.balances(fund)}
        last = book(fund, purposes, "last", happened[-1])
        undone = reverse(last.pk, by=SYSTEM)
        after = {row.code: row.balance for row in queries.balances(fund)}
        assert all(balance == before.get(code, usd(0)) for code, balance in after.items())
        with pytest.raises(Refusal):
            reverse(data.draw(st.sampled_from([last, undone])).pk, by=SYSTEM)
        nothing_is_broken()


@in_one_database
@given(facts, st.randoms(use_true_random=False), st.integers(1, 3))
def test_3_and_4_any_order_and_repetition_of_the_same_facts_ends_in_the_same_books(
    fund, purposes, happened, chance: random.Random, times
):
    numbered = list(enumerate(happened))
    with forgotten():
        for number, fact in numbered:
            book(fund, purposes, number, fact)
        in_order = figures(fund)
    with forgotten():
        shuffled = numbered * times
        chance.shuffle(shuffled)
        for number, fact in shuffled:
            book(fund, purposes, number, fact)
        assert figures(fund) == in_order
        assert Journal.objects.count() == len(happened)
        nothing_is_broken()


@in_one_database
@given(facts)
def test_7_the_purposes_account_for_everything_held(fund, purposes, happened):
    with forgotten():
        for number, fact in enumerate(happened):
            book(fund, purposes, number, fact)
        held = Counter()
        for row in queries.balances(fund):
            held[row.kind] += row.balance.minor
        of_purposes = sum(row.available.minor + row.disputed.minor for row in queries.purpose_balances(fund))
        assert held["asset"] - held["liability"] == of_purposes
        nothing_is_broken()


@in_one_database
@given(st.integers(1, 10**9), st.lists(st.integers(1, 1000), min_size=2, max_size=2), st.data())
def test_10_a_gift_split_over_purposes_and_refunded_in_parts_leaves_no_cent(fund, purposes, gross, shares, data):
    """Each part is split by what is left in each purpose, so the last cent goes back where it came from."""
    with forgotten():
        left = usd(gross).allocate(shares)
        _move(fund, purposes, "gift", left, sign=1)
        number = 0
        while sum(part.minor for part in left):
            number += 1
            rest = sum(part.minor for part in left)
            part = usd(data.draw(st.integers(1, rest)) if number < 4 else rest)
            back = part.allocate([one.minor for one in left])
            _move(fund, purposes, f"refund {number}", back, sign=-1)
            left = [one - minus for one, minus in zip(left, back, strict=True)]
            assert not any(one.is_negative for one in left)
        assert all(row.balance.is_zero for row in queries.balances(fund))


def _move(fund, purposes, source, parts, sign):
    whole = sum(parts, start=usd(0))
    lines = [Line("contributions", -one * sign, purpose) for one, purpose in zip(parts, purposes, strict=True)]
    lines.append(Line("stripe:a", whole * sign))
    post(fund=fund, kind="gift", source=("split", source), lines=lines, by=SYSTEM, business_on=YEAR)


@in_one_database
@given(st.lists(st.tuples(st.booleans(), amounts, st.integers(0, 150), st.integers(0, 45)), min_size=1, max_size=12))
def test_11_whatever_is_closed_and_booked_in_between_no_journal_enters_a_closed_period(fund, purposes, schedule):
    with forgotten():
        moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
        for number, (closes, amount, days_ago, passes) in enumerate(schedule):
            moment += timedelta(days=passes)
            with clock.at(moment):
                if closes:
                    _close_the_oldest()
                    continue
                on = moment.date() - timedelta(days=days_ago)
                day = (on - YEAR).days
                journal = book(fund, purposes, number, ("gift", amount, 0, day))
            assert journal.business_on == on
            assert journal.period.state == PeriodState.OPEN
            assert journal.period.ends_on >= on
        nothing_is_broken()


def _close_the_oldest():
    period = Period.objects.filter(state=PeriodState.OPEN).order_by("starts_on").first()
    if period is not None and period.ends_on < clock.today("UTC"):
        close_period(period.pk, by=SYSTEM)
