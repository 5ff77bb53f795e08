"""Payments and payment runs as ledgers and facts."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.funds.models import BankAccount
from fundportal.money import Money
from fundportal.organisations.forms import country_name
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_time
from grants.awards.badges import tranche_badge
from grants.awards.models import Tranche
from grants.payments.models import Instruction, PaymentRun
from grants.payments.queries.run_pages import Coverage, account_of
from grants.payments.states import Ending, RunState
from grants.payments.tables.bank import Facts

NOTHING = "–"
RUNS = {
    RunState.DRAFTED: "wait",
    RunState.APPROVED: "full",
    RunState.EXPORTED: "full",
    RunState.SETTLED: "ok",
    RunState.CANCELLED: "mute",
}


def run_badge(run: PaymentRun) -> Badge:
    return Badge(run.get_state_display(), RUNS[RunState(run.state)])


def instruction_badge(instruction: Instruction) -> Badge:
    if instruction.ended_at is not None:
        kind = "mute" if instruction.ended_as == Ending.CANCELLED else "stop"
        return Badge(instruction.get_ended_as_display(), kind)
    if instruction.confirmed_at is not None:
        return Badge(_("On the statement"), "ok")
    return Badge(instruction.run.get_state_display(), RUNS[RunState(instruction.run.state)])


def payment_name(tranche: Tranche) -> str:
    words = {"reference": tranche.award.reference, "number": tranche.number}
    return _("%(reference)s, payment %(number)s") % words


def my_payments_table(payments: Iterable[Instruction]) -> Ledger:
    columns = [
        Column(_("Grant")),
        Column(_("Paid to")),
        Column(_("Sent")),
        Column(_("Where it stands")),
        Column(_("Amount"), is_number=True),
    ]
    rows = [_my_payment_row(one) for one in payments]
    return Ledger(_("Payments, newest first"), columns, rows, has_hidden_caption=True)


def free_table(tranches: Iterable[Tranche]) -> Ledger:
    """Approved payments; the second line of an account says why one cannot go out yet."""
    listed = list(tranches)
    columns = [
        Column(_("Grantee")),
        Column(_("Fund")),
        Column(_("Approved")),
        Column(_("Goes to")),
        Column(_("Amount"), is_number=True),
    ]
    return Ledger(
        _("Approved payments, longest waiting first"),
        columns,
        [_free_row(tranche) for tranche in listed],
        has_hidden_caption=True,
    )


def runs_table(runs: Iterable[PaymentRun]) -> Ledger:
    columns = [
        Column(_("Run")),
        Column(_("Out of")),
        Column(_("Where it stands")),
        Column(_("Pay on")),
        Column(_("Payments"), is_number=True),
        Column(_("Sum"), is_number=True),
    ]
    rows = [
        [
            Cell(run.reference, url=reverse("payments:run", args=[run.pk]), detail=run.fund.name),
            Cell(run.bank_account.label, detail=run.made_by.full_name),
            Cell(run_badge(run)),
            Cell(local_day(run.pay_on)),
            Cell(run.payments),
            Cell(Money(run.whole, run.bank_account.currency)),
        ]
        for run in runs
    ]
    return Ledger(_("Payment runs, newest first"), columns, rows, has_hidden_caption=True)


def run_facts(run: PaymentRun) -> Facts:
    zone = run.fund.time_zone
    moments = [
        (_("Approved"), run.approved_at),
        (_("Given to the bank"), run.exported_at),
        (_("Settled"), run.settled_at),
        (_("Cancelled"), run.cancelled_at),
    ]
    facts: Facts = [
        (_("Fund"), run.fund.name),
        (_("Out of"), run.bank_account.label),
        (_("Pay on"), local_day(run.pay_on)),
        (_("Made by"), run.made_by.full_name),
        (_("Made"), local_time(run.made_at, zone)),
    ]
    facts += [(term, local_time(moment, zone)) for term, moment in moments if moment]
    return [*facts, (_("Why it was cancelled"), run.cancel_reason)] if run.cancel_reason else facts


def coverage_facts(coverage: Coverage) -> Facts:
    """Before the export also what the account carries; afterwards the money is on its way."""
    if not coverage.is_before_the_bank:
        return [(_("This run"), coverage.whole)]
    return [
        (_("In the account and not on its way yet"), coverage.available),
        (_("This run"), coverage.whole),
        (_("Left in the account afterwards"), coverage.left),
    ]


def _my_payment_row(one: Instruction) -> list[Cell]:
    award = one.tranche.award
    return [
        Cell(award.title, url=reverse("my_grants:grant", args=[award.reference]), detail=payment_name(one.tranche)),
        Cell(one.bank_details.masked, detail=award.organisation.name),
        Cell(local_day(one.run.exported_at, award.fund.time_zone), detail=one.obligation),
        Cell(tranche_badge(one.tranche) if one.ended_at is None else instruction_badge(one), detail=one.end_reason),
        Cell(one.amount),
    ]


def _free_row(tranche: Tranche) -> list[Cell]:
    award = tranche.award
    account = account_of(tranche)
    why = _("The organisation has no bank details in use yet.")
    return [
        Cell(award.organisation.name, detail=payment_name(tranche)),
        Cell(award.fund.name),
        Cell(local_day(tranche.approved_at, award.fund.time_zone)),
        Cell(account.masked, detail=country_name(account.country)) if account else Cell(NOTHING, detail=why),
        Cell(tranche.amount),
    ]


def accounts_table(
    accounts: Iterable[BankAccount], held: Mapping[int, Money], *, keepers: str | frozenset[int]
) -> Ledger:
    """The fund's own accounts; in the funds of `keepers` (ids, or every fund) the label leads to their numbers."""
    columns = [
        Column(_("Bank account")),
        Column(_("Fund")),
        Column(_("Its numbers")),
        Column(_("In it and not on its way yet"), is_number=True),
    ]
    rows = [
        [
            Cell(
                account.label,
                url=reverse("payments:account", args=[account.pk])
                if isinstance(keepers, str) or account.fund_id in keepers
                else "",
                detail=account.code,
            ),
            Cell(account.fund.name),
            Cell(account.paying_account.masked if hasattr(account, "paying_account") else _("not kept here yet")),
            Cell(held[account.pk], sure="books"),
        ]
        for account in accounts
    ]
    return Ledger(_("Bank accounts of the fund"), columns, rows, has_hidden_caption=True)
