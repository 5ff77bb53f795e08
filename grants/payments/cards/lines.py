"""What the pages of bank lines say: how many are understood, what a statement would do, and what it did."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.templatetags.lists import Chip
from grants.payments.queries.line_pages import KNOWN_LINES, UNKNOWN_LINES, LineCounts
from grants.payments.services.lines import Imported, PreviewLine
from grants.payments.statement_csv import LineError


def line_chips(counts: LineCounts, wanted: str) -> list[Chip]:
    shown = (
        ("", _("All"), counts.total),
        (UNKNOWN_LINES, _("Not understood yet"), counts.unknown),
        (KNOWN_LINES, _("Understood"), counts.known),
    )
    return [Chip(label, f"?show={key}" if key else "?", count, is_current=key == wanted) for key, label, count in shown]


def new_lines(lines: Iterable[PreviewLine]) -> int:
    return sum(not each.is_known for each in lines)


def import_sentence(lines: list[PreviewLine]) -> str:
    """How many lines are new, how many of them are payments of ours, how many came before."""
    new, known = new_lines(lines), sum(each.is_known for each in lines)
    ours = sum(each.kind is not None for each in lines)
    parts = [
        ngettext("%(count)s new line.", "%(count)s new lines.", new) % {"count": new},
        ngettext("%(count)s is a payment of ours.", "%(count)s are payments of ours.", ours) % {"count": ours}
        if ours
        else _("None is a payment of ours."),
    ]
    if known:
        sentence = ngettext(
            "%(count)s was read in before and is left alone.",
            "%(count)s were read in before and are left alone.",
            known,
        )
        parts.append(sentence % {"count": known})
    return " ".join(parts)


def imported_sentence(done: Imported) -> str:
    unknown = done.new - done.matched
    parts = [ngettext("%(count)s line read in.", "%(count)s lines read in.", done.new) % {"count": done.new}]
    if unknown:
        sentence = ngettext("%(count)s is not understood yet.", "%(count)s are not understood yet.", unknown)
        parts.append(sentence % {"count": unknown})
    return " ".join(parts)


def faults_sentence(errors: list[LineError]) -> str:
    sentence = ngettext(
        "%(count)s place does not fit. The table on this page names it.",
        "%(count)s places do not fit. The table on this page names them.",
        len(errors),
    )
    return sentence % {"count": len(errors)}
