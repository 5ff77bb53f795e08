"""The fund office reads a report: it asks, accepts, or no longer needs it. The grantee hears its words each time."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.refusals import Refusal
from grants.awards import services as awards
from grants.awards.models import ReportDue
from grants.awards.services.locking import make_report
from grants.awards.states import ReportKind, ReportState
from grants.reports import emails
from grants.reports.figures import spent_in_all
from grants.reports.models import Feedback, ReportRevision
from grants.reports.permissions import REVIEW, WAIVE
from grants.reports.services.locking import authorise_office, lock
from grants.reports.services.reminding import end_the_hold
from grants.reports.states import FeedbackKind

LONGEST_REASON: Final = 500


@transaction.atomic
def ask_for_changes(report_id: int, *, revision: int, reason: str, by: User) -> Feedback:
    """Opens the report again. `revision` is the number of the version that was read. Raises Refusal (409, 422)."""
    report = lock(report_id)
    authorise_office(by, REVIEW, report)
    text = _words(reason, _("Say what should change, in the words the grantee will read."), field="reason")
    read = _revision_read(report, revision)
    make_report("ask_for_changes", report, by=by, facts={"revision": revision})
    said = _say(report, FeedbackKind.RETURNED, text, by=by, revision=read)
    emails.returned(said)
    return said


@transaction.atomic
def accept_report(report_id: int, *, revision: int, feedback: str, by: User) -> Feedback:
    """Meets the conditions that waited for it and lets go what its delay had put on hold.

    The final one says what was spent. `revision` is the number of the version that was read: a newer one is never
    accepted unread (409). A report without an answer is not accepted (422, field "feedback").
    """
    report = lock(report_id)
    authorise_office(by, REVIEW, report)
    text = _words(feedback, _("Answer them in a few sentences: what you read, what helped."), field="feedback")
    read = _revision_read(report, revision)
    make_report("accept", report, by=by, facts={"revision": revision, "sha256": read.sha256 if read else ""})
    said = _say(report, FeedbackKind.ACCEPTED, text, by=by, revision=read)
    end_the_hold(report)
    awards.meet_report_conditions(report.pk, by=by)
    _tell_spending(report, read, by)
    emails.accepted(said)
    return said


@transaction.atomic
def waive_report(report_id: int, *, reason: str, by: User) -> Feedback:
    """A manager no longer asks for it. What waits for its acceptance is waived apart, payment by payment."""
    report = lock(report_id)
    authorise_office(by, WAIVE, report)
    text = _words(reason, _("Say why, in the words the grantee will read."), field="reason")
    if len(text) > LONGEST_REASON:
        raise Refusal(_("Keep it to 500 characters."), status=422, field="reason")
    report.waive_reason = text
    make_report("waive", report, by=by, facts={"reason": text})
    said = _say(report, FeedbackKind.WAIVED, text, by=by)
    end_the_hold(report)
    emails.waived(said)
    return said


def _tell_spending(report: ReportDue, read: ReportRevision | None, by: User) -> None:
    """Of a final report with figures; without them nobody knows what was left over."""
    lines = read.spending_lines if read and report.kind == ReportKind.FINAL else []
    if lines:
        awards.note_spending(report.award_id, spent=spent_in_all(lines, report.award.currency), by=by)


def _words(text: str, otherwise: str, *, field: str) -> str:
    if not text.strip():
        raise Refusal(otherwise, status=422, field=field)
    return text.strip()


def _revision_read(report: ReportDue, number: int) -> ReportRevision | None:
    """None while the move is refused anyway: from there the machine says why."""
    standing = report.revisions.order_by("-number").first()
    if report.state != ReportState.SUBMITTED or standing is None:
        return standing
    if standing.number != number:
        raise Refusal(_("A newer version came in while you read. Read it first."))
    return standing


def _say(
    report: ReportDue, kind: FeedbackKind, text: str, *, by: User, revision: ReportRevision | None = None
) -> Feedback:
    return Feedback.objects.create(report=report, revision=revision, kind=kind, text=text, by=by, at=clock.now())
