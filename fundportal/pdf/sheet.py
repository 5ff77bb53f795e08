"""A paper from top to bottom: `Sheet(title=…, language=…).top(…).heading(…).facts(…).finish()`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from fundportal.languages import direction
from fundportal.pdf.bidi import LEFT, isolated
from fundportal.pdf.lines import Type
from fundportal.pdf.marks import draw_mark
from fundportal.pdf.page import Pages
from fundportal.pdf.styles import (
    DOCKET,
    HEADING,
    INK,
    INK_2,
    LEDE,
    NAME,
    SMALL,
    SUBHEADING,
    TEXT,
    TOTAL,
    bar_colour,
)
from fundportal.pdf.tables import Column, draw_facts, draw_table

MARK_SIZE: Final = 30
MEASURE: Final = 410


@dataclass(frozen=True)
class Look:
    """Whose paper it is: the colour key of the fund, and the sentence of the sandbox on every page."""

    theme: str = "house"
    sandbox: str = ""


class Sheet:
    def __init__(self, *, title: str, language: str, look: Look | None = None) -> None:
        self.look = look or Look()
        is_rtl = direction(language) == "rtl"
        self.pages = Pages(title=title, language=language, is_rtl=is_rtl, sandbox=self.look.sandbox)

    def finish(self) -> bytes:
        return self.pages.finish()

    def top(self, name: str, docket: Sequence[str] = ()) -> Self:
        """The mark and the name of the issuer, and at the end of the line what kind of paper it is and its number."""
        pages = self.pages
        lines = pages.fit(name, NAME, 200)
        pages.need(MARK_SIZE)
        top = pages.y
        left = pages.left if pages.direction == LEFT else pages.right - MARK_SIZE
        draw_mark(pages.canvas, self.look.theme, left, top, MARK_SIZE)
        pages.y = top - (MARK_SIZE - len(lines) * NAME.leading) / 2 + 3
        for line in lines:
            pages.skip(NAME.leading)
            pages.draw(line, NAME, INK, MARK_SIZE + 9)
        if docket:
            pages.y = top - MARK_SIZE / 2 - 3.5
            pages.draw(pages.fit(" · ".join(map(isolated, docket)), DOCKET, 220)[0], DOCKET, INK, at_end=True)
        pages.y = top - MARK_SIZE - 26
        return self

    def heading(self, text: str) -> Self:
        return self._block(text, HEADING, after=6)

    def subheading(self, text: str) -> Self:
        self.pages.skip(10)
        return self._block(text, SUBHEADING, after=4)

    def lede(self, text: str) -> Self:
        return self._block(text, LEDE, after=14)

    def paragraph(self, text: str) -> Self:
        self.pages.skip(10)
        return self._block(text, TEXT, after=4, room=MEASURE)

    def small(self, text: str) -> Self:
        self.pages.skip(8)
        return self._block(text, SMALL, after=2, room=MEASURE, is_soft=True)

    def total(self, text: str) -> Self:
        """The sum with two lines under it: it comes from the books and ties to the cent."""
        pages = self.pages
        pages.need(TOTAL.leading + 24)
        line = pages.fit(text, TOTAL)[0]
        pages.skip(TOTAL.leading)
        pages.draw(line, TOTAL, INK)
        left = pages.left if pages.direction == LEFT else pages.right - line.width
        pages.canvas.setStrokeColor(INK)
        pages.canvas.setLineWidth(1.2)
        # Arabic letters reach lower; their lines keep clear of them.
        first = 7 if pages.direction == LEFT else 12
        for drop in (first, first + 3):
            pages.canvas.line(left, pages.y - drop, left + line.width, pages.y - drop)
        pages.skip(24)
        return self

    def facts(self, pairs: Sequence[tuple[str, str]]) -> Self:
        draw_facts(self.pages, pairs)
        self.pages.skip(8)
        return self

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], foot: Sequence[str] = ()) -> Self:
        draw_table(self.pages, columns, rows, foot)
        self.pages.skip(8)
        return self

    def note(self, text: str) -> Self:
        """A paragraph with the fund's colour as a bar along its start."""
        pages = self.pages
        lines = pages.fit(text, TEXT, MEASURE)
        height = len(lines) * TEXT.leading + 10
        pages.need(height + 14)
        pages.skip(14)
        pages.canvas.setFillColor(bar_colour(self.look.theme))
        left = pages.left if pages.direction == LEFT else pages.right - 4
        pages.canvas.rect(left, pages.y - height + 2, 4, height, stroke=0, fill=1)
        pages.skip(2)
        for line in lines:
            pages.skip(TEXT.leading)
            pages.draw(line, TEXT, INK, 14)
        pages.skip(14)
        return self

    def _block(self, text: str, style: Type, *, after: float, room: float | None = None, is_soft: bool = False) -> Self:
        for line in self.pages.fit(text, style, room):
            self.pages.need(style.leading)
            self.pages.skip(style.leading)
            self.pages.draw(line, style, INK_2 if is_soft else INK)
        self.pages.skip(after)
        return self
