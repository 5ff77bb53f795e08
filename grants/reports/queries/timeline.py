"""What happened to a report, and as its last stop what comes next, by whom and by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports.states import FeedbackKind


@dataclass(frozen=True)
class Stop:
    title: str
    text: str
    at: datetime | date | str
    state: str = "done"


def moments_of(report: ReportDue) -> list[Stop]:
    """Reads the prefetched versions and the office's words; no query of its own."""
    past = sorted(_past(report), key=lambda one: one.at)
    return [*past, *_coming(report)]


def _past(report: ReportDue) -> Iterator[Stop]:
    if report.opened_at:
        yield Stop(_("Open for writing"), "", report.opened_at)
    for revision in report.revisions.all():
        words = {"number": revision.number, "person": revision.submitted_by.full_name}
        yield Stop(_("Sent"), _("Version %(number)s, by %(person)s.") % words, revision.submitted_at)
    for said in report.feedback.all():
        title = _("The fund office has a question") if said.kind == FeedbackKind.RETURNED else said.get_kind_display()
        yield Stop(title, said.text, said.at)


def _coming(report: ReportDue) -> Iterator[Stop]:
    day = {"day": date_format(report.due_on, DAY_FORMAT)}
    opens = {"day": date_format(report.opens_on, DAY_FORMAT)}
    words = {
        ReportState.SCHEDULED: (_("Planned"), _("You can write it from %(day)s on.") % opens),
        ReportState.OPEN: (_("To be written"), _("Your organisation sends it by %(day)s.") % day),
        ReportState.SUBMITTED: (_("With the fund office"), _("Somebody there reads it and answers you.")),
        ReportState.CHANGES_REQUESTED: (_("With you"), _("Answer the question above and send the report again.")),
    }
    if report.state in words:
        title, text = words[ReportState(report.state)]
        yield Stop(title, text, "", "now")
