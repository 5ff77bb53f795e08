"""The words of a PDF as reportlab writes it, read through each font's table of characters: what copying would give."""

import base64
import re
import zlib
from itertools import count

ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(document: bytes) -> str:
    """One line for each move of the pen to another height; pages follow each other."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\s(.*?)endobj", document, re.DOTALL)}
    fonts = _fonts(objects)
    pages = [body for body in objects.values() if b"/Contents" in body]
    return "\n".join(_page(_stream(objects[_pointer(page, b"Contents")]), fonts) for page in pages)


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    """Resource name → code → character. All pages share one dictionary of fonts."""
    page = next(body for body in objects.values() if b"/Contents" in body)
    named = re.findall(rb"/(F\S+) (\d+) 0 R", objects[_pointer(page, b"Font")])
    return {name: _characters(_stream(objects[_pointer(objects[int(font)], b"ToUnicode")])) for name, font in named}


def _characters(table: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        known |= {int(code, 16): _text(text) for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, _last, listed in re.findall(rb"<(\w+)>\s*<(\w+)>\s*\[(.*?)\]", block, re.DOTALL):
            known |= dict(zip(count(int(first, 16)), map(_text, re.findall(rb"<(\w+)>", listed)), strict=False))
    return known


def _page(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    font: dict[int, str] = {}
    height, lines = b"", [""]
    pieces = re.findall(rb"1 0 0 1 \S+ (\S+) Tm|/(F\S+) \S+ Tf|\(((?:\\.|[^\\)])*)\) Tj", content, re.DOTALL)
    for moved, chosen, shown in pieces:
        if moved and moved != height:
            height = moved
            lines.append("")
        if chosen:
            font = fonts[chosen]
        lines[-1] += "".join(font.get(code, "?") for code in _unescaped(shown))
    return "\n".join(line for line in lines if line)


def _unescaped(shown: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        what = found.group(1)
        return bytes([int(what, 8)]) if what.isdigit() else ESCAPES.get(what, what)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, shown, flags=re.DOTALL)


def _stream(body: bytes) -> bytes:
    data = re.search(rb"stream\r?\n(.*?)\r?\n?endstream", body, re.DOTALL).group(1)  # type: ignore[union-attr]  # fails the test if absent
    if b"/ASCII85Decode" in body:
        data = base64.a85decode(data.strip().removesuffix(b"~>"))
    return zlib.decompress(data) if b"/FlateDecode" in body else data


def _pointer(body: bytes, name: bytes) -> int:
    return int(re.search(rb"/%b (\d+) 0 R" % name, body).group(1))  # type: ignore[union-attr]  # fails the test if absent


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
