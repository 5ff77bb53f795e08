"""The run goes to the bank once: booked to the cent, kept byte for byte, and refused when anything has changed."""

import hashlib
from collections import Counter
from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.db import DatabaseError, transaction

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.models import Journal
from fundportal.ledger.queries import balance, may_pay
from fundportal.mail.models import Letter
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.awards.models import Tranche
from grants.awards.states import TrancheState
from grants.payments import services
from grants.payments.documents import NAMESPACE
from grants.payments.models import Instruction, PayingAccount, PaymentFile, PaymentRun
from grants.payments.states import BankState, Ending, RunState
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import make_conflict
from tests.factories.payments import OTHER, make_account, make_bank_details, make_run
from tests.factories.people import make_fund, make_person
from tests.grants.payments.books import broken

pytestmark = pytest.mark.django_db

R = RunState
NAME = f"{{{NAMESPACE}}}"


@pytest.fixture
def run(house) -> PaymentRun:
    return make_run(house.account, state=R.APPROVED, payments=2)


def nothing_left(run) -> bool:
    """Whether the refused act changed nothing at all."""
    states = set(Tranche.objects.filter(instructions__run=run).values_list("state", flat=True))
    is_at_the_desk = PaymentRun.objects.get(pk=run.pk).state == R.APPROVED and states == {TrancheState.APPROVED}
    return is_at_the_desk and not Journal.objects.filter(source_kind="instruction").exists()


def test_every_payment_is_booked_and_its_tranche_is_at_the_bank(house, run):
    wanted = sum((one.amount for one in run.instructions.all()), Money.zero("USD"))
    free = may_pay(house.fund, "main")
    services.export_run(run.pk, by=house.maker)
    assert balance(house.fund, "payments_in_transit:main") == wanted
    assert may_pay(house.fund, "main") == free - wanted
    for instruction in Instruction.objects.select_related("tranche__award").order_by("pk"):
        assert instruction.tranche.state == TrancheState.INSTRUCTED
        assert balance(house.fund, instruction.tranche.award.payable_account).is_zero
        journal = Journal.objects.get(source_kind="instruction", source_id=instruction.obligation)
        assert (journal.kind, journal.by) == ("instruction", house.maker)
    assert broken() == []


def test_the_file_is_kept_with_its_fingerprint_and_names_every_payment_once(house, run):
    made = services.export_run(run.pk, by=house.maker)
    kept = services.read_payment_file(run.pk, by=house.maker)
    assert bytes(kept.content) == bytes(made.content)
    assert hashlib.sha256(bytes(kept.content)).hexdigest() == kept.sha256
    named = [found.text for found in fromstring(bytes(kept.content)).iter(f"{NAME}EndToEndId")]  # noqa: S314  (our own bytes)
    assert Counter(named) == dict.fromkeys(run.instructions.values_list("obligation", flat=True), 1)
    entry = Entry.objects.get(action="payment_runs.read_file")
    assert (entry.actor, entry.facts) == (house.maker, {"sha256": kept.sha256})


def test_a_day_that_has_passed_meanwhile_becomes_today(house, run):
    later = clock.now() + timedelta(days=3)
    with clock.at(later):
        made = services.export_run(run.pk, by=house.maker)
    day = fromstring(bytes(made.content)).find(f".//{NAME}ReqdExctnDt/{NAME}Dt").text  # noqa: S314  (our own bytes)
    assert day == later.date().isoformat()


def test_a_second_export_is_refused_and_books_nothing(house, run):
    services.export_run(run.pk, by=house.maker)
    before = Journal.objects.count()
    with pytest.raises(Refusal) as refused:
        services.export_run(run.pk, by=house.maker)
    assert refused.value.status == 409
    assert (Journal.objects.count(), PaymentFile.objects.count()) == (before, 1)


def without_numbers(run):
    PayingAccount.objects.all().delete()


def on_hold(run):
    Tranche.objects.filter(instructions__run=run).update(
        state="on_hold", held_from="approved", hold_reason="A report is late."
    )


def with_one_approver(run):
    run.approvals.first().delete()


def with_another_account(run):
    details = run.instructions.first().bank_details
    type(details).objects.filter(pk=details.pk).update(state=BankState.SUPERSEDED, ended_at=clock.now())
    make_bank_details(details.organisation, facts=OTHER)


def with_a_conflicted_approver(run):
    make_conflict(run.approvals.first().by, run.instructions.first().tranche.award.organisation)


def of_a_suspended_award(run):
    award = run.instructions.first().tranche.award
    type(award).objects.filter(pk=award.pk).update(
        state="suspended", suspended_at=clock.now(), suspend_reason="The office moves."
    )


def of_another_amount(run):
    Tranche.objects.filter(instructions__run=run).update(amount_minor=1)


@pytest.mark.parametrize(
    "change",
    [
        *(without_numbers, on_hold, with_one_approver, with_another_account, with_a_conflicted_approver),
        *(of_a_suspended_award, of_another_amount),
    ],
)
def test_whatever_changed_since_the_approval_stops_the_export(house, run, change):
    change(run)
    with pytest.raises(Refusal) as refused:
        services.export_run(run.pk, by=house.maker)
    assert refused.value.status == 409
    assert Journal.objects.filter(source_kind="instruction").count() == 0
    assert PaymentRun.objects.get(pk=run.pk).state == R.APPROVED
    assert not PaymentFile.objects.exists()


def test_more_than_the_bank_holds_is_not_instructed():
    call = make_funded_call()
    account = make_account(call.fund, held=1_999_999)
    run = make_run(account, state=R.APPROVED, payments=2)
    with pytest.raises(Refusal, match="left"):
        services.export_run(run.pk, by=run.made_by)
    assert nothing_left(run)


@pytest.mark.parametrize("role", Role)
def test_only_who_makes_runs_reads_the_file(house, role):
    run = make_run(house.account, state=R.EXPORTED)
    by = make_person("", role, fund=house.fund)
    if role == Role.FINANCE_MAKER:
        assert services.read_payment_file(run.pk, by=by)
        return
    with pytest.raises(Refusal) as refused:
        services.read_payment_file(run.pk, by=by)
    assert refused.value.status == 403


def test_a_conflict_keeps_from_the_file(house):
    run = make_run(house.account, state=R.EXPORTED)
    make_conflict(house.maker, run.instructions.get().tranche.award.organisation)
    with pytest.raises(Refusal, match="conflict"):
        services.read_payment_file(run.pk, by=house.maker)


def test_a_file_is_never_changed_and_a_wrong_one_is_kept_back(house, run):
    with pytest.raises(Refusal, match="no file"):
        services.read_payment_file(run.pk, by=house.maker)
    other = make_run(house.account, state=R.SETTLED)
    for change in (lambda rows: rows.update(content=b"x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(PaymentFile.objects.filter(run=other))
    wrong = PaymentFile.objects.create(run=run, content=b"x", sha256="0" * 64, name="x.xml", made_by=house.maker)
    with pytest.raises(Refusal, match="not what was stored"):
        services.read_payment_file(wrong.run_id, by=house.maker)


# the bank refuses


def test_what_the_bank_refused_is_owed_again_and_may_be_requested_again(house, run):
    services.export_run(run.pk, by=house.maker)
    first, second = run.instructions.order_by("pk")
    services.fail_instruction(first.pk, reason="No such account", by=house.checker)
    first = Instruction.objects.select_related("tranche__award").get(pk=first.pk)
    assert (first.ended_as, first.end_reason) == (Ending.FAILED, "No such account")
    assert (first.tranche.state, first.tranche.round) == (TrancheState.READY, 2)
    assert balance(house.fund, first.tranche.award.payable_account) == first.amount
    assert balance(house.fund, "payments_in_transit:main") == second.amount
    letter = Letter.objects.get(template="payments/came_back")
    assert "No such account" in letter.text_body
    assert PaymentRun.objects.get(pk=run.pk).state == R.EXPORTED
    services.fail_instruction(second.pk, reason="No such account", by=house.checker)
    assert PaymentRun.objects.get(pk=run.pk).state == R.SETTLED
    assert broken() == []


@pytest.mark.parametrize("state", [state for state in R if state != R.EXPORTED])
def test_only_what_is_at_the_bank_fails_there(house, state):
    instruction = make_run(house.account, state=state).instructions.get()
    with pytest.raises(Refusal, match="not on its way") as refused:
        services.fail_instruction(instruction.pk, reason="No such account", by=house.checker)
    assert refused.value.status == 409


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_say_that_a_payment_failed(house, role):
    instruction = make_run(house.account, state=R.EXPORTED).instructions.get()
    by = make_person("", *[role] if role else list(Role), fund=house.fund if role else make_fund())
    if role in {Role.FINANCE_MAKER, Role.FINANCE_CHECKER}:
        with pytest.raises(Refusal) as refused:
            services.fail_instruction(instruction.pk, reason=" ", by=by)
        assert (refused.value.status, refused.value.field) == (422, "reason")
        return
    with pytest.raises(Refusal) as refused:
        services.fail_instruction(instruction.pk, reason="No such account", by=by)
    assert refused.value.status == 403
