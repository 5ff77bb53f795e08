"""Word, Excel and OpenDocument files without macros, without other files inside and without ties to the outside.

Sources: ECMA-376 part 2 (packages and their relationships), OpenDocument 1.3 part 2 (packages).
"""

import re
from itertools import chain
from typing import Final
from zipfile import ZIP_STORED, ZipInfo

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.archives import MOST_UNPACKED, TOO_MANY, open_archive, pieces_of
from fundportal.documents.checks.markup import DEFINES, DEFINITION, MOST_MARKUP, TOO_LONG
from fundportal.documents.checks.packages import (
    FILE_INSIDE,
    MACRO_NAME,
    MACROS,
    MEDIA_TYPE,
    TIED,
    check_manifest,
    check_relationships,
    check_types,
)
from fundportal.documents.checks.signs import ANOTHER_KIND, OLD_OFFICE, PROGRAMS, refuse_known_dangers
from fundportal.documents.kinds import ZIP
from fundportal.documents.unfit import Unfit

# Word keeps the figures of each chart as a small workbook.
MOST_WORKBOOKS: Final = 10
MOST_IN_WORKBOOK: Final = 4 * 1024 * 1024
CHART_FIGURES: Final = re.compile(r"(?:word|xl)/embeddings/[^/]+\.xlsx", re.IGNORECASE)

STARTS_PROGRAM: Final = _("This document starts another program for its figures. Save it as PDF and add that.")
STARTS: Final = re.compile(rb"\bDDEAUTO\b|<(?:\w+:)?ddeLink\b|<(?:\w+:)?(?:plugin|applet|floating-frame)\b")
LOADS: Final = re.compile(
    rb"<(?:draw:(?:image|object|object-ole)|table:table-source|text:section-source)\s[^<>]*"
    rb"xlink:href\s*=\s*[\"'](?:[A-Za-z][\w+.-]*:|//|\.\./)"
)
MARKUP: Final = (".xml", ".rels", ".vml", ".rdf")
OTHER_FILES: Final = (OLD_OFFICE, *PROGRAMS, ZIP, b"Rar!", b"7z\xbc\xaf\x27\x1c", b"%PDF-", b"{\\rtf")
KEPT_BACK: Final = 4096


def check_office(content: bytes, ending: str, *, is_inside: bool = False) -> None:
    """`is_inside` for the figures of a chart, which may hold no figures of charts of their own."""
    parts = open_archive(content, most=MOST_UNPACKED // MOST_WORKBOOKS if is_inside else MOST_UNPACKED)
    _check_shape(content, parts, ending)
    workbooks = [part for part in parts if CHART_FIGURES.fullmatch(part.filename)]
    if len(workbooks) > MOST_WORKBOOKS:
        raise Unfit(TOO_MANY)
    for part in parts:
        if part in workbooks and not is_inside:
            check_office(_whole(content, part, MOST_IN_WORKBOOK), "xlsx", is_inside=True)
        else:
            _check_part(content, part, ending)


def _check_shape(content: bytes, parts: list[ZipInfo], ending: str) -> None:
    """Whether it is what its name says, as far as the list of its parts tells."""
    names = {part.filename for part in parts}
    if any(MACRO_NAME.search(name) for name in names):
        raise Unfit(MACROS)
    if ending not in MEDIA_TYPE:
        if "[Content_Types].xml" not in names:
            raise Unfit(ANOTHER_KIND)
        return
    first = parts[0]
    says = _whole(content, first, MOST_MARKUP) if first.filename == "mimetype" else b""
    is_so = first.compress_type == ZIP_STORED and says == MEDIA_TYPE[ending].encode()
    if not is_so or "META-INF/manifest.xml" not in names:
        raise Unfit(ANOTHER_KIND)


def _check_part(content: bytes, part: ZipInfo, ending: str) -> None:
    """One pass over what it holds; what crosses from one piece to the next is seen too."""
    tail = b""
    for piece in chain(pieces_of(content, part), [b""]):
        if not tail and piece.startswith(OTHER_FILES):
            raise Unfit(FILE_INSIDE)
        _refuse_dangers(tail + piece, part.filename)
        tail = piece[-KEPT_BACK:]
    if part.filename == "[Content_Types].xml":
        check_types(_whole(content, part, MOST_MARKUP), ending)
    elif part.filename.endswith(".rels"):
        check_relationships(_whole(content, part, MOST_MARKUP))
    elif part.filename == "META-INF/manifest.xml":
        check_manifest(_whole(content, part, MOST_MARKUP))


def _refuse_dangers(piece: bytes, name: str) -> None:
    refuse_known_dangers(piece)
    if not name.lower().endswith(MARKUP):
        return
    if DEFINITION.search(piece):
        raise Unfit(DEFINES)
    if STARTS.search(piece):
        raise Unfit(STARTS_PROGRAM)
    if LOADS.search(piece):
        raise Unfit(TIED)


def _whole(content: bytes, part: ZipInfo, most: int) -> bytes:
    if part.file_size > most:
        raise Unfit(TOO_LONG)
    return b"".join(pieces_of(content, part))
