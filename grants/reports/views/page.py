"""What every page of one report begins with."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fundportal.refusals import Refusal
from fundportal.templatetags.lists import Moment
from grants.applications.progress import done_count
from grants.awards.models import ReportDue
from grants.questionnaires.answers import sheet
from grants.questionnaires.definition import Definition
from grants.reports.models import ReportRevision
from grants.reports.parts import form_of
from grants.reports.progress import part_lines
from grants.reports.queries.agreed import draft_of
from grants.reports.queries.pages import report_in_full, uploads_of
from grants.reports.queries.people import reports_of
from grants.reports.queries.readiness import is_writable
from grants.reports.queries.timeline import moments_of
from grants.reports.tables import (
    days_late,
    is_late,
    period_of,
    report_badge,
    results_table,
    revision_facts,
    spending_table,
    title_of,
)


def ours(request: HttpRequest, reference: str, number: int) -> ReportDue:
    """One of this person's organisations; everybody else's does not exist."""
    found = report_in_full(reports_of(request.user), reference, number)
    if found is None:
        raise Http404
    return found


def show_report(request: HttpRequest, reference: str, number: int, *, refusal: Refusal | None = None) -> HttpResponse:
    report = ours(request, reference, number)
    context = frame(report) | {
        "moments": stops(report),
        "said": last_word(report),
        "revisions": list(report.revisions.all()),
        "refusal": refusal,
    }
    return render(request, "reports/mine.html", context, status=refusal.status if refusal else 200)


def frame(report: ReportDue, current: str = "") -> dict[str, Any]:
    """What stands above and beside every page of it: grant, badge, day due, parts."""
    writable = is_writable(report)
    lines = part_lines(report, current) if writable else []
    return {
        "report": report,
        "award": report.award,
        "fund": report.award.fund,
        "place": [report.award.reference, report.number],
        "title": title_of(report),
        "period": period_of(report),
        "badge": report_badge(report),
        "draft": draft_of(report),
        "lines": lines,
        "done": done_count(lines),
        "is_writable": writable,
        "days_left": max(0, -days_late(report)),
        "days_late": days_late(report) if is_late(report) else 0,
    }


def sent(revision: ReportRevision) -> dict[str, Any]:
    """One version to be read: words, figures, money, files."""
    return in_words(form_of(revision.form_version), revision.answers) | {
        "revision": revision,
        "results": results_table(revision.result_lines) if revision.results else None,
        "spending": spending_table(revision.spending_lines, revision.currency) if revision.spending else None,
        "revision_facts": revision_facts(revision),
    }


def in_words(form: Definition, answers: dict[str, Any]) -> dict[str, Any]:
    """What was written, and apart from it the house's own box for files, left out where nobody added one."""
    *words, papers = sheet(form, answers)
    return {"sheet": words, "papers": [papers] if any(row.is_answered for row in papers.rows) else []}


def last_word(report: ReportDue) -> object:
    """The newest words of the office, None before the first."""
    return next(iter(reversed(report.feedback.all())), None)


def stops(report: ReportDue) -> list[Moment]:
    zone = report.award.fund.time_zone
    return [Moment(one.title, one.text, one.at, one.state, zone) for one in moments_of(report)]


def files_of(report: ReportDue, url_name: str) -> dict[str, Any]:
    """The report's files by token, and the address at which this page's reader can fetch each."""
    found = uploads_of(report)
    place = [report.award.reference, report.number]
    return {"uploads": found, "urls": {token: reverse(url_name, args=[*place, token]) for token in found}}
