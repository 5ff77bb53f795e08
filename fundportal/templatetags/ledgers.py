"""Tables and pairs on hairlines. A view hands over a Ledger; on a phone each row becomes a sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fundportal.money import Money
from fundportal.templatetags.figures import money, underlined
from fundportal.templatetags.library import register
from fundportal.templatetags.lists import Badge


@dataclass(frozen=True)
class Column:
    label: object
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: a text, an amount or a badge; a link; a softer second line; how sure the figure is."""

    value: object = ""
    url: str = ""
    detail: object = ""
    sure: str = ""

    @property
    def is_empty(self) -> bool:
        """An empty cell stays blank in a row, and is left out of a sheet on a phone."""
        return self.value == "" and self.detail == ""

    @property
    def is_badge(self) -> bool:
        return isinstance(self.value, Badge)

    @property
    def shown(self) -> object:
        value = money(self.value) if isinstance(self.value, Money) else self.value
        return underlined(value, self.sure) if self.sure else value


@dataclass(frozen=True)
class Ledger:
    """A caption, columns, rows whose first cell names the row, and a foot with the sums.

    The foot is double-ruled when its sums come from the books; `is_loose` dots it when they do not.
    """

    caption: object
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    is_loose: bool = False
    has_hidden_caption: bool = False

    @property
    def lines(self) -> list["Line"]:
        return [Line(self.columns, row) for row in self.rows]

    @property
    def foot_line(self) -> "Line | None":
        return Line(self.columns, self.foot) if self.foot else None


@dataclass(frozen=True)
class Line:
    columns: Sequence[Column]
    cells: Sequence[Cell] = field(default_factory=tuple)

    @property
    def head(self) -> Cell:
        return self.cells[0]

    @property
    def rest(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns[1:], self.cells[1:], strict=True))


@register.inclusion_tag("components/ledger.html")
def ledger(table: Ledger) -> dict[str, Any]:
    return {"table": table, "foot": table.foot_line}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[tuple[object, object]], kind: str = "") -> dict[str, Any]:
    """Term and value on hairlines; kind "money" aligns amounts at the end and never breaks them."""
    shown = [(term, money(value) if isinstance(value, Money) else value) for term, value in pairs]
    return {"pairs": shown, "is_money": kind == "money"}
