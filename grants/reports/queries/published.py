"""What everybody may read of a grant's reports. grants.public asks here and nowhere else."""

from dataclasses import dataclass
from datetime import date, datetime

from fundportal.money import Money
from grants.awards.models import Award
from grants.awards.states import ReportState
from grants.reports.models import Publication


@dataclass(frozen=True)
class PublishedIndicator:
    """Numbers are text as a questionnaire keeps them ("12.5"), "" for none; `numbers.show_number` writes them."""

    name: str
    unit: str
    baseline: str
    target: str
    value: str


@dataclass(frozen=True)
class PublishedBudgetLine:
    """`spent` is all money spent on this heading since the grant began, as the grantee reports it."""

    heading: str
    planned: Money
    spent: Money


@dataclass(frozen=True)
class PublishedReport:
    """`kind` is progress or final, `kind_label` the same in words; `summary` is in the active language.

    Indicators and budget lines are empty where the fund chose not to show them.
    """

    number: int
    kind: str
    kind_label: str
    period_starts_on: date
    period_ends_on: date
    summary: str
    indicators: tuple[PublishedIndicator, ...]
    budget_lines: tuple[PublishedBudgetLine, ...]
    published_at: datetime


def published_reports(award: Award) -> list[PublishedReport]:
    """In their order; one query, however many there are."""
    found = Publication.objects.filter(
        report__award=award, report__state=ReportState.ACCEPTED, withdrawn_at__isnull=True
    ).select_related("report", "revision")
    return [_published(one) for one in found.order_by("report__number")]


def _published(one: Publication) -> PublishedReport:
    report = one.report
    return PublishedReport(
        number=report.number,
        kind=report.kind,
        kind_label=report.get_kind_display(),
        period_starts_on=report.period_starts_on,
        period_ends_on=report.period_ends_on,
        summary=one.summary,
        indicators=_indicators(one) if one.shows_results else (),
        budget_lines=_budget_lines(one) if one.shows_spending else (),
        published_at=one.cleared_at,
    )


def _indicators(one: Publication) -> tuple[PublishedIndicator, ...]:
    lines = one.revision.result_lines
    return tuple(PublishedIndicator(line.name, line.unit, line.baseline, line.target, line.value) for line in lines)


def _budget_lines(one: Publication) -> tuple[PublishedBudgetLine, ...]:
    lines = one.revision.spending_lines
    return tuple(
        PublishedBudgetLine(line.heading, line.planned, line.spent) for line in lines if line.spent is not None
    )
