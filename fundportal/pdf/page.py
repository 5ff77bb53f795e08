"""One document of A4 pages: where the next line goes, and what stands on every page."""

from io import BytesIO
from typing import Final

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fundportal.pdf import faces
from fundportal.pdf.bidi import LEFT, RIGHT
from fundportal.pdf.lines import SetLine, Type, set_lines
from fundportal.pdf.styles import DOCKET, HAZARD, INK, INK_2, MARGIN_FOOT, MARGIN_SIDE, MARGIN_TOP, SMALL, TEXT

STRIPE_WIDTH: Final = 27
STRIPE_HEIGHT: Final = 10


class Pages:
    """A cursor that moves down the page and starts a new one when the room is used up.

    Built with a fixed date and identifier, so the same data gives the same bytes.
    """

    def __init__(self, *, title: str, language: str, is_rtl: bool, sandbox: str) -> None:
        self.buffer = BytesIO()
        first_font = faces.font(TEXT.face[0]).fontName
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1, lang=language, initialFontName=first_font)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("")
        self.canvas.setProducer("")
        self.direction = RIGHT if is_rtl else LEFT
        self.sandbox = sandbox
        self.number = 1
        self.left, self.right = MARGIN_SIDE, A4[0] - MARGIN_SIDE
        self.y = 0.0
        self._begin()

    @property
    def room(self) -> float:
        return self.right - self.left

    def finish(self) -> bytes:
        self._end()
        self.canvas.save()
        return self.buffer.getvalue()

    def need(self, height: float) -> None:
        """Starts a new page unless this much is left on the present one."""
        if self.y - height < MARGIN_FOOT:
            self._end()
            self.canvas.showPage()
            self.number += 1
            self._begin()

    def skip(self, points: float) -> None:
        self.y -= points

    def fit(self, text: str, style: Type, room: float | None = None) -> list[SetLine]:
        return set_lines(text, style, room or self.room, self.direction)

    def draw(self, line: SetLine, style: Type, colour: Color, start: float = 0, *, at_end: bool = False) -> None:
        """One line at the cursor's height, `start` points from the edge where reading begins (or ends)."""
        from_left = (self.direction == LEFT) != at_end
        x = self.left + start if from_left else self.right - start - line.width
        self.canvas.setFillColor(colour)
        for font, part in faces.runs(style.face, line.glyphs):
            self.canvas.setFont(font, style.size)
            self.canvas.drawString(x, self.y, part)
            x += self.canvas.stringWidth(part, font, style.size)

    def rule(self, colour: Color, thickness: float) -> None:
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(self.left, self.y, self.right, self.y)

    def _begin(self) -> None:
        self.y = A4[1] - MARGIN_TOP
        if self.sandbox:
            self._hazard()
            line = self.fit(self.sandbox, DOCKET, self.room - STRIPE_WIDTH - 8)[0]
            self.draw(line, DOCKET, INK, STRIPE_WIDTH + 8)
            self.skip(24)

    def _hazard(self) -> None:
        """A short striped band: black and yellow, at the start of the line."""
        left = self.left if self.direction == LEFT else self.right - STRIPE_WIDTH
        canvas, foot = self.canvas, self.y - 2
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(left, foot, STRIPE_WIDTH, STRIPE_HEIGHT)
        canvas.clipPath(clip, stroke=0)
        canvas.setFillColor(INK)
        canvas.rect(left, foot, STRIPE_WIDTH, STRIPE_HEIGHT, stroke=0, fill=1)
        canvas.setStrokeColor(HAZARD)
        canvas.setLineWidth(4)
        for step in range(-10, STRIPE_WIDTH + 10, 9):
            canvas.line(left + step, foot - 2, left + step + STRIPE_HEIGHT + 4, foot + STRIPE_HEIGHT + 2)
        canvas.restoreState()

    def _end(self) -> None:
        number = set_lines(str(self.number), SMALL, self.room, self.direction)[0]
        self.y = MARGIN_FOOT - 16
        self.draw(number, SMALL, INK_2, at_end=True)
