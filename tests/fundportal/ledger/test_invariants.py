"""The questions of check_invariants, each asked of books that somebody broke while the rules were lifted."""

import uuid

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.ledger import invariants, proofs, rules
from fundportal.ledger.models import Account, Journal, Posting
from fundportal.ledger.services import close_period, reverse
from tests.factories.books import JULY, JUNE, book_gift, make_books

KEPT = ("fund_id", "kind", "business_on", "period_id", "posted_at")


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def booked(general):
    with clock.at(JUNE):
        return book_gift(general)


@pytest.fixture
def unruly(booked):
    """The triggers are away until the test's transaction is rolled back."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")
    run(*rules.lifting_statements(connection.vendor))
    return booked


def forge(journal, *lines, **facts):
    """A journal like this one with lines of (account, minor, purpose), past every rule."""
    made = Journal(**{name: getattr(journal, name) for name in KEPT} | facts)
    made.source_kind, made.source_id = "forged", str(made.pk)
    for account, minor, purpose in lines:
        Posting.objects.create(journal_id=made.pk, account=account, purpose=purpose, amount_minor=minor, currency="USD")
    made.save(force_insert=True)
    return made


def account(journal, code):
    return Account.objects.get(fund=journal.fund_id, code=code)


def test_books_in_order_break_nothing(booked, housing, capsys):
    with clock.at(JUNE):
        book_gift(housing)
    close_period(booked.period_id, by=SYSTEM, at=JULY)
    reverse(booked.pk, by=SYSTEM)
    call_command("check_invariants")
    printed = capsys.readouterr().out
    assert "holds   7 the purposes account for everything held" in printed
    assert printed.count("holds   ") == len(invariants.check_invariants()) >= 7
    assert "broken" not in printed


def test_the_command_fails_and_names_what_is_broken(unruly, capsys):
    with pytest.raises(CommandError, match="do not hold") as failed:
        call_command("check_invariants")
    assert failed.value.returncode == 1
    printed = capsys.readouterr().out
    assert "broken  2 nothing in the books is changed" in printed
    assert "ledger_posting_" in printed


def test_a_journal_out_of_balance_is_found(unruly):
    journal = forge(unruly, (account(unruly, "stripe:acct_1"), 5, None))
    found = list(proofs.journals_balance())
    assert found == [
        f"journal {journal.pk} is out by USD 0.05",
        f"journal {journal.pk} ({journal}) has fewer than two lines",
    ]
    assert list(proofs.purposes_account_for_everything()) == [
        f"fund {unruly.fund.code} holds USD 0.05 that no purpose accounts for"
    ]


def test_a_line_without_its_journal_is_found(booked):
    with transaction.atomic():
        line = Posting.objects.create(
            journal_id=uuid.uuid4(), account=account(booked, "stripe:acct_1"), amount_minor=5, currency="USD"
        )
        assert f"posting {line.pk} has no journal" in list(proofs.journals_balance())
        transaction.set_rollback(True)


def test_a_line_in_the_books_of_another_fund_is_found(unruly):
    other = book_gift(make_books().purposes.get())
    stripe, there = account(unruly, "stripe:acct_1"), account(other, "stripe:acct_1")
    journal = forge(unruly, (stripe, 5, None), (there, -5, None))
    assert list(proofs.lines_stand_in_their_place()) == [
        f"posting {journal.postings.get(account=there).pk} of journal {journal.pk} stands in the books of another fund"
    ]


def test_a_purpose_missing_or_one_too_many_is_found(unruly, general):
    contributions, stripe = account(unruly, "contributions"), account(unruly, "stripe:acct_1")
    journal = forge(unruly, (contributions, -5, None), (stripe, 5, general))
    assert len(list(proofs.lines_stand_in_their_place())) == journal.postings.count() == 2


def test_a_reversal_of_a_part_and_of_a_reversal_is_found(unruly, general):
    contributions, stripe = account(unruly, "contributions"), account(unruly, "stripe:acct_1")
    lines = ((contributions, 5, general), (stripe, -5, None))
    part = forge(unruly, *lines, kind="reversal", reverses=unruly)
    again = forge(unruly, *lines, kind="reversal", reverses=part)
    found = list(proofs.nothing_is_changed())
    assert f"journal {again.pk} reverses a reversal" in found
    assert f"journal {unruly.pk} is reversed in part only" in found


def test_every_trigger_that_is_away_is_named(unruly):
    assert set(rules.missing()) == set(rules.TRIGGER.findall("\n".join(rules.statements(connection.vendor))))


@pytest.mark.postgres
def test_a_trigger_switched_off_is_named(booked):
    run("SET CONSTRAINTS ALL IMMEDIATE", "ALTER TABLE ledger_journal DISABLE TRIGGER ledger_journal_lines")
    assert rules.missing() == ["ledger_journal_lines"]


@pytest.mark.postgres
def test_a_fact_booked_twice_is_found(unruly, general):
    run("ALTER TABLE ledger_journal DROP CONSTRAINT a_fact_is_booked_once")
    twin = Journal(**{name: getattr(unruly, name) for name in KEPT})
    twin.source_kind, twin.source_id = unruly.source_kind, unruly.source_id
    twin.save(force_insert=True)
    assert list(proofs.facts_book_once()) == [
        f"{unruly.source_kind}:{unruly.source_id} is booked 2 times in fund {unruly.fund_id}"
    ]


def test_a_fraction_of_a_cent_is_found(unruly):
    if connection.vendor == "sqlite":
        run(
            "INSERT INTO ledger_posting (journal_id, account_id, party, amount_minor, currency)"
            " SELECT journal_id, account_id, '', 0.5, 'USD' FROM ledger_posting LIMIT 1"
        )
    else:
        run("ALTER TABLE ledger_posting ALTER amount_minor TYPE numeric")
    assert len(list(proofs.amounts_are_whole())) == 1


def test_a_journal_slipped_into_a_closed_period_is_found(unruly, general):
    contributions, stripe = account(unruly, "contributions"), account(unruly, "stripe:acct_1")
    close_period(unruly.period_id, by=SYSTEM, at=JULY)
    late = JULY.replace(day=16)
    journal = forge(unruly, (contributions, -5, general), (stripe, 5, None), posted_at=late, business_on=late.date())
    found = list(proofs.closed_periods_stay_closed())
    assert [str(journal.pk) in sentence for sentence in found] == [True, True]
    assert "after it was closed" in found[0]
    assert "before its day" in found[1]


def test_a_name_is_registered_for_one_check_only():
    invariants.register("11 a closed period takes no journal", proofs.closed_periods_stay_closed)
    with pytest.raises(ValueError, match="registered already"):
        invariants.register("11 a closed period takes no journal", proofs.journals_balance)
