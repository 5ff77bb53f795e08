import pytest

from fundportal.access import SYSTEM, Role
from fundportal.ledger import queries
from fundportal.ledger.models import Journal
from fundportal.ledger.services import Line, post
from fundportal.money import Money
from tests.factories.books import JUNE, book_gift, make_books, usd
from tests.factories.people import make_person


def book(fund, kind, source_id, *lines):
    source = ("test", source_id)
    return post(fund=fund, kind=kind, source=source, lines=lines, by=SYSTEM, business_on=JUNE.date())


@pytest.fixture
def busy(fund, general, housing):
    """Two gifts, one of them disputed, and an award from the other."""
    book_gift(general, 10000, 320, txn="txn_1")
    book_gift(housing, 5000, 180, txn="txn_2")
    book(
        fund,
        "dispute_opened",
        "dp_1",
        Line("disputed", usd(5000), housing),
        Line("fees", usd(1500), housing),
        Line("stripe:acct_1", usd(-6500)),
    )
    book(fund, "award", "a1", Line("grants_awarded", usd(4000), general), Line("grants_payable:a1", usd(-4000)))
    return fund


def test_a_total_is_positive_on_the_accounts_own_side(busy, general, housing):
    assert queries.total(busy) == usd(15000)
    assert queries.total(busy, "fees") == usd(2000)
    assert queries.total(busy, "stripe") == usd(8000)
    assert queries.total(busy, "grants_payable") == usd(4000)
    assert queries.total(busy, purpose=housing) == usd(5000)
    assert queries.total(busy, sources=["txn_1"]) == usd(10000)
    assert queries.total(busy, sources=Journal.objects.filter(kind="gift").values("source_id")) == usd(15000)
    assert queries.total(busy, sources=[]) == usd(0)


def test_a_total_outside_the_chart_is_a_mistake(fund):
    with pytest.raises(KeyError):
        queries.total(fund, "petty_cash")


def test_every_account_has_its_balance(busy):
    assert {row.code: row.balance.minor for row in queries.balances(busy)} == {
        "contributions": 15000,
        "disputed": 5000,
        "fees": 2000,
        "grants_awarded": 4000,
        "grants_payable:a1": 4000,
        "stripe:acct_1": 8000,
    }
    assert queries.balance(busy, "stripe:acct_1") == usd(8000)
    assert queries.balance(busy, "bank:main") == usd(0)
    assert queries.balance(busy, "stripe:acct_1", "EUR") == Money(0, "EUR")


def test_what_is_disputed_or_awarded_is_not_available(busy, general, housing):
    by_purpose = {row.purpose_id: row for row in queries.purpose_balances(busy)}
    assert by_purpose[general.pk].available == usd(10000 - 320 - 4000)
    assert by_purpose[housing.pk].disputed == usd(5000)
    assert queries.available(general) == usd(5680)
    assert queries.available(general, "EUR") == Money(0, "EUR")


def test_a_dispute_on_money_already_spent_leaves_a_deficit_and_is_still_recorded(busy, housing):
    assert queries.available(housing) == usd(5000 - 180 - 1500 - 5000)
    assert queries.available(housing).is_negative


def test_currencies_stand_beside_each_other(fund, general):
    book_gift(general, 1000, 0)
    lines = Line("bank:euro", Money(700, "EUR")), Line("contributions", Money(-700, "EUR"), general)
    book(fund, "bank_line", "b1", *lines)
    assert queries.total(fund) == usd(1000)
    assert queries.available(general, "EUR") == Money(700, "EUR")


def test_public_totals_are_one_query_for_all_funds(busy, django_assert_num_queries):
    other = make_books()
    book_gift(other.purposes.get(), 700)
    make_books()
    with django_assert_num_queries(1):
        assert queries.totals_by_fund() == {busy.pk: usd(15000), other.pk: usd(700)}


@pytest.mark.parametrize("gifts", [3, 30])
def test_figures_cost_the_same_for_any_number_of_gifts(general, gifts, django_assert_num_queries):
    for _ in range(gifts):
        book_gift(general, 1000, 59)
    with django_assert_num_queries(4):
        assert queries.total(general.fund) == usd(1000 * gifts)
        assert len(queries.balances(general.fund)) == 3
        assert queries.available(general) == usd(941 * gifts)
        assert queries.totals_by_fund() == {general.fund_id: usd(1000 * gifts)}


@pytest.mark.parametrize("gifts", [3, 30])
def test_a_list_of_journals_with_lines_is_two_queries(general, gifts, django_assert_num_queries):
    for _ in range(gifts):
        book_gift(general)
    with django_assert_num_queries(2):
        journals = Journal.objects.with_lines()
        found = [
            (str(journal.fund), journal.period.state, line.account.code, line.purpose)
            for journal in journals
            for line in journal.postings.all()
        ]
    assert len(found) == 3 * gifts


def test_a_journal_is_found_by_its_fact(fund, general):
    journal = book_gift(general, txn="txn_9")
    book_gift(general, txn="txn_10")
    assert queries.journal_of(fund, ("balance_transaction", "txn_9")) == journal
    assert queries.journal_of(fund, ("payout", "txn_9")) is None
    assert list(Journal.objects.of_sources(("balance_transaction", "txn_9"), ("payout", "x"))) == [journal]
    assert not Journal.objects.of_sources().exists()


def test_the_books_are_seen_by_the_roles_of_the_fund_only(general):
    journal = book_gift(general)
    auditor = make_person("Ada", Role.AUDITOR, fund=general.fund)
    everywhere = make_person("Eve", Role.FINANCE_MAKER)
    elsewhere = make_person("Els", Role.AUDITOR, fund=make_books())
    editor = make_person("Edi", Role.EDITOR, fund=general.fund)
    root = make_person("Root", is_superuser=True)
    for person in (auditor, everywhere, SYSTEM):
        assert list(Journal.objects.visible_to(person)) == [journal]
    for person in (elsewhere, editor, root):
        assert not Journal.objects.visible_to(person).exists()
