"""What must hold of every report that was sent. Each check names every report that breaks it."""

from collections.abc import Iterator

from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports.fingerprint import seal
from grants.reports.models import Publication, ReportRevision
from grants.reports.states import FeedbackKind

SENT = (ReportState.SUBMITTED, ReportState.CHANGES_REQUESTED, ReportState.ACCEPTED)


def revisions_match_their_fingerprints() -> Iterator[str]:
    known = ReportRevision.objects.select_related("report__award", "form_version").order_by("pk")
    for revision in known.iterator():
        if seal(revision) != revision.sha256:
            yield f"version {revision.number} of report {revision.report} is not what its fingerprint says"


def what_was_sent_was_kept() -> Iterator[str]:
    lost = ReportDue.objects.filter(state__in=SENT, revisions__isnull=True).select_related("award")
    for report in lost.order_by("pk"):
        yield f"report {report} counts as received and nothing was kept"


def accepted_reports_were_answered() -> Iterator[str]:
    accepted = ReportDue.objects.filter(state=ReportState.ACCEPTED).exclude(feedback__kind=FeedbackKind.ACCEPTED)
    for report in accepted.select_related("award").order_by("pk"):
        yield f"report {report} was accepted without an answer"


def only_accepted_reports_are_public() -> Iterator[str]:
    early = Publication.objects.filter(withdrawn_at__isnull=True).exclude(report__state=ReportState.ACCEPTED)
    for publication in early.select_related("report__award").order_by("pk"):
        yield f"report {publication.report} is public and not accepted"


PROOFS = {
    "reports: versions match their fingerprints": revisions_match_their_fingerprints,
    "reports: what is received was kept": what_was_sent_was_kept,
    "reports: what is accepted was answered": accepted_reports_were_answered,
    "reports: only accepted reports are public": only_accepted_reports_are_public,
}
