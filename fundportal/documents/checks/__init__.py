"""Looks through a whole file and says no with a reason, or nothing.

Bounded: a file is at most 20 MB and is held in memory once; what is packed in it is unpacked a piece at a time, up to
the limits that `archives` and `pdf` name. No picture is drawn, no page laid out and no link followed.
"""

from functools import partial
from typing import Final

from fundportal.documents.checks.office import check_office
from fundportal.documents.checks.pdf import check_pdf
from fundportal.documents.checks.pictures import check_jpeg, check_png
from fundportal.documents.checks.signs import refuse_known_dangers, what_it_is
from fundportal.documents.checks.text import check_text
from fundportal.documents.kinds import KINDS, check_size
from fundportal.documents.unfit import Unfit

CHECKS: Final = {
    "pdf": check_pdf,
    "jpg": check_jpeg,
    "png": check_png,
    "txt": check_text,
    "csv": check_text,
} | {ending: partial(check_office, ending=ending) for ending in ("docx", "xlsx", "odt", "ods")}


def check_beginning(head: bytes, ending: str) -> None:
    """Whether a file begins as one of its kind does; cheap enough to be asked while its owner waits."""
    if not head.startswith(KINDS[ending].signature):
        raise Unfit(what_it_is(head))


def check_content(content: bytes, ending: str) -> None:
    """Raises Unfit with the sentence its owner reads."""
    check_size(len(content))
    refuse_known_dangers(content)
    check_beginning(content[:64], ending)
    CHECKS[ending](content)
