"""Breaks a paragraph into lines that fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from fundportal.pdf.bidi import base_direction, visual
from fundportal.pdf.faces import Face, width


@dataclass(frozen=True)
class Type:
    """How a text is set: a face, its size and the distance of its lines, in points."""

    face: Face
    size: float
    leading: float


@dataclass(frozen=True)
class SetLine:
    """One line as it is drawn, from left to right, and the points it takes."""

    glyphs: str
    width: float


def set_lines(text: str, style: Type, room: float, direction: str) -> list[SetLine]:
    """The lines of a text, at most `room` points wide; `direction` (L or R) counts where the text has no letters."""
    lines = []
    for paragraph in text.splitlines() or [""]:
        base = base_direction(paragraph, direction)
        for line in _broken(paragraph, style, room, base):
            glyphs = visual(line, base)
            lines.append(SetLine(glyphs, width(style.face, style.size, glyphs)))
    return lines


def _broken(paragraph: str, style: Type, room: float, base: str) -> Iterator[str]:
    """Lines in reading order. Breaks at spaces, never at no-break spaces; a longer word breaks where it must."""
    line = ""
    for word in _words(paragraph, style, room, base):
        longer = f"{line} {word}" if line else word
        if line and _wide(longer, style, base) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _words(paragraph: str, style: Type, room: float, base: str) -> Iterator[str]:
    for word in paragraph.split(" "):
        rest = word
        while len(rest) > 1 and _wide(rest, style, base) > room:
            cut = next((n for n in range(len(rest) - 1, 1, -1) if _wide(rest[:n], style, base) <= room), 1)
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest


def _wide(text: str, style: Type, base: str) -> float:
    return width(style.face, style.size, visual(text, base))
