"""The zip that every Word, Excel and OpenDocument file is, opened with suspicion (PKWARE's APPNOTE 6.3).

Nothing is written anywhere. A part is unpacked a piece at a time and measured as it comes, since what an archive says
of its own sizes is only a claim; so a small file that unfolds to a huge one is seen before it has.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.signs import HAS_PASSWORD
from fundportal.documents.unfit import Unfit

MOST_PARTS: Final = 3000
MOST_DIRECTORY: Final = 512 * 1024
MOST_UNPACKED: Final = 150 * 1024 * 1024
MOST_TIMES: Final = 120
ALWAYS_FINE: Final = 4 * 1024 * 1024
PIECE: Final = 1024 * 1024
LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
END_RECORD: Final = struct.Struct("<4s4H2LH")
IS_ENCRYPTED: Final = 0x1
FIRST_PRINTABLE: Final = " "

DAMAGED: Final = _("This file is damaged or stops before its end. Open it, save it again and add that.")
NOT_ALONE: Final = _("Something else is hidden before or behind this document. Save it anew as PDF and add that.")
TOO_MANY: Final = _("This document is packed from more pieces than any real one. Save it as PDF and add that.")
UNFOLDS: Final = _("This small file unfolds to a huge one, so it was not opened. Save it as PDF and add that.")
OVERLAPS: Final = _(
    "Pieces of this document lie over one another, which no real one does. Save it as PDF and add that."
)
STRAY_NAME: Final = _("This document names pieces outside itself. Save it anew as PDF and add that.")


def open_archive(content: bytes, *, most: int = MOST_UNPACKED) -> list[zipfile.ZipInfo]:
    """The parts in the order in which they lie, after every check that needs no unpacking. Raises Unfit."""
    _check_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = sorted(archive.infolist(), key=lambda part: part.header_offset)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError):
        raise Unfit(DAMAGED) from None
    _check_names(parts)
    _check_places(parts)
    for part in parts:
        if part.flag_bits & IS_ENCRYPTED:
            raise Unfit(HAS_PASSWORD)
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Unfit(DAMAGED)
    _check_claims(parts, size=len(content), most=most)
    return parts


def _check_end(content: bytes) -> None:
    """The directory has to be small before it is read, and the archive has to end where the file ends."""
    start = len(content) - END_RECORD.size
    if start < 0:
        raise Unfit(DAMAGED)
    sign, _disk, _other, here, in_all, size, offset, comment = END_RECORD.unpack_from(content, start)
    if sign != b"PK\x05\x06":
        raise Unfit(NOT_ALONE if b"PK\x05\x06" in content else DAMAGED)
    if here > MOST_PARTS or size > MOST_DIRECTORY:
        raise Unfit(TOO_MANY)
    if here != in_all or comment or offset + size != start:
        raise Unfit(NOT_ALONE)


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.orig_filename for part in parts]
    if len({name.lower() for name in names}) < len(names):
        raise Unfit(OVERLAPS)
    if any(_is_stray(name) for name in names):
        raise Unfit(STRAY_NAME)


def _is_stray(name: str) -> bool:
    is_absolute = name.startswith("/") or name[1:2] == ":"
    is_unclear = "\\" in name or any(sign < FIRST_PRINTABLE for sign in name)
    return is_absolute or is_unclear or ".." in name.split("/")


def _check_places(parts: list[zipfile.ZipInfo]) -> None:
    """Each part after the one before it, the first at the very start."""
    if not parts or parts[0].header_offset != 0:
        raise Unfit(NOT_ALONE)
    for part, following in pairwise(parts):
        if part.header_offset + LOCAL_HEADER.size + part.compress_size > following.header_offset:
            raise Unfit(OVERLAPS)


def _check_claims(parts: list[zipfile.ZipInfo], *, size: int, most: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > most or unpacked > max(ALWAYS_FINE, size * MOST_TIMES):
        raise Unfit(UNFOLDS)


def pieces_of(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the part holds, at most PIECE bytes at a time. Raises Unfit when that is not what its header claims."""
    size = checksum = 0
    try:
        for piece in _unpacked(_packed(content, part), part.compress_type):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > part.file_size:
                raise Unfit(UNFOLDS)
            yield piece
    except zlib.error:
        raise Unfit(DAMAGED) from None
    if (size, checksum) != (part.file_size, part.CRC):
        raise Unfit(DAMAGED)


def _packed(content: bytes, part: zipfile.ZipInfo) -> bytes:
    try:
        sign, name, extra = LOCAL_HEADER.unpack_from(content, part.header_offset)
    except struct.error:
        raise Unfit(DAMAGED) from None
    start = part.header_offset + LOCAL_HEADER.size + name + extra
    packed = content[start : start + part.compress_size]
    if sign != b"PK\x03\x04" or len(packed) < part.compress_size:
        raise Unfit(DAMAGED)
    return packed


def _unpacked(packed: bytes, how: int) -> Iterator[bytes]:
    if how == zipfile.ZIP_STORED:
        yield from (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
        return
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    while not engine.eof:
        piece = engine.decompress(packed, PIECE)
        packed = engine.unconsumed_tail
        if not piece and not packed:
            return
        yield piece
