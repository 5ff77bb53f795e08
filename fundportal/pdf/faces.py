"""The faces of a paper, and for every character the first font that has it."""

from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import normalize

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS_DIR: Final = Path(__file__).parent / "fonts"
# Each face with the fonts that help out where it has no glyph, in the order in which they are asked.
REGULAR: Final = ("PortalSans-Regular", "NotoSansArabic-Regular", "NotoSansEthiopic-Regular")
BOLD: Final = ("PortalSans-Bold", "NotoSansArabic-Bold", "NotoSansEthiopic-Bold")
DISPLAY: Final = ("Besley-SemiBold", *BOLD)
NO_GLYPH: Final = "?"
# Spaces and hyphens that only forbid a line break; the fonts draw the plain ones.
PLAIN_FORMS: Final = {"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u2192": "\u203a", "\t": " "}

Face = tuple[str, ...]


@cache
def font(name: str) -> TTFont:
    font = TTFont(name, str(FONTS_DIR / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def has_glyph(font_name: str, character: str) -> bool:
    return ord(character) in font(font_name).face.charToGlyph


@cache
def drawn(face: Face, character: str) -> tuple[str, str]:
    """The font and the character that stand for this one: itself, its plain form, or a question mark."""
    for candidate in (character, PLAIN_FORMS.get(character, ""), normalize("NFKC", character), NO_GLYPH):
        if candidate:
            for name in face:
                if all(has_glyph(name, part) for part in candidate):
                    return name, candidate
    return face[0], NO_GLYPH


def runs(face: Face, text: str) -> list[tuple[str, str]]:
    """Visual text cut into stretches of one font each."""
    found: list[tuple[str, str]] = []
    for character in text:
        name, glyphs = drawn(face, character)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + glyphs)
        else:
            found.append((name, glyphs))
    return found


def width(face: Face, size: float, text: str) -> float:
    """Points that the visual text takes."""
    return sum(pdfmetrics.stringWidth(part, font(name).fontName, size) for name, part in runs(face, text))
