"""What a change of a grant says, and whether it still fits the grant as it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.awards.models import AmendedTerm, Amendment, Award
from grants.awards.queries.plan import Plan, amended, plan_of
from grants.awards.states import (
    OF_A_REPORT,
    OF_DAYS,
    UNPAID,
    ReportState,
    TermKind,
)
from grants.awards.term_words import term_name

MOVABLE_REPORTS = (ReportState.SCHEDULED, ReportState.OPEN, ReportState.CHANGES_REQUESTED)
Standing = tuple[date | None, int | None]


@dataclass(frozen=True)
class Change:
    """One term as it shall be. `row` is the id of the report, payment or line of the budget it is about."""

    kind: str
    row: int | None = None
    day: date | None = None
    amount: Money | None = None


STANDING: dict[str, Callable[[Award, Any], Standing]] = {
    TermKind.ENDS_ON: lambda award, _term: (award.ends_on, None),
    TermKind.AMOUNT: lambda award, _term: (None, award.amount_minor),
    TermKind.KEPT: lambda award, _term: (None, award.unspent.kept.minor),
    TermKind.NEW_PAYMENT: lambda _award, _term: (None, 0),
    TermKind.REPORT_PERIOD: lambda _award, term: (term.report.period_ends_on, None),
    TermKind.REPORT_DUE: lambda _award, term: (term.report.due_on, None),
    TermKind.PAYMENT: lambda _award, term: (term.tranche.planned_on, term.tranche.amount_minor),
    TermKind.BUDGET_LINE: lambda _award, term: (None, term.budget_line.amount_minor),
}


def write_changes(amendment: Amendment, changes: Iterable[Change]) -> list[AmendedTerm]:
    """In the place of those it had. What stays as it is leaves no row."""
    amendment.terms.all().delete()
    written = [_term(amendment, change) for change in changes]
    changing = [term for term in written if (term.day_before, term.minor_before) != (term.day_after, term.minor_after)]
    for position, term in enumerate(changing, start=1):
        term.position = position
        term.save()
    return changing


def terms_of(amendment: Amendment) -> list[AmendedTerm]:
    """In their order, each with what it is about."""
    known = list(amendment.terms.select_related("report", "tranche", "budget_line").order_by("position"))
    for term in known:
        term.amendment = amendment
    return known


def refuse_misfit(amendment: Amendment, terms: Sequence[AmendedTerm]) -> None:
    """Under the lock of the award. Raises Refusal: 409 where a term has moved on, 422 for what does not fit."""
    award = amendment.award
    if not terms:
        raise _wrong(_("Nothing changes yet. Change at least one day or amount."), "reason")
    for term in terms:
        _refuse_moved_on(award, term)
    before = plan_of(award)
    after = amended(before, terms)
    _check_days(after, terms)
    _check_money(before, after, terms)
    _check_kept(award, terms)


def _term(amendment: Amendment, change: Change) -> AmendedTerm:
    term = AmendedTerm(amendment=amendment, kind=change.kind, **_subject(amendment.award, change))
    term.day_before, term.minor_before = STANDING[change.kind](amendment.award, term)
    if change.kind in (*OF_DAYS, TermKind.PAYMENT, TermKind.NEW_PAYMENT):
        term.day_after = change.day or term.day_before
    if change.kind not in OF_DAYS:
        term.minor_after = change.amount.minor if change.amount is not None else term.minor_before
    if change.kind == TermKind.PAYMENT and not term.minor_after:
        term.day_after = term.day_before
    return term


def _subject(award: Award, change: Change) -> dict[str, Any]:
    """Raises Refusal (422) for what is not of this award, or in another currency."""
    if change.amount is not None and (change.amount.currency != award.currency or change.amount.is_negative):
        raise _wrong(_("Say how much, in the currency of the award."), "")
    rows = {TermKind.PAYMENT: ("tranche", award.tranches), TermKind.BUDGET_LINE: ("budget_line", award.budget_lines)}
    rows |= dict.fromkeys(OF_A_REPORT, ("report", award.reports_due))
    if change.kind not in rows:
        return {}
    name, of_award = rows[TermKind(change.kind)]
    found = of_award.filter(pk=change.row).first()
    if found is None:
        raise _wrong(_("This is not a part of this grant."), "")
    return {name: found}


def _refuse_moved_on(award: Award, term: AmendedTerm) -> None:
    is_closed = term.tranche is not None and term.tranche.state not in UNPAID
    if term.report is not None:
        is_closed = term.report.state not in MOVABLE_REPORTS
    if is_closed:
        sentence = _("%(term)s: it is paid, sent or given up already, and stays as it is.")
        raise Refusal(sentence % {"term": term_name(term)})
    if STANDING[term.kind](award, term) != (term.day_before, term.minor_before):
        sentence = _("%(term)s has changed since this was written. Write the change anew.")
        raise Refusal(sentence % {"term": term_name(term)})


def _check_days(after: Plan, terms: Sequence[AmendedTerm]) -> None:
    if after.ends_on <= after.starts_on:
        raise _wrong(_("The award ends after it starts. Choose a later last day."), "ends_on")
    moved = {term.report_id for term in terms if term.report_id}
    for report in after.reports:
        fits = report.period_starts_on < report.period_ends_on <= report.due_on
        if report.row in moved and not fits:
            sentence = _("A report is due once its period is over, and a period ends after it starts.")
            raise _wrong(sentence, f"report-{report.number}-due")


def _check_money(before: Plan, after: Plan, terms: Sequence[AmendedTerm]) -> None:
    if after.amount.minor <= 0:
        raise _wrong(_("End the award instead of lowering it to nothing."), "amount")
    if after.paid_out > after.amount:
        words = {"total": format_money(after.paid_out), "whole": format_money(after.amount)}
        raise _wrong(_("The payments come to %(total)s, and the award is %(whole)s.") % words, "amount")
    if not any(term.kind == TermKind.BUDGET_LINE for term in terms):
        return
    expected = before.budgeted + (after.amount - before.amount)
    if after.budgeted != expected:
        words = {"total": format_money(after.budgeted), "expected": format_money(expected)}
        sentence = _("The lines of the budget come to %(total)s. They have to come to %(expected)s.")
        raise _wrong(sentence % words, "budget")


def _check_kept(award: Award, terms: Sequence[AmendedTerm]) -> None:
    """Only what is to be returned can be kept instead, and what was kept is not asked back."""
    left = award.unspent.to_return.minor
    for term in terms:
        if term.kind == TermKind.KEPT and not 0 < term.difference_minor <= left:
            words = {"left": format_money(Money(left, award.currency))}
            raise _wrong(_("%(left)s is to be returned. No more than that can be kept.") % words, "kept")


def _wrong(sentence: str, field: str) -> Refusal:
    return Refusal(sentence, status=422, field=field)
