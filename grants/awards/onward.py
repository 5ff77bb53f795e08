"""The way to pages of later phases, by their names. A house without such a page shows no link to it."""

from django.urls import NoReverseMatch, reverse

from grants.awards.models import Award, ReportDue
from grants.awards.states import ReportState


def onward(name: str, *place: object) -> str:
    """The address of a page that stands in another slice, "" where there is none."""
    try:
        return reverse(name, args=place)
    except NoReverseMatch:
        return ""


def report_url(report: ReportDue, *, for_grantee: bool) -> str:
    """Where this report is written, or read in the office; none before it may be written."""
    if report.state == ReportState.SCHEDULED:
        return ""
    name = "my_reports:report" if for_grantee else "reports:report"
    return onward(name, report.award.reference, report.number)


def accept_url(award: Award) -> str:
    return onward("my_payments:accept", award.reference)


def bank_url(award: Award) -> str:
    return onward("my_payments:bank", award.reference)
