"""PDF without what acts by itself: scripts, programs to start, forms that send, files packed inside.

Read as ISO 32000-1 writes it, without drawing a page: every such act is a name (§7.3.5) in a dictionary, which stands
in the file as it is or in an object stream (§7.5.7), compressed.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.signs import (
    HAS_PASSWORD,
    refuse_hidden_archive,
    refuse_known_dangers,
)
from fundportal.documents.unfit import Unfit

MOST_UNFOLDED: Final = 24 * 1024 * 1024
MOST_ESCAPES: Final = 50_000
MOST_STREAMS: Final = 200_000
END: Final = b"%%EOF"
BLANKS: Final = b"\x00\t\n\x0c\r\x1a "

CUT_OFF: Final = _("This PDF stops before its end. Save or load it again, then add it.")
SOMETHING_BEHIND: Final = _("Something else hangs behind the end of this PDF. Print it to PDF and add that.")
RUNS_CODE: Final = _("This PDF runs a script when it is opened or filled in. Print it to PDF and add that.")
STARTS_PROGRAM: Final = _("This PDF starts another program or file. Print it to PDF and add that.")
HOLDS_FILES: Final = _("Other files are packed inside this PDF. Add them one by one, and print the PDF anew to PDF.")
SENDS: Final = _("This PDF form sends what is typed to an address of its own. Print it to PDF and add that.")
HOLDS_MEDIA: Final = _("This PDF holds films or sound. Print it to PDF and add that.")
FORM_OF_ONE_MAKER: Final = _("This PDF form opens in one maker's program only. Print it to PDF and add that.")
CANNOT_LOOK: Final = _("This PDF is built so that it cannot be looked through. Print it to PDF and add that.")

NAMES: Final = {
    b"Encrypt": HAS_PASSWORD,
    b"JavaScript": RUNS_CODE,
    b"Rendition": RUNS_CODE,
    b"Launch": STARTS_PROGRAM,
    b"GoToE": STARTS_PROGRAM,
    b"EmbeddedFile": HOLDS_FILES,
    b"EmbeddedFiles": HOLDS_FILES,
    b"FileAttachment": HOLDS_FILES,
    b"SubmitForm": SENDS,
    b"ImportData": SENDS,
    b"RichMedia": HOLDS_MEDIA,
}
NAME: Final = re.compile(rb"/(" + b"|".join(sorted(NAMES, reverse=True)) + rb")(?![\w.-])")
# Three letters turn up in pictures by chance; with what must follow them they do not.
FORM: Final = re.compile(rb"/XFA\s*(?:\[|\d+\s+\d+\s+R)")
ESCAPED_NAME: Final = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*#[0-9a-fA-F]{2}[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
LONGEST_NAME: Final = 64
ESCAPED: Final = re.compile(rb"#([0-9a-fA-F]{2})")
STREAM: Final = re.compile(rb"(end)?stream(\r?\n)?")


def check_pdf(content: bytes) -> None:
    end = content.rfind(END)
    if end < 0:
        raise Unfit(CUT_OFF)
    if content[end + len(END) :].strip(BLANKS):
        raise Unfit(SOMETHING_BEHIND)
    refuse_hidden_archive(content)
    _refuse_acts(content)
    for objects in _object_streams(content):
        _refuse_acts(objects)
        refuse_known_dangers(objects)


def _refuse_acts(content: bytes) -> None:
    found = {match[1] for match in NAME.finditer(content)}
    found |= {name for name in _escaped_names(content) if name in NAMES}
    for name, sentence in NAMES.items():
        if name in found:
            raise Unfit(sentence)
    if FORM.search(content) or b"XFA" in _escaped_names(content):
        raise Unfit(FORM_OF_ONE_MAKER)


def _escaped_names(content: bytes) -> Iterator[bytes]:
    """/J#61vaScript is another way to write /JavaScript."""
    for number, match in enumerate(ESCAPED_NAME.finditer(content)):
        if number > MOST_ESCAPES:
            raise Unfit(CANNOT_LOOK)
        yield ESCAPED.sub(lambda escaped: bytes.fromhex(escaped[1].decode()), match[1][:LONGEST_NAME])


def _names(described: bytes, name: bytes) -> bool:
    return b"/" + name in described or name in _escaped_names(described)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The dictionaries that stand compressed; MOST_UNFOLDED bytes of them in all."""
    left = MOST_UNFOLDED
    for described, packed in _streams(content):
        is_certain = _names(described, b"ObjStm")
        if is_certain and _names(described, b"Predictor"):
            raise Unfit(CANNOT_LOOK)
        if is_certain or _names(described, b"First"):
            objects = _inflate(packed, most=left, is_certain=is_certain)
            left -= len(objects)
            yield objects


def _streams(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream, up to the one before it, and what the stream holds."""
    words = ((match.start(), match.end(), bool(match[1])) for match in STREAM.finditer(content))
    before = 0
    for number, (word, (following, _end, _is_end)) in enumerate(pairwise(chain(words, [(len(content), 0, True)]))):
        if number > MOST_STREAMS:
            raise Unfit(CANNOT_LOOK)
        start, end, is_end = word
        if not is_end:
            yield content[before:start], content[end:following]
        before = end


def _inflate(packed: bytes, *, most: int, is_certain: bool) -> bytes:
    """Raises Unfit when it is more than `most`, or, for what is certainly an object stream, packed in another way."""
    engine = zlib.decompressobj()
    try:
        objects = engine.decompress(packed, most + 1)
    except zlib.error:
        objects = b""
    if len(objects) > most or (is_certain and not objects):
        raise Unfit(CANNOT_LOOK)
    return objects
