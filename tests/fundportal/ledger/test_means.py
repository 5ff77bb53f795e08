"""What people decide never overdraws; what happens to the fund is always booked."""

import pytest

from fundportal.access import SYSTEM
from fundportal.ledger import queries, services
from fundportal.ledger.models import Account, Journal, Posting
from fundportal.ledger.services import Line, post, reverse
from fundportal.money import Money
from fundportal.refusals import Refusal
from tests.factories.books import JUNE, award, book_gift, instruct, make_books, usd


def book(fund, kind, source_id, *lines):
    return post(fund=fund, kind=kind, source=("test", source_id), lines=lines, by=SYSTEM, business_on=JUNE.date())


def owe(purpose, amount):
    """A funder's commitment without condition."""
    lines = Line("commitments_receivable:c1", usd(amount), purpose), Line("contributions", usd(-amount), purpose)
    return book(purpose.fund, "bank_line", "commitment", *lines)


def charge_back(purpose, amount):
    lines = Line("disputed", usd(amount), purpose), Line("stripe:acct_1", usd(-amount))
    return book(purpose.fund, "dispute_opened", f"dispute of {amount}", *lines)


def fill_bank(fund, purpose, amount, code="main"):
    lines = Line(f"bank:{code}", usd(amount)), Line("contributions", usd(-amount), purpose)
    return book(fund, "bank_line", f"line {code}", *lines)


def move_between(fund, giver, taker, amount):
    lines = Line("contributions", usd(amount), giver), Line("contributions", usd(-amount), taker)
    return book(fund, "transfer", f"transfer of {amount}", *lines)


def test_all_that_is_there_may_be_promised_and_not_a_cent_more(general):
    book_gift(general, 10000, 320)
    assert queries.may_promise(general) == usd(9680)
    with pytest.raises(Refusal, match=r"^general has \$96\.80 left, and this is more\.$") as refused:
        award(general, 9681)
    assert refused.value.status == 409
    award(general, 9680)
    assert queries.may_promise(general) == usd(0)


def test_a_refused_act_writes_nothing(general):
    book_gift(general, 10000, 320)
    before = [list(model.objects.order_by("pk").values()) for model in (Account, Journal, Posting)]
    with pytest.raises(Refusal):
        award(general, 20000)
    assert [list(model.objects.order_by("pk").values()) for model in (Account, Journal, Posting)] == before


def test_one_purpose_does_not_promise_what_another_has(general, housing):
    book_gift(general, 10000, 0)
    assert queries.may_promise(housing) == usd(0)
    with pytest.raises(Refusal, match=r"housing has \$0\.00 left"):
        award(housing, 1)


def test_a_currency_is_promised_from_itself(general):
    book_gift(general, 10000, 0)
    assert queries.may_promise(general, "EUR") == Money(0, "EUR")
    lines = Line("grants_awarded", Money(1, "EUR"), general), Line("grants_payable:a1", Money(-1, "EUR"))
    with pytest.raises(Refusal):
        book(general.fund, "award", "euro", *lines)


def test_a_dispute_on_promised_money_is_booked_and_stops_every_promise_of_the_fund(general, housing):
    book_gift(general, 10000, 0)
    book_gift(housing, 3000, 0)
    award(general, 10000)
    charge_back(general, 8000)
    assert queries.available(general) == usd(-8000)
    assert (queries.may_promise(general), queries.may_promise(housing)) == (usd(0), usd(0))
    with pytest.raises(Refusal, match=r"overdrawn elsewhere.*together have \$0\.00 left"):
        award(housing, 1)


def test_a_small_deficit_is_covered_before_another_purpose_promises(general, housing):
    book_gift(general, 10000, 0)
    book_gift(housing, 3000, 0)
    award(general, 10000)
    charge_back(general, 1000)
    assert queries.may_promise(housing) == usd(2000)
    with pytest.raises(Refusal, match=r"together have \$20\.00 left"):
        award(housing, 2001)
    award(housing, 2000)


def test_a_deficit_is_covered_by_a_transfer_or_a_lowered_award(general, housing):
    book_gift(general, 10000, 0)
    book_gift(housing, 3000, 0)
    award(general, 10000)
    charge_back(general, 9000)
    move_between(general.fund, housing, general, 3000)
    assert (queries.available(general), queries.available(housing)) == (usd(-6000), usd(0))
    lines = Line("grants_payable:award", usd(1000)), Line("grants_awarded", usd(-1000), general)
    book(general.fund, "award_change", "lowered", *lines)
    assert queries.available(general) == usd(-5000)


def test_a_transfer_takes_no_more_than_the_purpose_has(general, housing):
    book_gift(general, 500, 0)
    with pytest.raises(Refusal, match=r"general has \$5\.00 left"):
        move_between(general.fund, general, housing, 501)
    move_between(general.fund, general, housing, 500)


@pytest.mark.parametrize(("counts", "most"), [(False, 1000), (True, 6000)])
def test_what_funders_owe_counts_where_the_fund_says_so(general, counts, most):
    fund = general.fund
    fund.may_promise_receivables = counts
    fund.save()
    book_gift(general, 1000, 0)
    owe(general, 5000)
    assert queries.available(general) == usd(6000)
    assert queries.purpose_balances(fund)[0].commitments_receivable == usd(5000)
    assert queries.may_promise(general) == usd(most)
    with pytest.raises(Refusal):
        award(general, most + 1)
    award(general, most)


def test_an_instalment_turns_what_is_owed_into_what_may_be_promised(general):
    owe(general, 5000)
    lines = Line("bank:main", usd(2000)), Line("commitments_receivable:c1", usd(-2000), general)
    book(general.fund, "bank_line", "instalment", *lines)
    assert queries.available(general) == usd(5000)
    assert queries.may_promise(general) == usd(2000)


def test_the_fund_is_read_again_under_the_lock(general):
    owe(general, 5000)
    general.fund.may_promise_receivables = True
    with pytest.raises(Refusal):
        award(general, 1)


def test_no_more_is_instructed_than_the_bank_account_holds(fund, general):
    fill_bank(fund, general, 700)
    fill_bank(fund, general, 5000, code="savings")
    book_gift(general, 10000, 0)
    award(general, 9000)
    assert (queries.may_pay(fund, "main"), queries.may_pay(fund, "savings")) == (usd(700), usd(5000))
    instruct(fund, 400)
    assert queries.may_pay(fund, "main") == usd(300)
    with pytest.raises(Refusal, match=r"^main has \$3\.00 left, and this is more\.$"):
        instruct(fund, 301)
    instruct(fund, 300)
    assert queries.may_pay(fund, "main") == usd(0)


def test_the_bank_line_of_a_payment_leaves_what_may_be_paid_as_it_is(fund, general):
    fill_bank(fund, general, 1000)
    award(general, 1000)
    instruct(fund, 400)
    book(fund, "bank_line", "out", Line("payments_in_transit:main", usd(400)), Line("bank:main", usd(-400)))
    assert queries.may_pay(fund, "main") == usd(600)


def test_a_bank_that_took_more_than_there_was_is_believed(fund, general):
    fill_bank(fund, general, 100)
    book(fund, "bank_line", "charge", Line("costs", usd(500), general), Line("bank:main", usd(-500)))
    assert queries.balance(fund, "bank:main") == usd(-400)
    assert queries.may_pay(fund, "main") == usd(0)
    assert queries.may_promise(general) == usd(0)


def test_the_same_promise_again_is_the_first_one_even_in_deficit(general):
    book_gift(general, 10000, 0)
    first = award(general, 10000, source_id="a1")
    charge_back(general, 5000)
    assert award(general, 10000, source_id="a1") == first


def test_a_promise_may_be_taken_back_in_deficit(general):
    book_gift(general, 10000, 0)
    promise = award(general, 10000)
    charge_back(general, 6000)
    reverse(promise.pk, by=SYSTEM)
    assert queries.available(general) == usd(4000)


def test_taking_back_a_transfer_that_was_spent_is_refused_but_a_gift_may_always_be(general, housing):
    gift = book_gift(general, 1000, 0)
    moved = move_between(general.fund, general, housing, 1000)
    award(housing, 600)
    with pytest.raises(Refusal, match=r"housing has \$4\.00 left"):
        reverse(moved.pk, by=SYSTEM)
    reverse(gift.pk, by=SYSTEM)
    assert queries.available(general) == usd(-1000)


def test_other_funds_do_not_help(general):
    rich = make_books().purposes.get()
    book_gift(rich, 99999, 0)
    assert queries.may_promise(general) == usd(0)
    with pytest.raises(Refusal):
        award(general, 1)


@pytest.mark.parametrize("gifts", [1, 10])
def test_asking_costs_as_much_for_any_number_of_gifts(general, gifts, django_assert_num_queries):
    """The books, what decisions hold, and what approved changes of awards hold."""
    for _ in range(gifts):
        book_gift(general)
    with django_assert_num_queries(6):
        queries.may_promise(general)
        queries.may_pay(general.fund, "main")


def test_canary_without_the_guard_a_promise_overdraws(general, monkeypatch):
    monkeypatch.setattr(services, "INTERNAL_ACTS", frozenset())
    award(general, 1)
    assert queries.available(general) == usd(-1)
