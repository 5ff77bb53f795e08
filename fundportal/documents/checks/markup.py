"""XML read tag by tag, without ever following what it points to."""

import re
from typing import Final
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from fundportal.documents.checks.archives import DAMAGED
from fundportal.documents.unfit import Unfit

MOST_MARKUP: Final = 1024 * 1024
ENCODINGS: Final = ("ascii", "utf-16-le", "utf-16-be")
DEFINITION: Final = re.compile(
    b"|".join(re.escape(word.encode(encoding)) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ENCODINGS)
)
DEFINES: Final = _("This document holds definitions that could unfold without end. Save it as PDF and add that.")
TOO_LONG: Final = _("This document is put together in a way no real one is. Save it as PDF and add that.")

Tag = tuple[str, dict[str, str]]


def tags_of(markup: bytes) -> list[Tag]:
    """Every opening tag and its attributes, without their prefixes. Raises Unfit for what is no plain XML."""
    if len(markup) > MOST_MARKUP:
        raise Unfit(TOO_LONG)
    found: list[Tag] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((_bare(name), _all_bare(attributes)))
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(markup, True)
    except expat.ExpatError:
        raise Unfit(DAMAGED) from None
    return found


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _all_bare(attributes: dict[str, str]) -> dict[str, str]:
    return {_bare(name): value for name, value in attributes.items()}


def _refuse_doctype(*_declared: object) -> None:
    raise Unfit(DEFINES)
