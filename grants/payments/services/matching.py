"""What a line of the statement is, and what the books say of it before and after somebody knows.

A line is booked when it is read in: against the account it belongs to where that is known, else against what is not
identified yet. Whoever explains it later moves it from there, so that the bank in the books is always the statement.
"""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import BankAccount, Purpose
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind
from fundportal.refusals import Refusal
from grants.awards import services as awards
from grants.awards.models import Award
from grants.payments.models import BankLine, Instruction, LineMatch
from grants.payments.permissions import CONFIRM
from grants.payments.queries.matching import kind_of
from grants.payments.services.confirming import come_back, confirm, lock_instruction, settle
from grants.payments.services.locking import refuse_conflicted
from grants.payments.statement_csv import ReadLine
from grants.payments.states import LineKind

UNIDENTIFIED = "unidentified_receipts"


class Against(NamedTuple):
    """The account on the other side of the bank, with what its line carries."""

    code: str
    purpose: Purpose | None = None
    party: str = ""


@transaction.atomic
def match_line(line_id: int, *, instruction_id: int, by: User) -> LineMatch:
    """A person recognises a payment whose id the bank did not print. The amount has to be the same."""
    line = _lock_line(line_id, by)
    instruction, tranche = lock_instruction(instruction_id)
    refuse_conflicted(by, tranche.award.organisation_id)
    said = ReadLine(line.booked_on, line.amount, line.reference, line.counterparty, line.bank_id)
    kind = kind_of(said, instruction)
    if kind is None or instruction.run.bank_account_id != line.bank_account_id or not instruction.run.exported_at:
        sentence = _("This line is not that payment: the amount, the account or the direction differs.")
        raise Refusal(sentence, status=422, field="instruction")
    record("bank_lines.match", line, by=by, fund=line.bank_account.fund, facts={"obligation": instruction.obligation})
    return take_as_payment(line, kind, instruction, by=by, is_booked=True)


@transaction.atomic
def explain_line(line_id: int, *, kind: str, purpose_id: int, by: User) -> LineMatch:
    """A charge of the bank, or its interest, and the purpose that bears or gets it."""
    line = _lock_line(line_id, by)
    wanted = {LineKind.CHARGE: True, LineKind.INTEREST: False}.get(LineKind(kind))
    if wanted is None or line.amount.is_negative != wanted:
        raise Refusal(_("A charge takes money out, interest brings money in."), status=422, field="kind")
    purpose = Purpose.objects.filter(pk=purpose_id, fund=line.bank_account.fund_id).first()
    if purpose is None:
        raise Refusal(_("Choose a purpose of this fund."), status=422, field="purpose")
    match = LineMatch.objects.create(line=line, kind=kind, purpose=purpose, by=by)
    record("bank_lines.explain", line, by=by, fund=line.bank_account.fund, facts={"kind": str(match.kind)})
    code = "costs" if match.kind == LineKind.CHARGE else "other_income"
    _book(line, ("identification", str(line.pk)), Against(code, purpose), UNIDENTIFIED, by=by)
    return match


@transaction.atomic
def return_line(line_id: int, *, reference: str, by: User) -> LineMatch:
    """Money that a grantee did not spend; the purpose may grant it again. Raises Refusal (422) for too much."""
    line = _lock_line(line_id, by)
    fund = line.bank_account.fund
    award = Award.objects.filter(reference__iexact=reference.strip(), fund=fund).select_related("purpose").first()
    if award is None:
        raise Refusal(_("There is no grant of this fund with this reference."), status=422, field="reference")
    refuse_conflicted(by, award.organisation_id)
    awards.take_back(award.pk, amount=line.amount, by=by)
    match = LineMatch.objects.create(line=line, kind=LineKind.UNSPENT, award=award, by=by)
    record("bank_lines.return", line, by=by, fund=fund, facts={"award": award.reference})
    granted = Against("grants_awarded", award.purpose, award.reference)
    _book(line, ("identification", str(line.pk)), granted, UNIDENTIFIED, by=by)
    return match


def take_as_payment(
    line: BankLine, kind: LineKind, instruction: Instruction, *, by: User, is_booked: bool = False
) -> LineMatch:
    """What follows a recognised payment. Called under the locks of lock_instruction.

    `is_booked` where the line stands in the books already, as not identified.
    """
    match = LineMatch.objects.create(line=line, kind=kind, instruction=instruction, by=by)
    if kind == LineKind.PAYMENT:
        confirm(instruction, by=by)
        against = f"payments_in_transit:{line.bank_account.code}"
    else:
        come_back(instruction, reason=line.reference, by=by)
        against = instruction.tranche.award.payable_account
    settle(instruction.run, by=by)
    source = "identification" if is_booked else "bank_line"
    _book(line, (source, str(line.pk)), Against(against), UNIDENTIFIED if is_booked else _bank(line), by=by)
    return match


def book_line(line: BankLine, *, by: User) -> None:
    """A line nobody knows yet, in or out."""
    _book(line, ("bank_line", str(line.pk)), Against(UNIDENTIFIED), _bank(line), by=by, kind=JournalKind.UNIDENTIFIED)


def _lock_line(line_id: int, by: User) -> BankLine:
    """By its account: a row that may never be changed cannot be locked."""
    account_id = BankLine.objects.values_list("bank_account", flat=True).get(pk=line_id)
    BankAccount.objects.select_for_update(no_key=True).get(pk=account_id)
    line = BankLine.objects.select_related("bank_account__fund").get(pk=line_id)
    authorise(by, CONFIRM, line.bank_account.fund)
    if LineMatch.objects.filter(line=line).exists():
        raise Refusal(_("Somebody has explained this line already."))
    return line


def _bank(line: BankLine) -> str:
    return f"bank:{line.bank_account.code}"


def _book(
    line: BankLine,
    source: tuple[str, str],
    against: Against,
    held_in: str,
    *,
    by: User,
    kind: str = JournalKind.BANK_LINE,
) -> None:
    """From `against` into `held_in` when money came in, the other way round when it went out."""
    post(
        fund=line.bank_account.fund,
        kind=kind,
        source=source,
        lines=[Line(held_in, line.amount), Line(against.code, -line.amount, against.purpose, against.party)],
        by=by,
        business_on=line.booked_on,
        texts=Memo(memo=f"{line.bank_id} {line.reference}"[:300]),
    )
