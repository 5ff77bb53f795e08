"""Which payment a line of the bank statement speaks of: its end-to-end id in the reference, and its amount."""

import re
from collections.abc import Iterable
from typing import Final

from fundportal.funds.models import BankAccount
from grants.payments.models import Instruction
from grants.payments.statement_csv import ReadLine
from grants.payments.states import AT_THE_BANK, LineKind

OBLIGATION: Final = re.compile(r"(?<![A-Z0-9])[A-Z0-9]+(?:-[A-Z0-9]+)*?-T\d+-\d+(?![A-Z0-9-])", re.IGNORECASE)


def instructions_named(lines: Iterable[ReadLine], account: BankAccount) -> dict[str, Instruction]:
    """By end-to-end id in capitals, those at this bank that the lines speak of. One query."""
    named = {word for line in lines for word in _words(line)}
    spellings = named | {word.upper() for word in named} | {word.lower() for word in named}
    found = Instruction.objects.filter(
        obligation__in=spellings, run__bank_account=account, run__state__in=AT_THE_BANK
    ).select_related("run", "tranche__award__organisation")
    return {instruction.obligation.upper(): instruction for instruction in found.order_by("pk")}


def instruction_of(line: ReadLine, named: dict[str, Instruction]) -> Instruction | None:
    """None where the reference names none, or more than one."""
    found = {word.upper(): named[word.upper()] for word in _words(line) if word.upper() in named}
    return next(iter(found.values())) if len(found) == 1 else None


def kind_of(line: ReadLine, instruction: Instruction) -> LineKind | None:
    """Only to the cent: anything else is looked at by a person."""
    if instruction.ended_at is not None or abs(line.amount) != instruction.amount:
        return None
    if line.amount.is_negative:
        return LineKind.PAYMENT if instruction.confirmed_at is None else None
    return LineKind.RETURN if instruction.confirmed_at is not None else None


def _words(line: ReadLine) -> list[str]:
    return OBLIGATION.findall(line.reference)
