"""Reports as ledgers: the lists, what was reached, what was spent."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.money import Money, format_money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import DAY_FORMAT
from grants.applications.fingerprint import short
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.questionnaires.numbers import is_number, show_number
from grants.reports.figures import ResultLine, SpendingLine, difference_in_all, planned_in_all, spent_in_all
from grants.reports.models import ReportRevision

NOTHING = "–"
KINDS = {
    ReportState.SCHEDULED: "mute",
    ReportState.OPEN: "wait",
    ReportState.SUBMITTED: "full",
    ReportState.CHANGES_REQUESTED: "wait",
    ReportState.ACCEPTED: "ok",
    ReportState.WAIVED: "mute",
}


def report_badge(report: ReportDue) -> Badge:
    """Late is worked out, never a state."""
    if is_late(report):
        return Badge(_("Late"), "stop", "triangle")
    return Badge(report.get_state_display(), KINDS[ReportState(report.state)])


def is_late(report: ReportDue) -> bool:
    return report.state == ReportState.OPEN and days_late(report) > 0


def days_late(report: ReportDue) -> int:
    """Days since it was due; below zero before that."""
    return (clock.today(report.award.fund.time_zone) - report.due_on).days


def my_table(reports: Iterable[ReportDue]) -> Ledger:
    columns = [Column(_("Report")), Column(_("Grant")), Column(_("Where it stands")), Column(_("Due"))]
    rows = [
        [
            Cell(title_of(one), url=_address("my_reports:report", one), detail=period_of(one)),
            Cell(one.award.title, detail=f"{one.award.reference}, {one.award.organisation.name}"),
            Cell(report_badge(one)),
            Cell(date_format(one.due_on, DAY_FORMAT)),
        ]
        for one in reports
    ]
    return Ledger(_("Your reports"), columns, rows, has_hidden_caption=True)


def office_table(reports: Iterable[ReportDue]) -> Ledger:
    columns = [
        Column(_("Grantee")),
        Column(_("Report")),
        Column(_("Where it stands")),
        Column(_("Due")),
        Column(_("Came in")),
    ]
    rows = [
        [
            Cell(one.award.organisation.name, url=_address("reports:report", one), detail=one.award.reference),
            Cell(title_of(one), detail=period_of(one)),
            Cell(report_badge(one), detail=_published(one)),
            Cell(date_format(one.due_on, DAY_FORMAT)),
            Cell(date_format(one.submitted_at, DAY_FORMAT) if one.submitted_at else NOTHING),
        ]
        for one in reports
    ]
    return Ledger(_("Reports"), columns, rows, has_hidden_caption=True)


def results_table(lines: Sequence[ResultLine]) -> Ledger:
    """One line under a figure: a partner reported it."""
    columns = [
        Column(_("What is counted")),
        Column(_("At the start"), is_number=True),
        Column(_("Aim"), is_number=True),
        Column(_("Reached"), is_number=True),
        Column(_("Note")),
    ]
    rows = [
        [
            Cell(line.name, detail=line.unit),
            Cell(number_text(line.baseline)),
            Cell(number_text(line.target)),
            Cell(number_text(line.value), sure="reported" if is_number(line.value) else ""),
            Cell(line.note or NOTHING),
        ]
        for line in lines
    ]
    return Ledger(_("Results in figures"), columns, rows, has_hidden_caption=True)


def spending_table(lines: Sequence[SpendingLine], currency: str) -> Ledger:
    """What was planned comes from the agreement, what was spent from the grantee."""
    columns = [
        Column(_("For what")),
        Column(_("Planned"), is_number=True),
        Column(_("Spent"), is_number=True),
        Column(_("Difference"), is_number=True),
        Column(_("Explanation")),
    ]
    planned, spent = planned_in_all(lines, currency), spent_in_all(lines, currency)
    rows = [_spending_row(line) for line in lines]
    difference = difference_text(difference_in_all(lines, currency))
    foot = [Cell(_("Sum")), Cell(planned), Cell(spent), Cell(difference), Cell()]
    return Ledger(_("Budget and spending"), columns, rows, foot, is_loose=True, has_hidden_caption=True)


def revision_facts(revision: ReportRevision) -> list[tuple[object, object]]:
    return [
        (_("Version"), revision.number),
        (_("Sent"), date_format(revision.submitted_at, DAY_FORMAT)),
        (_("Sent by"), revision.submitted_by.full_name),
        (_("Fingerprint"), short(revision.sha256)),
    ]


def report_facts(report: ReportDue) -> list[tuple[object, object]]:
    return [
        (_("Grantee"), report.award.organisation.name),
        (_("Grant"), report.award.amount),
        (_("Period"), period_of(report)),
        (_("Due"), date_format(report.due_on, DAY_FORMAT)),
    ]


def title_of(report: ReportDue) -> str:
    return _("%(kind)s %(number)s") % {"kind": report.get_kind_display(), "number": report.number}


def period_of(report: ReportDue) -> str:
    days = {"first": report.period_starts_on, "last": report.period_ends_on}
    return _("%(first)s to %(last)s") % {name: date_format(day, DAY_FORMAT) for name, day in days.items()}


def number_text(number: str) -> str:
    return show_number(number) if is_number(number) else number or NOTHING


def difference_text(difference: Money | None) -> str:
    """With its sign, so that more and less are told apart without colour."""
    if difference is None:
        return NOTHING
    written = format_money(difference)
    return written if difference.is_zero or difference.is_negative else f"+{written}"


def share_text(line: SpendingLine) -> str:
    """How far off the plan, as a share of it."""
    if line.per_cent is None or not line.per_cent:
        return ""
    words = {"share": abs(line.per_cent)}
    more, less = _("%(share)s per cent more than planned"), _("%(share)s per cent less than planned")
    return (less if line.per_cent < 0 else more) % words


def _spending_row(line: SpendingLine) -> list[Cell]:
    spent = Cell(line.typed or NOTHING) if line.spent is None else Cell(line.spent, sure="reported")
    return [
        Cell(line.heading),
        Cell(line.planned),
        spent,
        Cell(difference_text(line.difference), detail=share_text(line)),
        Cell(line.note or NOTHING),
    ]


def _published(one: ReportDue) -> str:
    publication = getattr(one, "publication", None)
    return _("public") if publication and publication.withdrawn_at is None else ""


def _address(name: str, one: ReportDue) -> str:
    return reverse(name, args=[one.award.reference, one.number])
