"""What the grantees of the demo report, and how the office answers and publishes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.demo.cast import holder, named
from fundportal.funds.models import Fund
from grants.awards.models import Award, ReportDue
from grants.questionnaires.models import FormVersion
from grants.reports import services
from grants.reports.parts import RESULTS, SPENDING
from grants.reports.services import PublicFacts


def publish_form(fund: Fund, name: str) -> FormVersion:
    officer = holder(Role.OFFICER)
    form = services.start_report_form(fund.pk, name=name, by=officer)
    return services.publish_report_form(form.pk, by=officer)


def write(award: Award, told: Mapping[str, Any], *, by: str) -> ReportDue:
    """The first report of the grant, part by part, and sent. `told` has answers, and figures in the agreed order."""
    services.open_due()
    report = award.reports_due.get(number=1)
    person = named(by)
    version = _write_story(report, told["answers"], person)
    values = [{"value": value} for value in told["values"]]
    spending = [{"minor": minor} for minor in told["spending"]]
    for part, rows, figures in ((RESULTS, award.indicators, values), (SPENDING, award.budget_lines, spending)):
        content = _by_number(list(rows.order_by("position").values_list("pk", flat=True)), figures)
        version = services.save_report(report.pk, part=part, content=content, version=version, by=person).version
    services.submit_report(report.pk, version=version, by=person)
    return report


def accept(report: ReportDue, *, feedback: str) -> None:
    services.accept_report(report.pk, revision=1, feedback=feedback, by=holder(Role.OFFICER))


def publish(report: ReportDue, summaries: Mapping[str, str]) -> None:
    facts = PublicFacts(summaries, shows_results=True, shows_spending=True)
    services.clear_for_publication(report.pk, facts=facts, version=0, by=holder(Role.EDITOR))


def _write_story(report: ReportDue, answers: Mapping[str, str], person: User) -> int:
    version = 0
    for section in report.form_version.form.sections:
        content = {question.key: answers[question.key] for question in section.questions if question.key in answers}
        version = services.save_report(report.pk, part=section.key, content=content, version=version, by=person).version
    return version


def _by_number(numbers: Sequence[int], figures: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(number): figure for number, figure in zip(numbers, figures, strict=True)}
