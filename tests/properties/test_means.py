"""Invariant 6: internal acts never overdraw, whatever happens to the fund in between; facts are always recorded."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fundportal.access import SYSTEM
from fundportal.ledger import queries, services
from fundportal.ledger.models import Journal
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import INTERNAL_ACTS
from fundportal.refusals import Refusal
from tests.factories.books import JUNE, make_books, usd
from tests.properties.test_ledger import forgotten, nothing_is_broken

in_one_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
KINDS = (
    "gift", "refund", "dispute_opened", "dispute_won", "dispute_lost", "payout", "bank_line", "commitment",
    "award", "award_change", "transfer", "instruction",
)  # fmt: skip
acts = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 1000), st.integers(0, 1)).map(
        lambda act: (act[0], act[1] * 5 if act[0] == "gift" else act[1], act[2])
    ),
    min_size=4,
    max_size=25,
)


@pytest.fixture
def fund(db):
    return make_books("general", "housing")


@pytest.fixture
def purposes(fund):
    return list(fund.purposes.order_by("position"))


def lines_of(kind, amount, purpose, other):
    """Debit first. A payout is booked together with its line at the bank, an award change is a lowering."""
    debit, credit = {
        "gift": (("stripe:a", None), ("contributions", purpose)),
        "refund": (("contributions", purpose), ("stripe:a", None)),
        "dispute_opened": (("disputed", purpose), ("stripe:a", None)),
        "dispute_won": (("stripe:a", None), ("disputed", purpose)),
        "dispute_lost": (("contributions", purpose), ("disputed", purpose)),
        "payout": (("bank:main", None), ("stripe:a", None)),
        "bank_line": (("costs", purpose), ("bank:main", None)),
        "commitment": (("commitments_receivable:c", purpose), ("contributions", purpose)),
        "award": (("grants_awarded", purpose), ("grants_payable:a", None)),
        "award_change": (("grants_payable:a", None), ("grants_awarded", purpose)),
        "transfer": (("contributions", purpose), ("contributions", other)),
        "instruction": (("grants_payable:a", None), ("payments_in_transit:main", None)),
    }[kind]
    return [Line(debit[0], usd(amount), debit[1]), Line(credit[0], usd(-amount), credit[1])]


def book(fund, purposes, number, act):
    kind, amount, place = act
    lines = lines_of(kind, amount, purposes[place], purposes[1 - place])
    known_as = "bank_line" if kind == "commitment" else kind
    source = ("act", str(number))
    return post(fund=fund, kind=known_as, source=source, lines=lines, by=SYSTEM, business_on=JUNE.date())


def most(kind, fund, purpose):
    """What the fund says beforehand that such an act may take."""
    return {"award": lambda: queries.may_promise(purpose), "instruction": lambda: queries.may_pay(fund, "main")}[kind]()


def live_through(fund, purposes, happened):
    """Books each act; checks of each that it was taken or refused as the books said beforehand."""
    for number, act in enumerate(happened):
        kind, amount, place = act
        before, journals = queries.means(fund), Journal.objects.count()
        allowed = usd(amount) <= most(kind, fund, purposes[place]) if kind in {"award", "instruction"} else None
        try:
            book(fund, purposes, number, act)
            taken = True
        except Refusal:
            taken = False
        after = queries.means(fund)
        assert taken or kind in INTERNAL_ACTS, "a fact from outside was refused"
        assert allowed is None or taken == allowed, (kind, amount)
        assert Journal.objects.count() == journals + taken
        assert taken or after == before
        if kind in INTERNAL_ACTS:
            for pot, left in after.items():
                assert not left.is_negative or left >= before.get(pot, usd(0)), (act, pot)


@in_one_database
@given(acts, st.booleans())
def test_6_internal_acts_never_overdraw_and_facts_are_always_recorded(fund, purposes, happened, counts):
    with forgotten():
        fund.may_promise_receivables = counts
        fund.save()
        live_through(fund, purposes, happened)
        nothing_is_broken()


@in_one_database
@given(acts, st.integers(1, 10**6))
def test_6_in_deficit_the_fund_makes_no_new_promise(fund, purposes, happened, hole):
    with forgotten():
        live_through(fund, purposes, happened)
        together = queries.means(fund).get((queries.TOGETHER, "USD"), usd(0))
        book(fund, purposes, "loss", ("dispute_opened", max(together.minor, 0) + hole, 0))
        for place, purpose in enumerate(purposes):
            assert queries.may_promise(purpose) == usd(0)
            with pytest.raises(Refusal):
                book(fund, purposes, f"promise {place}", ("award", 1, place))


def test_canary_without_the_guard_the_property_fails(fund, purposes, monkeypatch):
    monkeypatch.setattr(services, "INTERNAL_ACTS", frozenset())
    spent_then_charged_back = [("gift", 500, 0), ("award", 400, 0), ("dispute_opened", 500, 0), ("award", 100, 0)]
    with pytest.raises(AssertionError):
        live_through(fund, purposes, spent_then_charged_back)
