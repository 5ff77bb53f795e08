"""Files written part by part, so that a test can bend any one of them. No fixture: each is made when it is needed."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

Parts = dict[str, str | bytes]
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
OFFICE_TIES = f"{SCHEMAS}/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument"
WORD_MAIN = f"{TYPES}.wordprocessingml.document.main+xml"
SHEET_MAIN = f"{TYPES}.spreadsheetml.sheet.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_SHEET = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
# In two pieces, so that no virus scanner takes this file for what it makes.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def packed(parts: Parts, *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return held.getvalue()


def content_types(main: str, *more: str) -> str:
    overrides = "".join(f'<Override PartName="/part{n}" ContentType="{kind}"/>' for n, kind in enumerate((main, *more)))
    return f'{XML}<Types xmlns="{SCHEMAS}/package/2006/content-types">{overrides}</Types>'


def ties(*each: tuple[str, str, str]) -> str:
    """(kind, target, mode) of each relationship; an empty mode is a part of the same document."""
    rows = ""
    for number, (kind, target, mode) in enumerate(each):
        mode_of = f' TargetMode="{mode}"' if mode else ""
        rows += f'<Relationship Id="rId{number}" Type="{OFFICE_TIES}/{kind}" Target="{target}"{mode_of}/>'
    return f'{XML}<Relationships xmlns="{SCHEMAS}/package/2006/relationships">{rows}</Relationships>'


def word_parts(text: str = "We welcome newcomers.", *, main: str = WORD_MAIN, types: tuple[str, ...] = ()) -> Parts:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return {
        "[Content_Types].xml": content_types(main, *types),
        "_rels/.rels": ties(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'{XML}<w:document xmlns:w="{SCHEMAS}/wordprocessingml/2006/main">{body}</w:document>',
        "word/_rels/document.xml.rels": ties(("hyperlink", "https://example.org/plan", "External")),
    }


def docx(more: Parts | None = None, **facts: Any) -> bytes:
    return packed(word_parts(**facts) | (more or {}))


def xlsx(more: Parts | None = None, *, main: str = SHEET_MAIN, rows: int = 3) -> bytes:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 10007}</v></c></row>' for n in range(1, rows + 1))
    parts: Parts = {
        "[Content_Types].xml": content_types(main),
        "_rels/.rels": ties(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{SCHEMAS}/spreadsheetml/2006/main"/>',
        "xl/worksheets/sheet1.xml": f"{XML}<worksheet><sheetData>{cells}</sheetData></worksheet>",
        "xl/printerSettings/printerSettings1.bin": b"\x00\x01" * 40,
    }
    return packed(parts | (more or {}))


def open_document(kind: str, more: Parts | None = None, *, manifest: str = "", body: str = "") -> bytes:
    parts: Parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f'{XML}<office:document-content xmlns:office="urn:o" xmlns:xlink="urn:x" xmlns:draw="urn:d">'
        f"<office:scripts/><office:body>{body}</office:body></office:document-content>",
        "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="urn:m">{manifest}</manifest:manifest>',
    }
    return packed(parts | (more or {}))


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """By hand, with the catalogue's own entries first; readers rebuild the table of places that is left out."""
    catalogue = b"<< /Type /Catalog /Pages 2 0 R " + (objects[0] if objects else b"") + b" >>"
    pages = b"<< /Type /Pages /Kids [] /Count 0 >>"
    numbered = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate((catalogue, pages, *objects[1:]), 1)
    )
    return b"%PDF-1.7\n" + numbered + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\n%%EOF\n"


def stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def object_stream(objects: bytes) -> bytes:
    return stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"9 0 " + objects))


def printed_pdf(*lines: str, pages: int = 1, **facts: Any) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, **facts)
    for _page in range(pages):
        for number, line in enumerate(lines):
            canvas.drawString(72, 720 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def picture(kind: str, size: tuple[int, int] = (60, 40), **facts: Any) -> bytes:
    held = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(held, kind, **facts)
    return held.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\x00" * 64)) + png_chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A true small picture whose frame header claims another size."""
    small = picture("JPEG")
    frame = small.index(b"\xff\xc0")
    return small[: frame + 5] + struct.pack(">HH", height, width) + small[frame + 9 :]


def end_record(content: bytes) -> int:
    return content.rindex(b"PK\x05\x06")
