"""What is set aside may not be promised a second time, by whatever act; facts from outside are booked all the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundportal.ledger import holds, queries
from fundportal.refusals import Refusal
from tests.factories.books import award, book_gift, make_books, usd

PLENTY = 10_000


@pytest.fixture
def aside(monkeypatch, db):
    """A fund with $100.00 in each of two purposes, and a list of what is set aside in it."""
    fund = make_books("general", "rooms")
    lines = []
    monkeypatch.setattr(holds, "_sources", {"a test": lambda asked: lines if asked == fund else []})
    for purpose in fund.purposes.order_by("position"):
        book_gift(purpose, PLENTY, 0)
    return fund, lines


def test_money_set_aside_may_not_be_promised(aside):
    fund, lines = aside
    general, rooms = fund.purposes.order_by("position")
    lines += [(general.pk, usd(4000)), (general.pk, usd(1000))]
    assert (queries.may_promise(general), queries.may_promise(rooms)) == (usd(5000), usd(PLENTY))
    with pytest.raises(Refusal):
        award(general, 5001)
    award(general, 5000)
    assert queries.may_promise(general) == usd(0)


def test_a_hold_of_one_fund_is_nothing_to_another(aside):
    _fund, lines = aside
    other = make_books().purposes.get()
    book_gift(other, PLENTY, 0)
    lines.append((other.pk, usd(PLENTY)))
    assert queries.may_promise(other) == usd(PLENTY)


def test_the_balance_of_a_purpose_stays_what_the_books_say(aside):
    fund, lines = aside
    general = fund.purposes.get(position=0)
    lines.append((general.pk, usd(4000)))
    assert queries.available(general) == usd(PLENTY)


def test_two_sources_under_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(holds, "_sources", {})
    holds.register("decisions", list)
    holds.register("decisions", list)
    with pytest.raises(ValueError, match="registered already"):
        holds.register("decisions", tuple)


@given(amounts=st.lists(st.integers(min_value=1, max_value=PLENTY), max_size=5))
def test_what_may_be_promised_and_what_is_held_are_never_more_than_there_is(amounts):
    held = [(1, usd(amount)) for amount in amounts]
    found = {(1, "USD"): usd(PLENTY), (queries.TOGETHER, "USD"): usd(PLENTY)}
    queries.set_aside(found, held)
    assert found[1, "USD"] == found[queries.TOGETHER, "USD"] == usd(PLENTY - sum(amounts))
