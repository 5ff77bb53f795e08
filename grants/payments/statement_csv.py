"""A bank's statement as a table in text: what each line says, or where it cannot be read.

Columns by name, in any order, parted by commas, semicolons or tabs: booked_on (2026-11-30), amount (-1234.50 out,
1234.50 in), currency, reference, counterparty, bank_id (the bank's own number of the line).
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Final

from django.utils.translation import gettext as _

from fundportal.money import Money

COLUMNS: Final = ("booked_on", "amount", "currency", "reference", "counterparty", "bank_id")
LONGEST: Final = {"reference": 300, "counterparty": 200, "bank_id": 80}
MOST_LINES: Final = 2000
MOST_DIGITS: Final = 12
AMOUNT: Final = re.compile(rf"([+\-\u2212]?)(\d{{1,{MOST_DIGITS}}})(?:[.,](\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadLine:
    booked_on: date
    amount: Money
    reference: str
    counterparty: str
    bank_id: str


@dataclass(frozen=True, slots=True)
class LineError:
    """`row` counts from 1 with the heading; `column` is empty when the sentence is about the whole row."""

    row: int
    column: str
    sentence: str


class _UnreadableError(ValueError):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _EmptyError(ValueError):
    pass


Rows = list[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines by their row, in the order of the file; whoever uses them looks at the errors first."""

    lines: dict[int, ReadLine]
    errors: list[LineError]


def read_statement(text: str, *, currency: str, today: date) -> Reading:
    """Every error at once, so that a file is mended in one go."""
    try:
        rows = _rows(text)
    except _UnreadableError as fault:
        return Reading({}, [LineError(1, "", fault.sentence)])
    lines: dict[int, ReadLine] = {}
    errors: list[LineError] = []
    for number, cells in rows:
        faults = [LineError(number, column, sentence) for column, sentence in _faults(cells, currency, today)]
        errors += faults
        if not faults:
            lines[number] = _line(cells, currency)
    return Reading(lines, sorted([*errors, *_twice(lines)], key=lambda error: error.row))


def _rows(text: str) -> Rows:
    """Raises _UnreadableError when the table as a whole cannot be read. Empty rows are passed over."""
    head = text.lstrip("\ufeff").lstrip().partition("\n")[0]
    separator = max(",;\t", key=head.count)
    table = csv.reader(StringIO(text.lstrip("\ufeff").strip()), delimiter=separator)
    try:
        rows = [(table.line_num, [cell.strip() for cell in cells]) for cells in table]
    except csv.Error as fault:
        raise _UnreadableError(_("This is not a table of lines. Save the statement as CSV.")) from fault
    names = [name.casefold().replace(" ", "_") for name in rows[0][1]] if rows else []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        sentence = _("The first row names the columns. These are missing: %(names)s.")
        raise _UnreadableError(sentence % {"names": ", ".join(missing)})
    found = [(number, dict(zip(names, cells, strict=False))) for number, cells in rows[1:] if any(cells)]
    if not found:
        raise _UnreadableError(_("There are no lines below the names of the columns."))
    if len(found) > MOST_LINES:
        sentence = _("At most %(most)d lines are read at a time. Split the file.")
        raise _UnreadableError(sentence % {"most": MOST_LINES})
    return found


def _faults(cells: dict[str, str], currency: str, today: date) -> Iterator[tuple[str, str]]:
    for column in ("booked_on", "amount", "currency", "bank_id"):
        if not cells.get(column):
            yield column, _("This is empty.")
    for column, most in LONGEST.items():
        if len(cells.get(column, "")) > most:
            yield column, _("This is longer than %(most)d characters.") % {"most": most}
    if cells.get("currency", "").upper() not in {"", currency}:
        yield "currency", _("This account is kept in %(currency)s.") % {"currency": currency}
    yield from _unreadable("booked_on", lambda: _day(cells.get("booked_on", ""), today))
    yield from _unreadable("amount", lambda: _amount(cells.get("amount", ""), currency))


def _unreadable(column: str, read: Callable[[], object]) -> Iterator[tuple[str, str]]:
    """An empty cell has been named already."""
    try:
        read()
    except _EmptyError:
        return
    except _UnreadableError as fault:
        yield column, fault.sentence


def _line(cells: dict[str, str], currency: str) -> ReadLine:
    return ReadLine(
        date.fromisoformat(cells["booked_on"]),
        _amount(cells["amount"], currency),
        cells.get("reference", ""),
        cells.get("counterparty", ""),
        cells["bank_id"],
    )


def _day(text: str, today: date) -> date:
    if not text:
        raise _EmptyError
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise _UnreadableError(_("Write the day like 2026-11-30.")) from fault
    if day > today:
        raise _UnreadableError(_("This day has not come yet."))
    return day


def _amount(text: str, currency: str) -> Money:
    if not text:
        raise _EmptyError
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise _UnreadableError(_("Write the amount like -1234.50, without separators of thousands."))
    sign, whole, decimals = found.groups()
    try:
        money = Money.from_decimal(Decimal(f"{whole}.{decimals or 0}"), currency)
    except ValueError as fault:
        raise _UnreadableError(_("This has more decimals than the currency.")) from fault
    if money.is_zero:
        raise _UnreadableError(_("A line moves money, and this is nothing."))
    return money if sign in {"", "+"} else -money


def _twice(lines: dict[int, ReadLine]) -> Iterator[LineError]:
    seen: dict[str, int] = {}
    for number, line in lines.items():
        first = seen.setdefault(line.bank_id, number)
        if first != number:
            sentence = _("Row %(row)d has this number too. The bank gives every line its own.")
            yield LineError(number, "bank_id", sentence % {"row": first})
