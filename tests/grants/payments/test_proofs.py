"""Each promise between payments and the books notices when it is broken, and is kept when nothing is."""

from collections.abc import Callable

import pytest

from fundportal import clock
from grants.awards.models import Award
from grants.payments.models import BankLine, Instruction, PaymentRun
from grants.payments.queries import proofs
from grants.payments.states import RunState
from tests.factories.payments import make_line, make_run, make_statement
from tests.grants.payments.books import broken

pytestmark = pytest.mark.django_db

EXPORTED = {"state": RunState.EXPORTED, "exported_at": clock.now()}


def confirmed_by_hand(run):
    Instruction.objects.update(confirmed_at=clock.now())


def at_the_bank_without_a_journal(run):
    PaymentRun.objects.filter(pk=make_run(run.bank_account, state=RunState.APPROVED).pk).update(**EXPORTED)


def back_at_the_desk(run):
    PaymentRun.objects.filter(pk=run.pk).update(state=RunState.APPROVED, exported_at=None)


def award_lowered_by_hand(run):
    Award.objects.update(amount_minor=1)


def line_without_a_journal(run):
    line = make_line(run.bank_account)
    BankLine.objects.create(
        statement=make_statement(run.bank_account),
        bank_account=run.bank_account,
        bank_id="by hand",
        booked_on=line.booked_on,
        amount_minor=1,
        currency=line.currency,
    )


def settled_by_hand(run):
    PaymentRun.objects.filter(pk=run.pk).update(state=RunState.SETTLED, settled_at=clock.now())


BREACHES: list[tuple[Callable, Callable]] = [
    (proofs.in_transit_is_what_is_not_confirmed, confirmed_by_hand),
    (proofs.in_transit_is_what_is_not_confirmed, at_the_bank_without_a_journal),
    (proofs.each_payment_is_booked_once, at_the_bank_without_a_journal),
    (proofs.each_payment_is_booked_once, back_at_the_desk),
    (proofs.no_award_is_overpaid, award_lowered_by_hand),
    (proofs.each_bank_line_is_booked, line_without_a_journal),
    (proofs.no_run_is_settled_too_early, settled_by_hand),
]


@pytest.mark.parametrize("state", RunState)
def test_runs_at_any_state_keep_every_promise(house, state):
    make_run(house.account, state=state, payments=2)
    make_line(house.account, -500)
    assert broken() == []


@pytest.mark.parametrize(("promise", "breach"), BREACHES)
def test_a_broken_promise_is_named(house, promise, breach):
    run = make_run(house.account, state=RunState.EXPORTED)
    breach(run)
    assert len(list(promise())) == 1
