"""Accounts, payment runs and lines of statements at any state, with their journals: written without their services."""

import hashlib
import itertools
from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.accounts.models import User
from fundportal.funds.models import BankAccount, Fund
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import signatories
from grants.awards.models import Award, Tranche
from grants.awards.states import AwardState, TrancheState
from grants.calls.models import Call
from grants.payments.account_facts import AccountFacts
from grants.payments.models import (
    BankDetails,
    BankLine,
    Instruction,
    LineMatch,
    PayingAccount,
    PaymentFile,
    PaymentRun,
    RunApproval,
    Statement,
)
from grants.payments.states import AT_THE_BANK, CHECKED, BankState, Ending, LineKind, RunState
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import make_signatory
from tests.factories.people import make_person

_numbers = itertools.count(1)

B = BankState
R = RunState
T = TrancheState
HELD = 100_000_000  # $1,000,000.00 at the fund's bank
AMERICAN = AccountFacts("City of Example", "US", "USD", routing_number="123456780", account_number="000111222")
OTHER = AccountFacts("City of Example", "US", "USD", routing_number="123456780", account_number="999888777")
EUROPEAN = AccountFacts("Ville d’Exemple", "DE", "EUR", iban="DE89370400440532013000")
OURS = AccountFacts("Example Fund", "US", "USD", routing_number="123456780", account_number="555000111", bic="ABCDUS33")


def make_account(fund: Fund, *, held: int = HELD, code: str = "main", is_complete: bool = True) -> BankAccount:
    """With money on it, and with the numbers a payment file needs."""
    account = BankAccount.objects.create(fund=fund, code=code, label=f"Bank {code}", currency="USD", last_digits="0111")
    if is_complete:
        PayingAccount.objects.create(bank_account=account, **OURS.columns)
    if held:
        purpose = fund.purposes.order_by("pk").first()
        amount = Money(held, "USD")
        lines = [Line(f"bank:{code}", amount), Line("contributions", -amount, purpose)]
        _book(fund, JournalKind.OPENING, ("opening", f"{fund.code}:{code}"), lines)
    return account


def make_bank_details(
    organisation: Organisation | None = None, *, state: str = B.ACTIVE, facts: AccountFacts = AMERICAN, **columns: Any
) -> BankDetails:
    """Given by whoever signs; without an organisation, of one that has just been offered a grant."""
    organisation = organisation or make_award().organisation
    now = columns.pop("proposed_at", None) or clock.now()
    is_checked = state in {*CHECKED, B.SUPERSEDED}
    fund = organisation.awards.order_by("pk").first().fund
    defaults = {
        "fund": fund,
        "proposed_by": signatories(organisation).first() or make_signatory(organisation),
        "proposed_at": now,
        "effective_at": now,
        "verified_by": make_person("Vera Checker", Role.FINANCE_CHECKER, fund=fund) if is_checked else None,
        "verified_at": now if is_checked else None,
        "activated_at": now if state in {B.ACTIVE, B.SUPERSEDED} else None,
        "ended_at": now if state in {B.REFUSED, B.SUPERSEDED} else None,
        "refuse_reason": "The name is another one." if state == B.REFUSED else "",
    }
    return BankDetails.objects.create(organisation=organisation, state=state, **(facts.columns | defaults | columns))


def make_payable(call: Call | None = None, *, state: str = T.APPROVED, **facts: Any) -> Tranche:
    """A payment of an award under way, approved by two, to an organisation whose account is in use."""
    award = make_award(make_decided(call=call or make_funded_call()), state=AwardState.ACTIVE)
    make_bank_details(award.organisation)
    return make_tranche(award, state=state, **facts)


def make_run(
    account: BankAccount | None = None, *, state: str = R.DRAFTED, payments: int = 1, approvals: int = 0, **facts: Any
) -> PaymentRun:
    """Put together by a finance maker; approved by two others from `approved` on."""
    call = make_funded_call(**({"fund": account.fund} if account else {}))
    account = account or make_account(call.fund)
    now = clock.now()
    defaults = {
        "pay_on": clock.today(call.fund.time_zone),
        "made_by": make_person("Mats Maker", Role.FINANCE_MAKER, fund=call.fund),
        "approved_at": now if state in {R.APPROVED, *AT_THE_BANK} else None,
        "exported_at": now if state in AT_THE_BANK else None,
        "settled_at": now if state == R.SETTLED else None,
        "cancelled_at": now if state == R.CANCELLED else None,
        "cancel_reason": "The day was wrong." if state == R.CANCELLED else "",
    }
    run = PaymentRun.objects.create(fund=call.fund, bank_account=account, state=state, **(defaults | facts))
    for _number in range(payments):
        make_instruction(run, call=call)
    for _number in range(2 if state in {R.APPROVED, *AT_THE_BANK} else approvals):
        make_run_approval(run)
    if state in AT_THE_BANK:
        make_payment_file(run)
    return run


def make_instruction(run: PaymentRun, tranche: Tranche | None = None, *, call: Call | None = None) -> Instruction:
    """Standing where its run stands: at the bank its journal is in the books, settled its line is on the statement."""
    call = call or make_funded_call(fund=run.fund)
    states = {R.EXPORTED: T.INSTRUCTED, R.SETTLED: T.RECONCILED}
    tranche = tranche or make_payable(call, state=states.get(RunState(run.state), T.APPROVED))
    made = Instruction.objects.create(
        run=run,
        tranche=tranche,
        obligation=f"{tranche}-1",
        amount_minor=tranche.amount_minor,
        currency=tranche.currency,
        bank_details=tranche.award.organisation.bank_details.get(state=B.ACTIVE),
        added_by=run.made_by,
        ended_at=clock.now() if run.state == R.CANCELLED else None,
        ended_as=Ending.CANCELLED if run.state == R.CANCELLED else "",
    )
    if run.state == R.SETTLED:
        confirm(made)
    return made


def make_run_approval(run: PaymentRun, *, by: User | None = None) -> RunApproval:
    by = by or make_person("Cleo Checker", Role.FINANCE_CHECKER, fund=run.fund)
    return RunApproval.objects.create(run=run, by=by)


def make_payment_file(run: PaymentRun, content: bytes = b"<Document/>\n", **facts: Any) -> PaymentFile:
    defaults = {"sha256": hashlib.sha256(content).hexdigest(), "name": f"{run}.xml", "made_by": run.made_by}
    return PaymentFile.objects.create(run=run, content=content, **(defaults | facts))


def make_statement(account: BankAccount, **facts: Any) -> Statement:
    by = make_person("Mats Maker", Role.FINANCE_MAKER, fund=account.fund)
    return Statement.objects.create(
        bank_account=account, **({"name": "november.csv", "sha256": "0" * 64, "imported_by": by} | facts)
    )


def make_line(account: BankAccount, minor: int = 12_300, **facts: Any) -> BankLine:
    """Booked, and not understood yet."""
    made = _line(account, minor, **facts)
    lines = [Line(f"bank:{account.code}", made.amount), Line("unidentified_receipts", -made.amount)]
    _book(account.fund, JournalKind.UNIDENTIFIED, ("bank_line", str(made.pk)), lines)
    return made


def confirm(instruction: Instruction) -> LineMatch:
    """Its line is on the statement; the tranche is left as it is."""
    account = instruction.run.bank_account
    line = _line(account, -instruction.amount_minor, reference=instruction.obligation)
    lines = [Line(f"payments_in_transit:{account.code}", instruction.amount), Line(f"bank:{account.code}", line.amount)]
    _book(account.fund, JournalKind.BANK_LINE, ("bank_line", str(line.pk)), lines)
    Instruction.objects.filter(pk=instruction.pk).update(confirmed_at=clock.now())
    return LineMatch.objects.create(
        line=line, kind=LineKind.PAYMENT, instruction=instruction, by=line.statement.imported_by
    )


def waiting_change(award: Award | None = None, *, state: str = B.VERIFIED) -> BankDetails:
    """New details beside those in use, given an hour ago."""
    award = award or make_award()
    make_bank_details(award.organisation)
    given = clock.now() - timedelta(hours=1)
    return make_bank_details(
        award.organisation,
        state=state,
        facts=OTHER,
        is_change=True,
        proposed_at=given,
        effective_at=given + timedelta(hours=72),
    )


def _line(account: BankAccount, minor: int, **facts: Any) -> BankLine:
    defaults = {
        "statement": facts.pop("statement", None) or make_statement(account),
        "bank_id": f"L{next(_numbers)}",
        "booked_on": clock.today(account.fund.time_zone),
    }
    return BankLine.objects.create(
        bank_account=account, amount_minor=minor, currency=account.currency, **(defaults | facts)
    )


def _book(fund: Fund, kind: str, source: tuple[str, str], lines: list[Line]) -> None:
    post(fund=fund, kind=kind, source=source, lines=lines, by=SYSTEM, business_on=clock.today(fund.time_zone))
