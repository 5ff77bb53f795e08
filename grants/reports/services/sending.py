"""A report is sent: from that moment a copy stands that nobody can change."""

from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.awards.services.locking import make_report
from grants.awards.states import ReportState
from grants.reports.fingerprint import seal
from grants.reports.models import ReportRevision
from grants.reports.queries.agreed import definition_of, draft_of, result_lines, spending_lines
from grants.reports.queries.readiness import file_fingerprints, is_writable, missing, tokens_in
from grants.reports.services.locking import authorise_writer, lock


@transaction.atomic
def submit_report(report_id: int, *, version: int, by: User) -> ReportRevision:
    """Makes the revision that the office reads. `version` is that of the draft the person read.

    Sending the same twice gives the one revision. There is no deadline: a late report is better than none. Raises
    Refusal: 409 changed since or not open, 422 something is missing; NotAllowed (403).
    """
    report = lock(report_id)
    authorise_writer(by, report)
    draft = draft_of(report)
    standing = report.revisions.order_by("-number").first()
    if report.state == ReportState.SUBMITTED and standing is not None and draft.version == version:
        return standing
    if is_writable(report):
        _refuse_changed(draft, version)
        _refuse_incomplete(report)
    revision = _revision(report, number=standing.number + 1 if standing else 1, by=by)
    make_report("submit", report, by=by, facts={"revision": revision.number, "sha256": revision.sha256})
    revision.save(force_insert=True)
    return revision


def _revision(report: ReportDue, *, number: int, by: User) -> ReportRevision:
    """Not saved yet: whether it may be sent at all is said by the move."""
    draft = draft_of(report)
    revision = ReportRevision(
        report=report,
        number=number,
        form_version=report.form_version,
        answers=draft.answers,
        results=[line.as_json() for line in result_lines(report, draft.values)],
        spending=[line.as_json() for line in spending_lines(report, draft.spending)],
        currency=report.award.currency,
        files=file_fingerprints(report, tokens_in(definition_of(report), draft.answers)),
        language=translation.get_language() or report.award.language,
        submitted_at=clock.now().astimezone(UTC),
        submitted_by=by,
    )
    revision.sha256 = seal(revision)
    return revision


def _refuse_changed(draft: Any, version: int) -> None:
    if draft.version == version:
        return
    words = {"person": draft.saved_by.full_name if draft.saved_by else _("Somebody")}
    raise Refusal(_("%(person)s changed the report after you opened this page. Read it again, then send it.") % words)


def _refuse_incomplete(report: ReportDue) -> None:
    count = len(missing(report))
    if count:
        sentence = ngettext(
            "%(count)s answer is missing or needs another look.",
            "%(count)s answers are missing or need another look.",
            count,
        )
        raise Refusal(sentence % {"count": count}, status=422)
