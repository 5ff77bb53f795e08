"""What a file is called: shown to people, never used as a path."""

import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from fundportal.documents.kinds import NEVER_INSIDE
from fundportal.documents.unfit import Unfit

LONGEST_NAME: Final = 150
# Signs without a shape that scripts need inside words, and marks of direction that change nothing else.
UNSEEN_BUT_HARMLESS: Final = {"\u200c": "\u200c", "\u200d": "\u200d", "\u200e": "", "\u200f": "", "\ufeff": ""}


def clean_name(raw: str) -> str:
    """The name in one spelling, without the blanks around it. Raises Unfit where it would mislead whoever reads it."""
    name = unicodedata.normalize("NFC", "".join(UNSEEN_BUT_HARMLESS.get(sign, sign) for sign in raw)).strip()
    if len(name) > LONGEST_NAME:
        raise Unfit(
            _("The name of this file is longer than %(most)d letters. Give it a shorter one and add it again.")
            % {"most": LONGEST_NAME}
        )
    if any(_is_unseen(sign) for sign in name):
        raise Unfit(_("The name of this file holds signs that nobody can see. Rename it and add it again."))
    if "/" in name or "\\" in name:
        raise Unfit(
            _("The name of this file holds a slash, as the address of a folder does. Rename it and add it again.")
        )
    _refuse_second_ending(name)
    return name


def shown(raw: str) -> str:
    """A name that was refused, as far as a page may print it."""
    return "".join(sign for sign in raw if not _is_unseen(sign))[:LONGEST_NAME]


def _is_unseen(sign: str) -> bool:
    """Control characters, and those that turn the letters after them round (gnp.exe shown as exe.png)."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} and sign not in UNSEEN_BUT_HARMLESS


def _refuse_second_ending(name: str) -> None:
    inner = name.lower().split(".")[1:-1]
    found = next((word.strip() for word in inner if word.strip() in NEVER_INSIDE), None)
    if found:
        raise Unfit(
            _("The name has two endings, and .%(ending)s is one that is not taken. Rename the file and add it again.")
            % {"ending": found}
        )
