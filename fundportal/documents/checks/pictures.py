"""JPEG and PNG, walked piece by piece without drawing them: nothing to overflow, and no more memory than the file."""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundportal.documents.checks.signs import END_OF_ZIP, refuse_hidden_archive
from fundportal.documents.unfit import Unfit

MOST_PIXELS: Final = 64_000_000
MOST_SEGMENTS: Final = 20_000
CUT_OFF: Final = gettext_lazy("This picture stops before its end. Load it again from the camera or phone, then add it.")
DAMAGED: Final = gettext_lazy("This picture is damaged. Open it, save it again as JPEG or PNG and add that.")
SOMETHING_BEHIND: Final = gettext_lazy("Something else hangs behind this picture. Open it, save it again and add that.")

# JPEG (ITU T.81): every segment is FF, a marker, and mostly its own length.
MARK: Final = 0xFF
START_OF_FRAME: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9
ALONE: Final = frozenset(range(0xD0, 0xD9)) | {0x01}
AFTER_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
# Phones add a second picture, a short film or their own notes behind the first; those are binary and begin so.
PLAIN_TEXT: Final = re.compile(rb"[\t\n\r\x20-\x7e]{16,}|\s*(?:\*/|/\*|<|#!|%PDF|Rar!|MZ|\x7fELF|PK)")

PNG_HEADER: Final = 8


def check_jpeg(content: bytes) -> None:
    end = 0
    for marker, start, length in _segments(content):
        if marker in START_OF_FRAME:
            _refuse_flood(content[start + 3 : start + 7], "HH")
        end = start + length
    behind = content[end:].strip(b"\x00\r\n ")
    if PLAIN_TEXT.match(behind) or END_OF_ZIP in behind:
        raise Unfit(SOMETHING_BEHIND)
    refuse_hidden_archive(content)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, where its content starts, length) up to the end of the image; raises Unfit when that never comes."""
    at = 2
    for _turn in range(MOST_SEGMENTS):
        if at + 4 > len(content):
            break
        if content[at] != MARK:
            raise Unfit(DAMAGED)
        marker = content[at + 1]
        if marker == MARK:  # filling
            at += 1
            continue
        length = 0 if marker in ALONE else int.from_bytes(content[at + 2 : at + 4])
        yield marker, at + 2, length
        at += 2 + length
        if marker == START_OF_SCAN:
            at = _after_scan(content, at)
        if content[at : at + 2] == b"\xff\xd9":
            yield END_OF_IMAGE, at + 2, 0
            return
    raise Unfit(CUT_OFF)


def _after_scan(content: bytes, at: int) -> int:
    found = AFTER_SCAN.search(content, at)
    if not found:
        raise Unfit(CUT_OFF)
    return found.end() - 2


def check_png(content: bytes) -> None:
    at = PNG_HEADER
    while at + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        if len(body) < length:
            break
        if zlib.crc32(name + body).to_bytes(4) != content[at + 8 + length : at + 12 + length]:
            raise Unfit(DAMAGED)
        if name == b"IHDR":
            _refuse_flood(body[:8], "II")
        at += 12 + length
        if name == b"IEND":
            _refuse_behind(content[at:])
            return
    raise Unfit(CUT_OFF)


def _refuse_behind(rest: bytes) -> None:
    if rest.strip(b"\x00\r\n "):
        raise Unfit(SOMETHING_BEHIND)


def _refuse_flood(sides: bytes, layout: str) -> None:
    """A small file can name a size that fills the memory of whoever opens it."""
    try:
        one, other = struct.unpack(f">{layout}", sides)
    except struct.error:
        raise Unfit(DAMAGED) from None
    if one * other > MOST_PIXELS:
        words = _("This picture has more than %(most)d million dots. Save it smaller and add it again.")
        raise Unfit(words % {"most": MOST_PIXELS // 1_000_000})
    if not one * other:
        raise Unfit(DAMAGED)
