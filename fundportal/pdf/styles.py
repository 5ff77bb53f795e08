"""Sizes and colours of a paper: those of the screen, in points, light only."""

from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.units import mm

from fundportal.pdf.faces import BOLD, DISPLAY, REGULAR
from fundportal.pdf.lines import Type

INK: Final = HexColor("#14181a")
INK_2: Final = HexColor("#475156")
HAIR: Final = HexColor("#c8d0cb")
WHITE: Final = HexColor("#ffffff")
HAZARD: Final = HexColor("#ffc933")
BARS: Final = {
    "bicf": HexColor("#ffc933"),
    "gcf": HexColor("#7fcfb4"),
    "cla": HexColor("#f89d7f"),
    "paris": HexColor("#e6b8d5"),
    "practice": HexColor("#cfdc6a"),
    "house": HexColor("#b9c5be"),
}

MARGIN_SIDE: Final = 22 * mm
MARGIN_TOP: Final = 18 * mm
MARGIN_FOOT: Final = 20 * mm

TEXT: Final = Type(REGULAR, 10.5, 15)
STRONG: Final = Type(BOLD, 10.5, 15)
SMALL: Final = Type(REGULAR, 8.5, 12)
DOCKET: Final = Type(BOLD, 9.5, 13)
LEDE: Final = Type(REGULAR, 12.5, 17.5)
NAME: Final = Type(DISPLAY, 11, 13)
HEADING: Final = Type(DISPLAY, 25, 28)
SUBHEADING: Final = Type(DISPLAY, 13, 18)
TOTAL: Final = Type(DISPLAY, 30, 34)


def bar_colour(theme: str) -> Color:
    return BARS.get(theme, BARS["house"])
