"""Carries payments of made-up grants to the made-up bank and back with its statement."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from fundportal import clock
from fundportal.access import Role
from fundportal.demo.cast import holder, named
from fundportal.demo.rounds import Calendar
from fundportal.funds.models import BankAccount
from grants.awards import services as awarding
from grants.awards.models import Tranche
from grants.payments import services
from grants.payments.models import Instruction, PaymentRun
from grants.payments.statement_csv import COLUMNS


def request(tranche: Tranche, *, by: str) -> None:
    """Its day has come and its conditions are met: the clock says so, then the grantee asks for it."""
    awarding.ready_due()
    awarding.request_tranche(tranche.pk, by=named(by))


def approve(tranche: Tranche) -> None:
    for role in (Role.MANAGER, Role.FINANCE_CHECKER):
        awarding.approve_tranche(tranche.pk, by=holder(role))


def pay(tranches: Sequence[Tranche], account: BankAccount, *, days: Calendar, on: int) -> None:
    """One run, put together by one person, let go by two others; the bank's statement comes two days later."""
    maker = holder(Role.FINANCE_MAKER)
    with clock.at(days.day(on)):
        pay_on = clock.today(account.fund.time_zone)
        run = services.draft_run(account.pk, pay_on=pay_on, tranche_ids=[tranche.pk for tranche in tranches], by=maker)
        for role in (Role.FINANCE_CHECKER, Role.MANAGER):
            services.approve_run(run.pk, by=holder(role))
        services.export_run(run.pk, by=maker)
    with clock.at(days.day(on + 2)):
        text = _statement(run, days.day(on + 1).date())
        services.import_lines(account.pk, text=text, name=f"{account.label}, {run}", by=maker)


def _statement(run: PaymentRun, booked_on: date) -> str:
    """As the bank would print it: each payment by the reference it was given."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for instruction in run.instructions.select_related("bank_details").order_by("pk"):
        writer.writerow(_line(instruction, booked_on))
    return text.getvalue()


def _line(instruction: Instruction, booked_on: date) -> tuple[object, ...]:
    amount, holder_name = -instruction.amount, instruction.bank_details.holder
    number = f"DEMO-{instruction.obligation}"
    return booked_on, amount.decimal, amount.currency, instruction.obligation, holder_name, number
