"""Sixty and more files that are not what they seem, each with a word its refusal must hold."""

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from tests.faults import files_by_hand as make
from tests.faults.files_by_hand import EICAR, docx, open_document, packed, pdf, picture, ties, xlsx

PHP = b"<?php system($_GET['c']); ?>"
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
WINDOWS = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 50 + b"PE\x00\x00"
LINUX = b"\x7fELF\x02\x01\x01" + b"\x00" * 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
GIF_SCRIPT = b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1);//"


class Hostile(NamedTuple):
    what: str
    name: str
    content: bytes
    says: str


def viruses() -> Iterator[Hostile]:
    yield Hostile("test virus as text", "notes.txt", EICAR, "virus")
    yield Hostile("test virus in a CSV", "budget.csv", b"a;b\n" + EICAR + b"\n", "virus")
    yield Hostile("test virus behind a PDF's head", "plan.pdf", pdf() + EICAR + b"\n%%EOF", "virus")
    yield Hostile("test virus in a docx", "plan.docx", docx({"word/media/image1.png": EICAR}), "virus")
    yield Hostile("test virus in an odt", "plan.odt", open_document("text", {"Pictures/a.png": EICAR}), "virus")
    inner = packed({"eicar.com": EICAR})
    yield Hostile("test virus in a zip in a docx", "plan.docx", docx({"word/media/a.png": inner}), "packed inside")
    yield Hostile("test virus in a zip", "plan.zip", inner, "packed folder")


def macros() -> Iterator[Hostile]:
    vba = {"word/vbaProject.bin": b"\x00"}
    yield Hostile("docm", "plan.docm", docx(main=make.MACRO_WORD), "macros")
    yield Hostile("xlsm", "plan.xlsm", xlsx(main=make.MACRO_SHEET), "macros")
    yield Hostile("docm renamed docx", "plan.docx", docx(main=make.MACRO_WORD), "macros")
    yield Hostile("xlsm renamed xlsx", "plan.xlsx", xlsx(main=make.MACRO_SHEET), "macros")
    yield Hostile("macros in a docx", "plan.docx", docx(vba), "macros")
    hidden = {"word/harmless.bin": b"\x00", "word/_rels/document.xml.rels": ties(("vbaProject", "harmless.bin", ""))}
    yield Hostile("macros under another name", "plan.docx", docx(hidden), "macros")
    yield Hostile("Excel 4 macro sheet", "plan.xlsx", xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macros")
    yield Hostile("ActiveX control", "plan.docx", docx({"word/activeX/activeX1.xml": "<x/>"}), "macros")
    module = {"Basic/Standard/Module1.xml": "<x/>"}
    yield Hostile("macros in an odt", "plan.odt", open_document("text", module), "macros")
    yield Hostile(
        "Python macros in an ods", "plan.ods", open_document("spreadsheet", {"Scripts/python/a.py": "1"}), "macros"
    )
    listener = '<script:event-listener xmlns:script="urn:s"/>'
    yield Hostile("a button that runs a script", "plan.odt", open_document("text", body=listener), "script")


def two_in_one() -> Iterator[Hostile]:
    inner = packed({"a.txt": "a"})
    comment = pdf() + inner[: make.end_record(inner) + 20] + struct.pack("<H", 6) + b"%%EOF\n"
    yield Hostile("zip behind a PDF", "plan.pdf", pdf() + inner, "behind")
    yield Hostile("zip behind a PDF that ends as one", "plan.pdf", comment, "packed folder")
    yield Hostile("page behind a PDF", "plan.pdf", pdf() + PAGE, "script")
    yield Hostile("page inside a PDF", "plan.pdf", pdf(b"/Note (" + PAGE + b")"), "script")
    yield Hostile("PDF behind other bytes", "plan.pdf", PAGE + pdf(), "web page")
    yield Hostile("GIF and script as jpg", "photo.jpg", GIF_SCRIPT, "picture of a kind")
    yield Hostile("GIF and script as txt", "notes.txt", GIF_SCRIPT, "not plain text")
    yield Hostile("page behind a JPEG", "photo.jpg", picture("JPEG") + PAGE, "script")
    yield Hostile("PHP behind a JPEG", "photo.jpg", picture("JPEG") + PHP, "script")
    yield Hostile("PHP in a JPEG's comment", "photo.jpg", picture("JPEG", comment=PHP), "script")
    yield Hostile("script behind a JPEG", "photo.jpg", picture("JPEG") + b"*/=alert(document.cookie);/*", "behind")
    yield Hostile("zip behind a JPEG", "photo.jpg", picture("JPEG") + b"\x01" + inner, "behind")
    yield Hostile("program behind a PNG", "photo.png", picture("PNG") + WINDOWS, "behind")
    php_png = picture("PNG")
    text = make.png_chunk(b"tEXt", b"Comment\x00" + PHP)
    yield Hostile("PHP in a PNG's text", "photo.png", php_png[:33] + text + php_png[33:], "script")
    yield Hostile("bytes before a docx", "plan.docx", b"PK\x03\x04" + b"\x00" * 90 + docx(), "hidden before")
    yield Hostile("words behind a docx", "plan.docx", docx() + b"more", "behind")
    yield Hostile("page behind a docx", "plan.docx", docx() + PAGE, "script")


def acting_pdf() -> Iterator[Hostile]:
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    yield Hostile("script in a PDF", "plan.pdf", pdf(script), "script")
    yield Hostile("script spelled with escapes", "plan.pdf", pdf(script.replace(b"/Java", b"/J#61va")), "script")
    folded = pdf(b"", make.object_stream(b"<< /S /JavaScript /JS (1) >>"))
    yield Hostile("script folded into an object stream", "plan.pdf", folded, "script")
    odd = make.stream(b"/Type /ObjStm /N 1 /First 4 /Filter [/ASCIIHexDecode /FlateDecode]", b"78da")
    yield Hostile("object stream folded twice", "plan.pdf", pdf(b"", odd), "looked through")
    program = b"/OpenAction << /S /Launch /F (cmd.exe) >>"
    yield Hostile("program started by a PDF", "plan.pdf", pdf(program), "starts another program")
    files = b"/Names << /EmbeddedFiles << /Names [] >> >>"
    yield Hostile("file packed inside a PDF", "plan.pdf", pdf(files), "packed inside")
    sends = b"/OpenAction << /S /SubmitForm /F (https://example.org) >>"
    yield Hostile("PDF form that sends", "plan.pdf", pdf(sends), "sends")
    yield Hostile("XFA form", "plan.pdf", pdf(b"/AcroForm << /XFA 5 0 R >>"), "one maker")
    yield Hostile("film in a PDF", "plan.pdf", pdf(b"/Annots [<< /Subtype /RichMedia >>]"), "films")
    yield Hostile("PDF with a password", "plan.pdf", make.printed_pdf("a", encrypt="secret"), "password")
    huge = make.object_stream(b" " * 80_000_000)
    yield Hostile("object stream that unfolds", "plan.pdf", pdf(b"", huge), "looked through")


def other_kinds() -> Iterator[Hostile]:
    yield Hostile("SVG", "photo.svg", SVG, ".svg picture")
    yield Hostile("SVG as png", "photo.png", SVG, "picture of a kind")
    yield Hostile("SVG as jpg", "photo.jpg", b'<?xml version="1.0"?>' + SVG, "web page")
    yield Hostile("SVG as txt", "notes.txt", SVG, "script")
    yield Hostile("quiet SVG as txt", "notes.txt", b"\xef\xbb\xbf <svg xmlns='x'/>", "picture of a kind")
    yield Hostile("page", "plan.html", PAGE, "web page")
    yield Hostile("page as pdf", "plan.pdf", PAGE, "web page")
    yield Hostile("page as csv", "budget.csv", b"<html><p>Hello</p></html>", "script")
    yield Hostile("Windows program", "setup.exe", WINDOWS, "program")
    yield Hostile("Windows program as pdf", "plan.pdf", WINDOWS, "program")
    yield Hostile("Windows program as txt", "notes.txt", WINDOWS, "program")
    yield Hostile("Linux program as jpg", "photo.jpg", LINUX, "program")
    yield Hostile("Linux program as csv", "budget.csv", LINUX, "program")
    yield Hostile("shell script as txt", "notes.txt", b"#!/bin/sh\nrm -rf ~\n", "program")
    yield Hostile("old Word file as docx", "plan.docx", OLE, "older Office file")
    yield Hostile("zip as docx", "plan.docx", packed({"a.txt": "a"}), "not of the kind")
    yield Hostile("docx as xlsx", "plan.xlsx", docx(), "not of the kind")
    yield Hostile("odt as ods", "plan.ods", open_document("text"), "not of the kind")
    yield Hostile("docx as odt", "plan.odt", docx(), "not of the kind")
    yield Hostile("PDF as jpg", "photo.jpg", pdf(), "PDF")
    yield Hostile("PNG as jpg", "photo.jpg", picture("PNG"), "picture of a kind")
    yield Hostile("RTF as txt", "notes.txt", b"{\\rtf1 hello}", "RTF")
    yield Hostile("CSV with NUL", "budget.csv", b"a;b\n1;\x002\n", "not plain text")
    yield Hostile("binary as CSV", "budget.csv", bytes(range(256)) * 4, "not plain text")
    yield Hostile("text cut within a letter", "notes.txt", b"\xff\xfea", "not plain text")


def bombs() -> Iterator[Hostile]:
    zeros = b"0" * 30_000_000
    yield Hostile("zip bomb by ratio", "plan.xlsx", xlsx({"xl/a.xml": zeros}), "unfolds")
    many = {f"word/media/{number}.png": b"" for number in range(3100)}
    yield Hostile("zip with many parts", "plan.docx", docx(many), "more pieces")
    nested = xlsx({"xl/embeddings/b.xlsx": xlsx()})
    yield Hostile("zip within zip within zip", "plan.docx", docx({"word/embeddings/a.xlsx": nested}), "packed inside")
    bomb = xlsx({"xl/a.xml": zeros})
    yield Hostile("zip bomb within", "plan.docx", docx({"word/embeddings/a.xlsx": bomb}), "unfolds")
    yield Hostile("overlapping parts", "plan.docx", overlapping(docx()), "over one another")
    yield Hostile("part bigger than it claims", "plan.docx", understated(), "unfolds")
    yield Hostile("two parts of one name", "plan.docx", docx({"WORD/document.xml": "<x/>"}), "over one another")
    yield Hostile("XML that unfolds", "plan.docx", docx({"word/styles.xml": BOMB}), "unfold")
    yield Hostile(
        "XML that unfolds, in UTF-16", "plan.docx", docx({"word/styles.xml": BOMB.encode("utf-16")}), "unfold"
    )
    yield Hostile("XML that unfolds, in its ties", "plan.docx", docx({"word/_rels/a.rels": BOMB}), "unfold")
    yield Hostile("pixel flood png", "photo.png", make.png_of(60_000, 60_000), "million dots")
    yield Hostile("pixel flood jpg", "photo.jpg", make.jpeg_of(65_000, 65_000), "million dots")


def overlapping(content: bytes) -> bytes:
    """The directory's second entry points to where the first one lies."""
    start = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", start + 4)
    return content[: second + 42] + struct.pack("<I", 3) + content[second + 46 :]


def understated() -> bytes:
    """A part that claims ten bytes in the directory and holds a thousand."""
    content = docx({"word/zz.xml": "z" * 1000})
    entry = content.rindex(b"PK\x01\x02")
    return content[: entry + 24] + struct.pack("<I", 10) + content[entry + 28 :]


def ties_to_elsewhere() -> Iterator[Hostile]:
    where = "https://example.org/x"
    for kind in ("attachedTemplate", "image", "frame", "subDocument", "externalLinkPath"):
        more = {"word/_rels/settings.xml.rels": ties((kind, where, "External"))}
        yield Hostile(f"{kind} from elsewhere", "plan.docx", docx(more), "elsewhere")
    ole = {"word/_rels/document.xml.rels": ties(("oleObject", where, "External"))}
    yield Hostile("OLE object from elsewhere", "plan.docx", docx(ole), "packed inside")
    yield Hostile("OLE object inside", "plan.docx", docx({"word/embeddings/oleObject1.bin": OLE}), "packed inside")
    yield Hostile("program inside a docx", "plan.docx", docx({"word/media/image1.png": WINDOWS}), "packed inside")
    script = {"word/_rels/document.xml.rels": ties(("hyperlink", "javascript:alert(1)", "External"))}
    yield Hostile("link that runs", "plan.docx", docx(script), "elsewhere")
    yield Hostile("page inside a docx", "plan.docx", docx({"word/afchunk.htm": PAGE}), "script")
    yield Hostile("field that starts a program", "plan.docx", docx(text="DDEAUTO c:\\\\cmd.exe"), "starts another")
    remote = '<draw:image xlink:type="simple" xlink:href="https://example.org/a.png"/>'
    yield Hostile("picture from elsewhere in an odt", "plan.odt", open_document("text", body=remote), "elsewhere")


def locked_or_broken() -> Iterator[Hostile]:
    key = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    yield Hostile("odt with a password", "plan.odt", open_document("text", manifest=key), "password")
    yield Hostile("docx with a password", "plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password")
    yield Hostile("zip with a password", "plan.docx", locked(docx()), "password")
    yield Hostile("nothing", "plan.pdf", b"", "empty")
    yield Hostile("PDF cut off", "plan.pdf", make.printed_pdf("a")[:-200], "stops before")
    yield Hostile("JPEG cut off", "photo.jpg", picture("JPEG", (200, 200))[:-900], "stops before")
    yield Hostile("PNG cut off", "photo.png", picture("PNG")[:-30], "stops before")
    yield Hostile(
        "PNG with a wrong sum",
        "photo.png",
        picture("PNG").replace(b"IHDR\x00\x00\x00<", b"IHDR\x00\x00\x00="),
        "damaged",
    )
    yield Hostile("docx cut off", "plan.docx", docx()[:-40], "damaged")
    yield Hostile("docx with a wrong sum", "plan.docx", broken(docx()), "damaged")
    yield Hostile("too big", "plan.pdf", pdf() + b" " * 21_000_000, "bigger than 20 MB")


def locked(content: bytes) -> bytes:
    """Every entry's flag says that it is encrypted."""
    start = content.index(b"PK\x01\x02")
    return content[: start + 8] + b"\x01\x00" + content[start + 10 :]


def broken(content: bytes) -> bytes:
    held = io.BytesIO(content)
    with zipfile.ZipFile(held) as archive:
        at = archive.infolist()[0].header_offset + 30 + len("[Content_Types].xml") + 8
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def stray_names() -> Iterator[Hostile]:
    for inner in ("../../etc/cron.d/x", "/etc/passwd", "C:/windows/x.dll", "word\\..\\x"):
        yield Hostile(f"{inner} inside", "plan.docx", docx({inner: "x"}), "outside itself")
    yield Hostile("path as name", "../../etc/passwd.pdf", pdf(), "slash")
    yield Hostile("absolute path as name", "/etc/passwd.pdf", pdf(), "slash")
    yield Hostile("Windows path as name", "C:\\boot.pdf", pdf(), "slash")
    yield Hostile("name turned round", "gnp.\u202efdp.pdf", pdf(), "nobody can see")
    yield Hostile("name with a line end", "plan\r\nX: y.pdf", pdf(), "nobody can see")
    yield Hostile("name with NUL", "plan.exe\x00.pdf", pdf(), "nobody can see")
    yield Hostile("very long name", "a" * 300 + ".pdf", pdf(), "longer than")
    yield Hostile("two endings", "invoice.exe.pdf", pdf(), "two endings")
    yield Hostile("two endings, program last", "invoice.pdf.exe", pdf(), "program")
    yield Hostile("two endings with blanks", "invoice.html   .pdf", pdf(), "two endings")
    yield Hostile("no ending", "invoice", pdf(), "ending")
    yield Hostile("only dots", "...", pdf(), "ending")


def wearisome() -> Iterator[tuple[str, str, bytes]]:
    """Built to keep a check busy: whatever it says of them, it has to come to an end, in little memory."""
    size = 1_500_000
    yield "a PDF of escapes", "plan.pdf", pdf(b"/Note " + b"/#41xy" * (size // 6))
    yield "a PDF of half escapes", "plan.pdf", pdf(b"/" + b"#4" * (size // 2))
    yield "a PDF of beginnings", "plan.pdf", pdf(b"stream\n" * (size // 7))
    yield "a PDF of forms", "plan.pdf", pdf(b"/XFA  " * (size // 6))
    yield "a JPEG of filling", "photo.jpg", b"\xff" * size
    yield "a JPEG whose scan is filling", "photo.jpg", picture("JPEG")[:-2] + b"\xff" * size
    yield "a JPEG of small segments", "photo.jpg", b"\xff\xd8" + b"\xff\xe1\x00\x02" * (size // 4)
    yield "a PNG of small chunks", "photo.png", make.png_of(2, 2)[:33] + make.png_chunk(b"tEXt", b"") * (size // 12)
    yield "a docx of tags", "plan.docx", docx({"word/_rels/a.rels": "<a>" + "<a/>" * (size // 5) + "</a>"})
    yield "an odt of pictures", "plan.odt", open_document("text", body="<draw:image a=b " * (size // 20))
    yield "an odt of words", "plan.odt", open_document("text", body="<" + "a" * size)
    yield "a text of blanks", "notes.txt", b" " * size


GROUPS = (
    viruses, macros, two_in_one, acting_pdf, other_kinds, bombs, ties_to_elsewhere, locked_or_broken, stray_names,
)  # fmt: skip
