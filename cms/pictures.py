"""Where the marks of a picture stand. Pictures count, they never decorate; the drawing itself is in the templates."""

import math
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NORMAL_SHAPE: Final = 1.8
WIDE_SHAPE: Final = 3.0
FEW: Final = 60
A1, A2, A3, A4, M = 1.340264, -0.081106, 0.000893, 0.003796, math.sqrt(3) / 2


class Shape(TextChoices):
    DOT = "dot", _("a dot")
    CLOCK = "clock", _("a clock")


# Distance between two marks and their radius, in units of the drawing.
SIZES: Final = {"small": (11.0, 4.0), "large": (22.0, 9.2)}


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    is_on: bool


@dataclass(frozen=True)
class Marks:
    width: float
    height: float
    radius: float
    is_clock: bool
    marks: tuple[Mark, ...]


def marks(total: int, filled: int, *, drawn_as: Shape = Shape.DOT, width_to_height: float = NORMAL_SHAPE) -> Marks:
    """Rows of marks in reading order, the filled ones first; the columns make the picture about as wide as asked."""
    columns = max(1, math.ceil(math.sqrt(total * width_to_height)))
    rows = math.ceil(total / columns)
    step, radius = SIZES["large" if drawn_as == Shape.CLOCK or total <= FEW else "small"]
    placed = tuple(
        Mark(index % columns * step + step / 2, index // columns * step + step / 2, index < filled)
        for index in range(total)
    )
    return Marks(min(columns, total) * step, rows * step, radius, drawn_as == Shape.CLOCK, placed)


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to units of our world map, 1000 wide and 436 high.

    Equal Earth: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", 2018; scaled and moved to the
    map's own box. Amman (35.93, 31.95) is (592.5, 125.1).
    """
    t = math.asin(M * math.sin(math.radians(latitude)))
    q = t * t
    x = math.radians(longitude) * math.cos(t) / (M * (A1 + 3 * A2 * q + q**3 * (7 * A3 + 9 * A4 * q)))
    y = t * (A1 + A2 * q + q**3 * (A3 + A4 * q))
    return round(500 + 184.7316 * x, 1), round(241.3912 - 184.7316 * y, 1)
