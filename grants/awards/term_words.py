"""The terms that a change touches, in words: the same on pages, in letters and in the text that is signed."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.models import AmendedTerm
from grants.awards.states import TermKind

NOTHING = "–"


def term_name(term: AmendedTerm) -> str:
    if term.kind == TermKind.REPORT_PERIOD:
        return _("Last day that report %(number)s is about") % {"number": term.report.number}
    if term.kind == TermKind.REPORT_DUE:
        return _("Report %(number)s is due") % {"number": term.report.number}
    if term.kind == TermKind.PAYMENT:
        return _("Payment %(number)s") % {"number": term.tranche.number}
    if term.kind == TermKind.BUDGET_LINE:
        return str(term.budget_line.heading)
    return str(term.get_kind_display())


def words_before(term: AmendedTerm) -> str:
    if term.kind == TermKind.NEW_PAYMENT:
        return NOTHING
    return _words(term.day_before, term.before)


def words_after(term: AmendedTerm) -> str:
    if term.kind == TermKind.PAYMENT and not term.minor_after:
        return _("not paid")
    return _words(term.day_after, term.after)


def term_line(term: AmendedTerm) -> str:
    words = {"term": term_name(term), "before": words_before(term), "after": words_after(term)}
    return _("%(term)s: %(after)s instead of %(before)s") % words


def _words(day: date | None, amount: Money | None) -> str:
    parts = [format_money(amount)] if amount is not None else []
    if day is not None:
        shown = date_format(day, DAY_FORMAT)
        parts.append(_("from %(day)s") % {"day": shown} if amount is not None else shown)
    return ", ".join(parts)
