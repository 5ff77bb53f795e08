"""The letters about a report: to every member of the organisation in their own language, and to the fund's officers."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from fundportal.accounts.models import User
from fundportal.mail.services import write
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.models import ReportDue
from grants.reports.models import Feedback, Reminder
from grants.reports.queries.people import addressees, officers_of
from grants.reports.states import MONEY_WAITS_AFTER

Words = Callable[[], dict[str, Any]]


def opened(report: ReportDue) -> None:
    _send("reports/opened", report, lambda: _facts(report), key="opened", to=addressees(report))


def due_soon(reminder: Reminder) -> None:
    report = reminder.report

    def words() -> dict[str, Any]:
        return _facts(report) | {"days": -reminder.days}

    _send("reports/due_soon", report, words, key=f"reminder:{reminder.days}", to=addressees(report))


def late(reminder: Reminder) -> None:
    report = reminder.report
    _send("reports/late", report, lambda: _late(reminder), key=f"reminder:{reminder.days}", to=addressees(report))


def late_to_office(reminder: Reminder) -> None:
    report = reminder.report

    def words() -> dict[str, Any]:
        return _late(reminder) | {"url": _url("reports:report", report), "name": report.award.organisation.name}

    _send("reports/late_to_office", report, words, key=f"office:{reminder.days}", to=officers_of(report))


def returned(said: Feedback) -> None:
    _answer("reports/returned", said)


def accepted(said: Feedback) -> None:
    _answer("reports/accepted", said)


def waived(said: Feedback) -> None:
    _answer("reports/waived", said)


def _answer(template: str, said: Feedback) -> None:
    report = said.report

    def words() -> dict[str, Any]:
        return _facts(report) | {"said": said.text, "by": said.by.full_name}

    _send(template, report, words, key=f"feedback:{said.pk}", to=addressees(report))


def _late(reminder: Reminder) -> dict[str, Any]:
    """Says until when there is time before money waits, or that it waits already."""
    report = reminder.report
    waits_from = date_format(report.due_on + timedelta(days=MONEY_WAITS_AFTER), DAY_FORMAT)
    held = reminder.held_tranche
    return _facts(report) | {
        "days": reminder.days,
        "waits_from": "" if reminder.days >= MONEY_WAITS_AFTER else waits_from,
        "held": held.number if held else None,
    }


def _facts(report: ReportDue) -> dict[str, Any]:
    """In the active language."""
    return {
        "report": report,
        "award": report.award,
        "kind": report.get_kind_display(),
        "starts": date_format(report.period_starts_on, DAY_FORMAT),
        "ends": date_format(report.period_ends_on, DAY_FORMAT),
        "due": date_format(report.due_on, DAY_FORMAT),
        "url": _url("my_reports:report", report),
    }


def _send(template: str, report: ReportDue, words: Words, *, key: str, to: Iterable[User]) -> None:
    for person in to:
        with translation.override(person.language):
            context = words()
        write(
            template,
            key=f"report:{report.pk}:{key}:{person.pk}",
            to=person.email,
            language=person.language,
            fund=report.award.fund,
            context=context,
        )


def _url(name: str, report: ReportDue) -> str:
    return settings.SITE_ORIGIN + reverse(name, args=[report.award.reference, report.number])
