"""What the clock does: opens a report when it can be written, reminds of it, and at last lets the next payment wait."""

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, Actor, authorise
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.awards import services as awards
from grants.awards.models import Award, ReportDue, Tranche
from grants.awards.services.locking import make_report
from grants.awards.states import BEFORE_THE_BANK, ReportState, TrancheState
from grants.reports import emails
from grants.reports.models import Reminder, ReportDraft
from grants.reports.permissions import OPEN, REMIND
from grants.reports.queries.clock import mark_reached, reports_to_open, reports_to_remind, very_late_reports
from grants.reports.services.locking import lock
from grants.reports.states import MONEY_WAITS_AFTER, OFFICE_IS_TOLD_AFTER


def open_due() -> int:
    """Returns how many reports were opened; one whose award does not run is left for later."""
    opened = []
    for report_id in reports_to_open():
        with suppress(Refusal):
            opened.append(open_report(report_id, by=SYSTEM))
    return len(opened)


@transaction.atomic
def open_report(report_id: int, *, by: Actor) -> ReportDue:
    """Raises Refusal (409) before its day, and while the award does not run."""
    report = lock(report_id)
    authorise(by, OPEN, report.award.fund)
    make_report("open", report, by=by)
    ReportDraft.objects.get_or_create(report=report)
    mark = mark_reached(report.due_on, _today(report))
    if mark is not None:
        Reminder.objects.create(report=report, days=mark, at=clock.now())
    emails.opened(report)
    return report


def remind() -> int:
    """Returns of how many reports somebody was reminded. Days on which nobody rang are made up for by one letter."""
    return sum(remind_of(report_id, by=SYSTEM) is not None for report_id in reports_to_remind())


@transaction.atomic
def remind_of(report_id: int, *, by: Actor) -> Reminder | None:
    """The letter of today, or None where it is written already or the report has come in meanwhile."""
    report = lock(report_id)
    authorise(by, REMIND, report.award.fund)
    mark = mark_reached(report.due_on, _today(report))
    if report.state != ReportState.OPEN or mark is None or report.reminders.filter(days__gte=mark).exists():
        return None
    held = _hold_next_payment(report, by) if mark >= MONEY_WAITS_AFTER else None
    made = Reminder.objects.create(report=report, days=mark, held_tranche=held, at=clock.now())
    facts = {"days": mark} | ({"held": str(held)} if held else {})
    record("reports.remind", report, by=by, fund=report.award.fund, facts=facts)
    _write_letters(made)
    return made


def end_the_hold(report: ReportDue) -> None:
    """Nothing of the award is very late any more: what its late reports had put on hold goes on.

    Also a payment that a change of the grant put in the place of the one that was held, with the same words.
    """
    award = report.award
    if very_late_reports(award, _today(report)).exists():
        return
    holding = Reminder.objects.filter(report__award=award, held_tranche__isnull=False).select_related("report")
    held = {reminder.held_tranche_id: _why_held(reminder.report, award) for reminder in holding.order_by("pk")}
    for tranche in award.tranches.filter(state=TrancheState.ON_HOLD).order_by("number"):
        is_same = tranche.pk in held and f"{award}-R" in tranche.hold_reason
        if is_same or tranche.hold_reason in held.values():
            awards.release_tranche(tranche.pk, by=SYSTEM)


def _hold_next_payment(report: ReportDue, by: Actor) -> Tranche | None:
    """The first one that the bank does not have yet; None where there is none, or somebody holds it already."""
    tranche = report.award.tranches.filter(state__in=BEFORE_THE_BANK).order_by("number").first()
    if tranche is None:
        return None
    reason = _why_held(report, report.award)
    with suppress(Refusal):
        return awards.hold_tranche(tranche.pk, reason=reason, by=by)
    return None


def _why_held(report: ReportDue, award: Award) -> str:
    with translation.override(award.language):
        return _("The report %(report)s is late.") % {"report": f"{award}-R{report.number}"}


def _write_letters(reminder: Reminder) -> None:
    if reminder.days <= 0:
        emails.due_soon(reminder)
        return
    emails.late(reminder)
    if reminder.days >= OFFICE_IS_TOLD_AFTER:
        emails.late_to_office(reminder)


def _today(report: ReportDue) -> date:
    return clock.today(report.award.fund.time_zone)
