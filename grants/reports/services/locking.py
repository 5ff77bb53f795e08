"""How every act on a report begins: its row locked, the person's right checked."""

from typing import Any

from django.utils.translation import gettext as _

from fundportal.access import Actor, authorise
from fundportal.organisations.queries import has_conflict
from fundportal.refusals import NotAllowed
from grants.awards.models import ReportDue
from grants.awards.services.locking import lock_report
from grants.reports.queries.people import may_write


def lock(report_id: int) -> ReportDue:
    """With all its acts read; read after the lock, or PostgreSQL would show joined rows as they were before it."""
    lock_report(report_id)
    known = ReportDue.objects.select_related("award__fund", "award__organisation", "form_version", "draft")
    return known.prefetch_related("award__indicators", "award__budget_lines").get(pk=report_id)


def authorise_writer(by: Any, report: ReportDue) -> None:
    if not may_write(by, report):
        raise NotAllowed(_("Only people who work for this organisation write its reports."))


def authorise_office(by: Actor, permission: str, report: ReportDue) -> None:
    """The role, in this fund, and no tie to the organisation."""
    authorise(by, permission, report.award.fund)
    if has_conflict(by, report.award.organisation_id):
        raise NotAllowed(_("You have a conflict of interest with this organisation. Somebody else does this."))
