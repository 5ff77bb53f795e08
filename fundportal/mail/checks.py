"""What is looked at before a fund's own words are kept: one sentence for each box that has something amiss."""

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.mail.editable import STANDS_ALONE, Editable
from fundportal.mail.own import ALONE, FIELD, Words

BRACE: Final = re.compile(r"[{}]")


def faults(letter: Editable, words: Words) -> dict[str, str]:
    """The first thing amiss in each of subject, heading and body; empty when the text can be used."""
    found = {name: _fault_of(letter, getattr(words, name), name) for name in ("subject", "heading", "body")}
    found["body"] = found["body"] or _missing(letter, words)
    return {name: sentence for name, sentence in found.items() if sentence}


def _fault_of(letter: Editable, text: str, box: str) -> str:
    if not text.strip():
        return _("Write something here, or go back to the standard text.")
    known = letter.by_name
    for name in FIELD.findall(text):
        if name not in known:
            return _("This letter has no field {%(name)s}. The fields it has stand beside the text.") % {"name": name}
    if BRACE.search(FIELD.sub("", text)):
        return _("A brace stands here that belongs to no field. Fields are written like %(field)s.") % {
            "field": letter.fields[0].written
        }
    return _misplaced(letter, text, box)


def _misplaced(letter: Editable, text: str, box: str) -> str:
    for line in text.splitlines():
        for name in FIELD.findall(line):
            is_block = letter.by_name[name].kind in STANDS_ALONE
            if is_block and (box != "body" or not ALONE.fullmatch(line.strip())):
                return _("{%(name)s} is a list: it stands in the text, on a line of its own.") % {"name": name}
    return ""


def _missing(letter: Editable, words: Words) -> str:
    """Subjects are not read by everybody, so what every reader needs stands in the letter itself."""
    said = set(FIELD.findall(words.heading + words.body))
    missing = [each.written for each in letter.required if each.name not in said]
    sentence = ngettext(
        "Every reader needs %(fields)s: write it into the text.",
        "Every reader needs %(fields)s: write them into the text.",
        len(missing),
    )
    return sentence % {"fields": ", ".join(missing)} if missing else ""
