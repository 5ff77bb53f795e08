"""The letter on the desk: its date, its heading in words, and the ledger of what changed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.words import LONG_DAY_FORMAT
from fundportal.waiting import Change

# Numbers up to nine are written out, as a person writes them in a letter.
COUNTED = {
    0: gettext_lazy("Nothing waits for you"),
    1: gettext_lazy("One thing waits for you"),
    2: gettext_lazy("Two things wait for you"),
    3: gettext_lazy("Three things wait for you"),
    4: gettext_lazy("Four things wait for you"),
    5: gettext_lazy("Five things wait for you"),
    6: gettext_lazy("Six things wait for you"),
    7: gettext_lazy("Seven things wait for you"),
    8: gettext_lazy("Eight things wait for you"),
    9: gettext_lazy("Nine things wait for you"),
}


def heading(count: int) -> str:
    if count in COUNTED:
        return str(COUNTED[count])
    return ngettext("%(number)s thing waits for you", "%(number)s things wait for you", count) % {"number": count}


def day_of_letter(now: datetime) -> str:
    """With a capital, as the first word on the sheet: French writes the days of the week without."""
    return capfirst(date_format(now, LONG_DAY_FORMAT))


def changes_table(changes: Sequence[Change]) -> Ledger | None:
    if not changes:
        return None
    columns = [Column(_("What changed")), Column(_("How many"), is_number=True), Column(_("Amount"), is_number=True)]
    rows = [
        [Cell(change.words, url=change.url), Cell(change.count), Cell("" if change.amount is None else change.amount)]
        for change in changes
    ]
    return Ledger(_("What changed in the last seven days"), columns, rows, has_hidden_caption=True)
