"""The funds' marks as shapes on a grid of 40; the same pictures as static/fundportal/marks/*.svg."""

from collections.abc import Callable
from typing import Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from fundportal.pdf.styles import INK, WHITE, bar_colour

GRID: Final = 40
Points = tuple[tuple[float, float], ...]


def draw_mark(canvas: Canvas, theme: str, left: float, top: float, size: float) -> None:
    """Draws into a square; the grid runs downwards like the SVG's."""
    canvas.saveState()
    canvas.translate(left, top)
    canvas.scale(size / GRID, -size / GRID)
    MARKS.get(theme, _house)(canvas)
    canvas.restoreState()


def _shape(canvas: Canvas, colour: Color, points: Points) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour)
    canvas.drawPath(path, stroke=0, fill=1)


def _square(canvas: Canvas, colour: Color, corner: tuple[float, float], width: float, height: float) -> None:
    canvas.setFillColor(colour)
    canvas.rect(*corner, width, height, stroke=0, fill=1)


def _disc(canvas: Canvas, colour: Color, centre: tuple[float, float], radius: float) -> None:
    canvas.setFillColor(colour)
    canvas.circle(*centre, radius, stroke=0, fill=1)


def _house(canvas: Canvas) -> None:
    _square(canvas, INK, (0, 0), 40, 40)
    canvas.setStrokeColor(WHITE)
    canvas.setLineWidth(1.6)
    canvas.rect(3, 3, 34, 34, stroke=1, fill=0)
    for top, height in ((9, 11), (24, 2.4), (29, 2.4)):
        _square(canvas, WHITE, (9, top), 22, height)


def _steps(canvas: Canvas) -> None:
    _square(canvas, INK, (0, 0), 40, 40)
    _square(canvas, bar_colour("bicf"), (13, 6), 14, 13)
    stair = ((12, 21), (28, 21), (28, 25), (32, 25), (32, 29), (36, 29))
    _shape(canvas, WHITE, (*stair, (36, 34), (4, 34), (4, 29), (8, 29), (8, 25), (12, 25)))
    _square(canvas, INK, (19, 12.2), 2, 6.8)


def _horizon(canvas: Canvas) -> None:
    _disc(canvas, INK, (20, 20), 20)
    canvas.setStrokeColor(bar_colour("gcf"))
    canvas.setLineWidth(3)
    canvas.bezier(3, 24.5, 14, 18, 26, 18, 37, 24.5)
    _disc(canvas, WHITE, (20, 12), 5)
    for centre, colour in (((10, 29), bar_colour("gcf")), ((20, 27), WHITE), ((30, 29), bar_colour("gcf"))):
        _disc(canvas, colour, centre, 3.4)


def _bricks(canvas: Canvas) -> None:
    _square(canvas, INK, (0, 0), 40, 40)
    for corner, colour in (
        ((7, 7), bar_colour("cla")),
        ((22, 22), bar_colour("cla")),
        ((22, 7), WHITE),
        ((7, 22), WHITE),
    ):
        _square(canvas, colour, corner, 11, 11)


def _chamber(canvas: Canvas) -> None:
    _square(canvas, INK, (0, 0), 40, 40)
    canvas.setLineWidth(3.4)
    for radius, colour in ((14.5, bar_colour("paris")), (8.5, WHITE)):
        canvas.setStrokeColor(colour)
        canvas.arc(20 - radius, 29 - radius, 20 + radius, 29 + radius, 180, 180)
    _disc(canvas, bar_colour("paris"), (20, 28), 2.8)


def _stripes(canvas: Canvas) -> None:
    _square(canvas, INK, (0, 0), 40, 40)
    colour = bar_colour("practice")
    _shape(canvas, colour, ((7, 33), (33, 7), (33, 16), (16, 33)))
    _shape(canvas, colour, ((7, 20), (20, 7), (29, 7), (7, 29)))
    _shape(canvas, colour, ((25, 33), (33, 25), (33, 33)))


MARKS: Final[dict[str, Callable[[Canvas], None]]] = {
    "bicf": _steps,
    "gcf": _horizon,
    "cla": _bricks,
    "paris": _chamber,
    "practice": _stripes,
}
