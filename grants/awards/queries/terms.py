"""What stands in the boxes of an offer before anybody types: the plan of the application, or the terms as they are."""

from datetime import date, timedelta
from typing import Any

from fundportal import clock
from fundportal.funds.models import Fund
from grants.awards.models import Award, Condition
from grants.awards.queries.pages import asked_budget
from grants.awards.states import ReportKind
from grants.decisions.models import Decision
from grants.questionnaires.models import FormVersion

DAYS_TO_ANSWER, DAYS_TO_REPORT = 30, 60
DATES = ("starts_on", "ends_on", "respond_by")


def form_versions_of(fund: Fund, award: Award | None = None) -> list[FormVersion]:
    """The last published version of each form of the fund, and those that the award asks for already."""
    known = FormVersion.objects.filter(questionnaire__fund=fund).select_related("questionnaire")
    asked = {one.form_version_id for one in award.reports_due.all()} if award else set()
    last: dict[int, FormVersion] = {}
    kept = []
    for version in known.order_by("questionnaire__name", "questionnaire", "-number"):
        is_last = last.setdefault(version.questionnaire_id, version) is version
        if is_last or version.pk in asked:
            kept.append(version)
    return kept


def terms_to_start_from(decision: Decision) -> dict[str, Any]:
    """A year from the first of next month, one payment of all, one final report; the budget as it was asked for."""
    application = decision.application
    today = clock.today(application.fund.time_zone)
    starts_on = _first_of_next_month(today)
    ends_on = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    final = {
        "kind": ReportKind.FINAL,
        "period_starts_on": starts_on,
        "period_ends_on": ends_on,
        "due_on": ends_on + timedelta(days=DAYS_TO_REPORT),
    }
    answer_by = today + timedelta(days=DAYS_TO_ANSWER)
    return {
        "dates": {"starts_on": starts_on, "ends_on": ends_on, "respond_by": answer_by},
        "tranches": [{"amount": decision.amount, "planned_on": starts_on}],
        "reports": [final],
        "budget": [{"heading": what, "amount": amount} for what, amount in asked_budget(application)],
    }


def terms_of(award: Award) -> dict[str, Any]:
    """As they are; reads the rows that `award_in_full` prefetched."""
    tranches = list(award.tranches.all())
    return {
        "dates": {name: getattr(award, name) for name in (*DATES, "version")},
        "tranches": [{"amount": one.amount, "planned_on": one.planned_on} for one in tranches],
        "conditions": [_condition(one.number, each) for one in tranches for each in one.conditions.all()],
        "reports": [
            _facts(one, "kind", "period_starts_on", "period_ends_on", "due_on") | _form(one)
            for one in award.reports_due.all()
        ],
        "indicators": [_facts(one, "name", "unit", "baseline", "target") for one in award.indicators.all()],
        "budget": [{"heading": one.heading, "amount": one.amount} for one in award.budget_lines.all()],
    }


def _condition(number: int, condition: Condition) -> dict[str, Any]:
    report = condition.report_due.number if condition.report_due else None
    return _facts(condition, "kind", "text", "due_on") | {"tranche": number, "report": report}


def _form(report: Any) -> dict[str, Any]:
    return {"form_version": str(report.form_version_id)}


def _facts(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
