"""Pairs and tables on hairlines; amounts align at the end of the line and never break."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fundportal.pdf.lines import SetLine, Type
from fundportal.pdf.page import Pages
from fundportal.pdf.styles import HAIR, INK, INK_2, SMALL, STRONG, TEXT

PAD: Final = 6
GAP: Final = 10
TERM_SHARE: Final = 0.32


@dataclass(frozen=True)
class Column:
    """A column's heading and its share of the width; `is_number` aligns it at its end."""

    label: str
    share: float
    is_number: bool = False


def draw_facts(pages: Pages, pairs: Sequence[tuple[str, str]]) -> None:
    """Term and value, one hairline under each pair."""
    term_room = pages.room * TERM_SHARE
    for term, value in pairs:
        terms = pages.fit(term, TEXT, term_room - GAP)
        values = pages.fit(value, STRONG, pages.room - term_room)
        pages.need(max(len(terms), len(values)) * TEXT.leading + 2 * PAD)
        pages.skip(PAD)
        top = pages.y
        _draw_stack(pages, terms, TEXT, 0)
        under_terms, pages.y = pages.y, top
        for line in values:
            pages.skip(STRONG.leading)
            pages.draw(line, STRONG, INK, term_room)
        pages.y = min(under_terms, pages.y) - PAD
        pages.rule(HAIR, 0.6)


def _draw_stack(pages: Pages, lines: Sequence[SetLine], style: Type, start: float) -> None:
    for line in lines:
        pages.skip(style.leading)
        pages.draw(line, style, INK_2, start)


def draw_table(
    pages: Pages, columns: Sequence[Column], rows: Sequence[Sequence[str]], foot: Sequence[str] = ()
) -> None:
    """A head over a strong rule, rows on hairlines, a foot with the accountant's two lines."""
    _draw_row(pages, columns, [column.label for column in columns], SMALL)
    pages.rule(INK, 1.4)
    for row in rows:
        _draw_row(pages, columns, row, TEXT)
        pages.rule(HAIR, 0.6)
    if foot:
        pages.rule(INK, 1.4)
        _draw_row(pages, columns, foot, STRONG)
        pages.rule(INK, 0.9)
        pages.skip(2.2)
        pages.rule(INK, 0.9)


def _draw_row(pages: Pages, columns: Sequence[Column], row: Sequence[str], style: Type) -> None:
    total = sum(column.share for column in columns)
    rooms = [pages.room * column.share / total for column in columns]
    cells = [pages.fit(text, style, room - GAP) for text, room in zip(row, rooms, strict=True)]
    pages.need(max(map(len, cells)) * style.leading + 2 * PAD)
    top, lowest, start = pages.y - PAD, pages.y - PAD, 0.0
    for column, lines, room in zip(columns, cells, rooms, strict=True):
        pages.y = top
        for line in lines:
            pages.skip(style.leading)
            pages.draw(line, style, INK, start + room - line.width if column.is_number else start)
        lowest, start = min(lowest, pages.y), start + room
    pages.y = lowest - PAD
