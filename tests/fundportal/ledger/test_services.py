import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.ledger import queries
from fundportal.ledger.chart import UnknownAccountError
from fundportal.ledger.models import Account, Journal, Posting
from fundportal.ledger.services import Line, Memo, post, reverse
from fundportal.money import Money
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.books import JUNE, book_gift, gift_lines, make_books, usd
from tests.factories.people import make_person


def test_a_gift_is_booked_with_its_fee(fund, general):
    with clock.at(JUNE):
        journal = book_gift(general, 10000, 320)
    assert journal.posted_at == JUNE
    assert (journal.period.starts_on, journal.period.ends_on) == (date(2026, 6, 1), date(2026, 6, 30))
    assert journal.by is None
    lines = {(line.account.code, line.amount_minor, line.purpose_id) for line in journal.postings.all()}
    assert lines == {
        ("stripe:acct_1", 9680, None),
        ("fees", 320, general.pk),
        ("contributions", -10000, general.pk),
    }


def test_a_journal_says_who_booked_it_and_why(fund, general):
    person = make_person()
    journal = post(
        fund=fund,
        kind="opening",
        source=("opening", "USD"),
        lines=gift_lines(general, 500),
        by=person,
        business_on=JUNE.date(),
        texts=Memo("From the old books", "Opening balance"),
    )
    assert (journal.by, journal.memo, journal.public_memo) == (person, "From the old books", "Opening balance")


def test_a_line_of_zero_is_left_out(general):
    assert book_gift(general, 10000, fee=0).postings.count() == 2


def test_the_same_fact_with_the_same_lines_is_booked_once(general):
    first = book_gift(general, txn="txn_1")
    assert book_gift(general, txn="txn_1", on=date(2026, 7, 1)) == first
    assert (Journal.objects.count(), Posting.objects.count()) == (1, 3)


def test_the_same_fact_with_other_lines_is_refused(general, housing):
    book_gift(general, 10000, txn="txn_1")
    for purpose, gross in ((general, 10001), (housing, 10000)):
        with pytest.raises(Refusal, match="in the books already, with other amounts"):
            book_gift(purpose, gross, txn="txn_1")
    assert Journal.objects.count() == 1


def test_two_funds_may_book_the_same_balance_transaction(general):
    other = make_books().purposes.get()
    assert book_gift(general, txn="txn_1") != book_gift(other, txn="txn_1")


def stranger(general):
    return make_books().purposes.get()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (lambda _p: [], "two lines"),
        (lambda p: [Line("stripe:a", usd(5)), Line("contributions", usd(0), p)], "two lines"),
        (lambda p: [Line("stripe:a", usd(5)), Line("contributions", usd(-4), p)], "differ"),
        (lambda p: [Line("stripe:a", usd(5)), Line("contributions", Money(-5, "EUR"), p)], "differ"),
        (lambda _p: [Line("stripe:a", usd(5)), Line("contributions", usd(-5))], "purpose"),
        (lambda p: [Line("stripe:a", usd(5), p), Line("contributions", usd(-5), p)], "purpose"),
        (lambda p: [Line("stripe:a", usd(5)), Line("contributions", usd(-5), stranger(p))], "another fund"),
        (lambda p: [Line("petty_cash", usd(5)), Line("contributions", usd(-5), p)], "not an account"),
    ],
)
def test_lines_that_make_no_journal_are_refused_before_they_are_written(fund, general, lines, message):
    with pytest.raises(ValueError, match=message):
        post(fund=fund, kind="gift", source=("t", "1"), lines=lines(general), by=SYSTEM, business_on=JUNE.date())
    assert not Posting.objects.exists()
    assert not Account.objects.exists()


def test_an_account_outside_the_chart_has_its_own_error():
    assert issubclass(UnknownAccountError, ValueError)


def test_booking_leaves_with_the_callers_transaction(general):
    with transaction.atomic():
        book_gift(general)
        transaction.set_rollback(True)
    assert not Journal.objects.exists()
    assert not Posting.objects.exists()


def test_lines_without_a_journal_do_not_survive_a_commit(fund, general):
    book_gift(general)
    orphan = Posting.objects.first()
    with transaction.atomic():
        Posting.objects.create(
            journal_id="00000000-0000-4000-8000-000000000000",
            account=orphan.account,
            purpose=orphan.purpose,
            amount=orphan.amount,
        )
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_reversal_takes_the_whole_journal_back_and_says_so(fund, general):
    checker = make_person("Cleo", Role.FINANCE_CHECKER, fund=fund)
    journal = book_gift(general)
    undone = reverse(journal.pk, by=checker, texts=Memo("Booked to the wrong fund"))
    assert undone.reverses == journal
    assert (undone.kind, undone.by, undone.memo) == ("reversal", checker, "Booked to the wrong fund")
    assert all(row.balance.is_zero for row in queries.balances(fund))
    entry = Entry.objects.get(action="journal reversed")
    assert (entry.actor, entry.facts) == (checker, {"by_journal": str(undone.pk)})


def test_a_journal_is_reversed_once(general):
    journal = book_gift(general)
    reverse(journal.pk, by=SYSTEM)
    with pytest.raises(Refusal, match="taken back already"):
        reverse(journal.pk, by=SYSTEM)


def test_a_reversal_is_not_reversed(general):
    undone = reverse(book_gift(general).pk, by=SYSTEM)
    with pytest.raises(Refusal, match="takes another one back"):
        reverse(undone.pk, by=SYSTEM)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE_MAKER, Role.AUDITOR])
def test_only_a_finance_checker_reverses(fund, general, role):
    person = make_person("Mo", role, fund=fund)
    with pytest.raises(NotAllowed):
        reverse(book_gift(general).pk, by=person)
    assert Journal.objects.count() == 1


def test_the_fact_may_be_booked_again_under_another_source_after_a_reversal(fund, general, housing):
    reverse(book_gift(general, txn="txn_1").pk, by=SYSTEM)
    book_gift(housing, txn="txn_1:2")
    assert queries.total(fund, purpose=housing) == usd(10000)
    assert queries.total(fund, purpose=general) == usd(0)


def test_eight_threads_that_book_one_fact_make_one_journal(committed_db):
    purpose = make_books().purposes.get()
    start, made = threading.Barrier(8), []

    def book():
        try:
            start.wait()
            made.append(book_gift(purpose, txn="txn_1").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=book) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert (Journal.objects.count(), Posting.objects.count()) == (1, 3)
