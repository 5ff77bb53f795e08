"""What a grant reached and what it cost: the figures of the latest report that shows any."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fundportal.money import Money
from grants.questionnaires.numbers import is_number, show_number
from grants.reports.queries.published import PublishedBudgetLine, PublishedIndicator, PublishedReport

DECIMALS = 6  # as many as a number keeps


@dataclass(frozen=True)
class Reading:
    """One number: as it is written in the reader's language, and as whole millionths to draw it by."""

    text: str
    height: int


@dataclass(frozen=True)
class Result:
    name: str
    unit: str
    baseline: Reading | None
    target: Reading | None
    value: Reading | None


@dataclass(frozen=True)
class Spending:
    """As the grantee reports it; the sums are over all lines."""

    lines: tuple[PublishedBudgetLine, ...]
    planned: Money
    spent: Money


def results_of(reports: Iterable[PublishedReport]) -> tuple[Result, ...]:
    told = [report.indicators for report in reports if report.indicators]
    return tuple(_result(each) for each in told[-1]) if told else ()


def spending_of(reports: Iterable[PublishedReport], currency: str) -> Spending | None:
    told = [report.budget_lines for report in reports if report.budget_lines]
    if not told:
        return None
    lines, zero = told[-1], Money.zero(currency)
    planned, spent = sum((line.planned for line in lines), zero), sum((line.spent for line in lines), zero)
    return Spending(lines, planned, spent)


def _result(told: PublishedIndicator) -> Result:
    return Result(told.name, told.unit, _reading(told.baseline), _reading(told.target), _reading(told.value))


def _reading(number: str) -> Reading | None:
    if not is_number(number):
        return None
    return Reading(show_number(number), int(Decimal(number).scaleb(DECIMALS)))
