"""One run exported twice at once, one statement read twice at once, on PostgreSQL; and the same without the locks."""

import pytest
from django.db import IntegrityError

from fundportal import clock
from fundportal.funds.models import BankAccount
from fundportal.ledger.models import Journal
from fundportal.refusals import Refusal
from grants.payments import services
from grants.payments.models import BankLine, PaymentFile, PaymentRun
from grants.payments.services import exporting, lines
from grants.payments.states import RunState
from tests.factories.payments import make_run
from tests.grants.payments.books import broken
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres


@pytest.fixture
def run(committed_db) -> PaymentRun:
    return make_run(state=RunState.APPROVED, payments=2)


def exported(run):
    """Another session's export; what the database itself refuses is handed back too."""
    try:
        return services.export_run(run.pk, by=run.made_by)
    except IntegrityError as fault:
        return fault


def test_of_two_exports_at_once_the_second_waits_and_is_refused(run):
    with meanwhile(lambda: exported(run)) as (made, thread):
        services.export_run(run.pk, by=run.made_by)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert made[0].status == 409
    assert PaymentFile.objects.count() == 1
    assert Journal.objects.filter(source_kind="instruction").count() == 2
    assert broken() == []


def test_canary_without_the_lock_of_the_run_the_second_is_not_told_why(run, monkeypatch):
    """It believes the run is still to be exported, and only a later rule of a tranche or of the database stops it."""

    def unlocked(run_id):
        return PaymentRun.objects.select_related("fund", "bank_account", "made_by").get(pk=run_id)

    monkeypatch.setattr(exporting, "lock_run", unlocked)
    tried = []
    real = exporting.make_run
    monkeypatch.setattr(exporting, "make_run", lambda name, run, **more: (tried.append(name), real(name, run, **more)))
    with meanwhile(lambda: exported(run)) as (made, thread):
        services.export_run(run.pk, by=run.made_by)
        assert is_waiting(thread)
    assert tried == ["export", "export"]
    assert not isinstance(made[0], PaymentFile)


def test_a_statement_read_in_twice_at_once_counts_once(run):
    services.export_run(run.pk, by=run.made_by)
    text = statement_of(run)
    account = run.bank_account_id
    with meanwhile(lambda: services.import_lines(account, text=text, name="b.csv", by=run.made_by)) as (made, thread):
        services.import_lines(account, text=text, name="a.csv", by=run.made_by)
        assert is_waiting(thread)
    assert (made[0].new, made[0].known) == (0, 2)
    assert BankLine.objects.count() == 2
    assert PaymentRun.objects.get(pk=run.pk).state == RunState.SETTLED
    assert broken() == []


def test_canary_without_the_lock_of_the_account_the_database_has_to_refuse_the_line(run, monkeypatch):
    services.export_run(run.pk, by=run.made_by)
    text = statement_of(run)
    monkeypatch.setattr(lines, "lock_account", lambda pk: BankAccount.objects.select_related("fund").get(pk=pk))

    def read_in():
        try:
            return services.import_lines(run.bank_account_id, text=text, name="b.csv", by=run.made_by)
        except IntegrityError as fault:
            return fault

    with meanwhile(read_in) as (made, thread):
        services.import_lines(run.bank_account_id, text=text, name="a.csv", by=run.made_by)
        assert is_waiting(thread)
    assert isinstance(made[0], IntegrityError)


def statement_of(run) -> str:
    today = clock.today("UTC")
    rows = [
        f"{today},-{instruction.amount.decimal},USD,{instruction.obligation},Somebody,B{instruction.pk}"
        for instruction in run.instructions.order_by("pk")
    ]
    return "\n".join(["booked_on,amount,currency,reference,counterparty,bank_id", *rows])
