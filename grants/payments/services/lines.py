"""The bank's statement: read, shown before it counts, booked line by line, and each line once."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import BankAccount
from fundportal.refusals import Refusal
from grants.awards.models import Award
from grants.payments.models import BankLine, Instruction, PaymentRun, Statement
from grants.payments.permissions import IMPORT_LINES
from grants.payments.queries.matching import instruction_of, instructions_named, kind_of
from grants.payments.services.confirming import lock_instruction
from grants.payments.services.matching import book_line, take_as_payment
from grants.payments.statement_csv import LineError, Reading, ReadLine, read_statement
from grants.payments.states import LineKind


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """`is_known` came with an earlier statement and is passed over; `kind` is none where nobody knows yet."""

    row: int
    line: ReadLine
    is_known: bool
    kind: LineKind | None = None
    instruction: Instruction | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    lines: list[PreviewLine]
    errors: list[LineError]


@dataclass(frozen=True, slots=True)
class Imported:
    statement: Statement | None
    new: int
    known: int
    matched: int


def preview_lines(bank_account_id: int, *, text: str, by: User) -> Preview:
    """What importing this text would do. Changes nothing."""
    account = BankAccount.objects.select_related("fund").get(pk=bank_account_id)
    authorise(by, IMPORT_LINES, account.fund)
    reading = _read(account, text)
    lines = reading.lines
    standing = _standing(account, reading)
    named = instructions_named(lines.values(), account)
    rows = [_preview(row, line, standing, named) for row, line in lines.items()]
    return Preview(rows, _errors(reading, standing))


@transaction.atomic
def import_lines(bank_account_id: int, *, text: str, name: str, by: User) -> Imported:
    """All lines or, when one cannot be read, none (422). A line that came before is passed over."""
    account = lock_account(bank_account_id)
    authorise(by, IMPORT_LINES, account.fund)
    reading = _read(account, text)
    standing = _standing(account, reading)
    errors = _errors(reading, standing)
    if errors:
        first = errors[0]
        sentence = _("Row %(row)d: %(sentence)s Nothing is read in before every line is right.")
        raise Refusal(sentence % {"row": first.row, "sentence": first.sentence}, status=422, field="text")
    new = sorted(_unknown(reading, standing), key=_day_then_out_before_in)
    if not new:
        return Imported(None, 0, len(reading.lines), 0)
    statement = Statement.objects.create(
        bank_account=account, name=name[:200], sha256=hashlib.sha256(text.encode()).hexdigest(), imported_by=by
    )
    facts = {"lines": len(new), "sha256": statement.sha256}
    record("bank_lines.import", statement, by=by, fund=account.fund, facts=facts)
    waiting = _came_in_unknown(account)
    _lock_named([*new, *waiting.values()], account)
    matched = sum([_take_in(line, statement, by) for line in new])
    if matched:
        _look_again(waiting, by)
    return Imported(statement, len(new), len(reading.lines) - len(new), matched)


def lock_account(bank_account_id: int) -> BankAccount:
    """Whoever reads a statement of this account, or explains a line of it, waits here."""
    BankAccount.objects.select_for_update(no_key=True).get(pk=bank_account_id)
    return BankAccount.objects.select_related("fund").get(pk=bank_account_id)


def _read(account: BankAccount, text: str) -> Reading:
    return read_statement(text, currency=account.currency, today=clock.today(account.fund.time_zone))


def _standing(account: BankAccount, reading: Reading) -> dict[str, BankLine]:
    numbers = [line.bank_id for line in reading.lines.values()]
    found = BankLine.objects.filter(bank_account=account, bank_id__in=numbers).order_by("pk")
    return {line.bank_id: line for line in found}


def _errors(reading: Reading, standing: dict[str, BankLine]) -> list[LineError]:
    """Also where the bank's number stands for another line already."""
    errors = list(reading.errors)
    for row, line in reading.lines.items():
        known = standing.get(line.bank_id)
        if known is not None and (known.amount, known.booked_on) != (line.amount, line.booked_on):
            sentence = _("A line read in before has this number, with another day or amount.")
            errors.append(LineError(row, "bank_id", sentence))
    return sorted(errors, key=lambda error: error.row)


def _preview(row: int, line: ReadLine, standing: dict[str, BankLine], named: dict[str, Instruction]) -> PreviewLine:
    instruction = instruction_of(line, named)
    kind = kind_of(line, instruction) if instruction else None
    if line.bank_id in standing or kind is None:
        return PreviewLine(row, line, line.bank_id in standing)
    return PreviewLine(row, line, is_known=False, kind=kind, instruction=instruction)


def _unknown(reading: Reading, standing: dict[str, BankLine]) -> Iterator[ReadLine]:
    return (line for line in reading.lines.values() if line.bank_id not in standing)


def _day_then_out_before_in(line: ReadLine) -> tuple[object, bool]:
    """A payment leaves before it comes back, in whatever order the bank prints them."""
    return line.booked_on, not line.amount.is_negative


def _lock_named(lines: list[ReadLine], account: BankAccount) -> None:
    """All at once and in order, so that two people at work never wait for each other in a circle."""
    named = instructions_named(lines, account).values()
    runs, awards = {one.run_id for one in named}, {one.tranche.award_id for one in named}
    list(PaymentRun.objects.select_for_update().filter(pk__in=runs).order_by("pk"))
    list(Award.objects.select_for_update().filter(pk__in=awards).order_by("pk"))


def _came_in_unknown(account: BankAccount) -> dict[BankLine, ReadLine]:
    """Money that came in with earlier statements and that nobody understands yet."""
    lines = BankLine.objects.unmatched().filter(bank_account=account, amount_minor__gt=0)
    known = lines.select_related("bank_account__fund").order_by("booked_on", "pk")
    return {one: ReadLine(one.booked_on, one.amount, one.reference, one.counterparty, one.bank_id) for one in known}


def _look_again(waiting: dict[BankLine, ReadLine], by: User) -> None:
    """A payment that came back may have been read in before the line with which it left."""
    for line, said in waiting.items():
        recognised = _recognised(said, line.bank_account)
        if recognised is not None:
            take_as_payment(line, *recognised, by=by, is_booked=True)


def _recognised(line: ReadLine, account: BankAccount) -> tuple[LineKind, Instruction] | None:
    """Under the locks of the payment it names."""
    found = instruction_of(line, instructions_named([line], account))
    if found is None:
        return None
    instruction, _tranche = lock_instruction(found.pk)
    kind = kind_of(line, instruction)
    return (kind, instruction) if kind else None


def _take_in(line: ReadLine, statement: Statement, by: User) -> bool:
    """True when the line is one of our payments."""
    made = BankLine.objects.create(
        statement=statement,
        bank_account=statement.bank_account,
        bank_id=line.bank_id,
        booked_on=line.booked_on,
        amount_minor=line.amount.minor,
        currency=line.amount.currency,
        reference=line.reference,
        counterparty=line.counterparty,
    )
    recognised = _recognised(line, statement.bank_account)
    if recognised is None:
        book_line(made, by=by)
        return False
    take_as_payment(made, *recognised, by=by)
    return True
