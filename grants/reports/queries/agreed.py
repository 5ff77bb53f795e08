"""What the agreement says a report has to answer to: its indicators and its budget, with what was reported beside."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from grants.awards.models import ReportDue
from grants.awards.states import ReportKind
from grants.questionnaires.definition import Definition
from grants.questionnaires.kinds.base import MOST_TYPED, kept
from grants.questionnaires.kinds.figures import is_minor
from grants.questionnaires.numbers import is_number, show_number
from grants.reports.figures import ResultLine, SpendingLine
from grants.reports.models import ReportDraft
from grants.reports.parts import Part, form_of, parts_of

Held = Mapping[str, Any]


def definition_of(report: ReportDue) -> Definition:
    return form_of(report.form_version)


def draft_of(report: ReportDue) -> ReportDraft:
    """What is being written; before the first saving an empty one that nobody kept yet."""
    return getattr(report, "draft", None) or ReportDraft(report=report, version=0)


def parts(report: ReportDue) -> list[Part]:
    has = {"has_results": bool(result_lines(report, {})), "has_spending": bool(spending_lines(report, {}))}
    return parts_of(definition_of(report), **has)


def result_lines(report: ReportDue, values: Held) -> list[ResultLine]:
    """The agreed indicators in their order, with what a draft holds beside each."""
    agreed = sorted(report.award.indicators.all(), key=lambda each: (each.position, each.pk))
    return [
        ResultLine(str(one.pk), one.name, one.unit, _plain(one.baseline), _plain(one.target)).with_reported(
            _dict(values.get(str(one.pk)))
        )
        for one in agreed
    ]


def spending_lines(report: ReportDue, spending: Held) -> list[SpendingLine]:
    """The agreed budget in its order, with what a draft holds beside each heading."""
    agreed = sorted(report.award.budget_lines.all(), key=lambda each: (each.position, each.pk))
    return [_spending_line(str(one.pk), one.heading, one.amount, _dict(spending.get(str(one.pk)))) for one in agreed]


def is_final(report: ReportDue) -> bool:
    return report.kind == ReportKind.FINAL


def result_text(line: ResultLine) -> str:
    """What was reported of it, as one plain text."""
    value = show_number(line.value) if is_number(line.value) else line.value
    return "\n".join(filter(None, (" ".join(filter(None, (value, line.unit if value else ""))), line.note)))


def spending_text(line: SpendingLine) -> str:
    spent = _("%(amount)s spent") % {"amount": format_money(line.spent)} if line.spent is not None else line.typed
    return "\n".join(filter(None, (spent, line.note)))


def _spending_line(key: str, heading: str, planned: Money, held: Held) -> SpendingLine:
    minor = held.get("minor")
    spent = Money(minor, planned.currency) if is_minor(minor) else None
    return SpendingLine(key, heading, planned, spent, kept(held.get("note")), kept(held.get("typed"), most=MOST_TYPED))


def _plain(number: Decimal | None) -> str:
    """Without zeros at its end, as a questionnaire keeps numbers."""
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _dict(held: Any) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}
