"""Plain text and CSV. A formula in a cell is text here: it acts only in a spreadsheet, which asks its user first."""

import codecs
import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.signs import PROGRAM, WEB_PAGE, what_it_is
from fundportal.documents.unfit import Unfit

NOT_TEXT: Final = _(
    "This file is not plain text. Open it in the program it was made with, save it as PDF and add that."
)
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
# In this order: a mark at the start decides; without one UTF-8 is tried, then any page of 256 signs.
MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
FOREIGN_START: Final = re.compile(rb"\s*(?:<[a-zA-Z!?]|%PDF-|\{\\rtf|#!|MZ.{0,200}\x00)", re.DOTALL)


def check_text(content: bytes) -> None:
    if FOREIGN_START.match(content.removeprefix(codecs.BOM_UTF8)):
        raise Unfit(what_it_is(content[:64]))
    if CONTROL.search(_decoded(content)):
        sentence = what_it_is(content[:64])
        raise Unfit(sentence if sentence in {PROGRAM, WEB_PAGE} else NOT_TEXT)


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Unfit(NOT_TEXT) from None
