"""The two tables of a report as boxes to fill in, with what is worked out beside them."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from grants.awards.models import ReportDue
from grants.reports.figures import ResultLine, SpendingLine, difference_in_all, planned_in_all, spent_in_all
from grants.reports.forms import ResultsForm, SpendingForm
from grants.reports.queries.agreed import is_final, spending_lines
from grants.reports.tables import difference_text, number_text, share_text


@dataclass(frozen=True)
class ResultRow:
    line: ResultLine
    figure: BoundField
    note: BoundField
    baseline: str
    target: str


@dataclass(frozen=True)
class SpendingRow:
    line: SpendingLine
    figure: BoundField
    note: BoundField
    difference: str
    share: str


def results_grid(form: ResultsForm) -> dict[str, Any]:
    rows = [
        ResultRow(row.line, row.figure, row.note, number_text(row.line.baseline), number_text(row.line.target))
        for row in form.rows
    ]
    return {"rows": rows}


def spending_grid(form: SpendingForm, report: ReportDue) -> dict[str, Any]:
    """Differences are those of what stands in the boxes, saved or not."""
    lines = spending_lines(report, form.content) if form.is_bound else form.lines
    shown = {line.key: line for line in lines}
    rows = [
        SpendingRow(
            row.line,
            row.figure,
            row.note,
            difference_text(shown[row.line.key].difference),
            share_text(shown[row.line.key]),
        )
        for row in form.rows
    ]
    currency = report.award.currency
    return {
        "rows": rows,
        "is_final": is_final(report),
        "planned": planned_in_all(lines, currency),
        "spent": spent_in_all(lines, currency),
        "difference": difference_text(difference_in_all(lines, currency)),
    }
