"""The fingerprint of a report as it was sent: anybody with the same facts computes the same 64 letters."""

from typing import Any

from grants.questionnaires.definition import fingerprint
from grants.reports.models import ReportRevision


def content_of(revision: ReportRevision) -> dict[str, Any]:
    """What the fingerprint is taken of, as plain JSON. `files` holds the fingerprint of each file by its token."""
    report = revision.report
    return {
        "reference": report.award.reference,
        "report": report.number,
        "number": revision.number,
        "form": revision.form_version.sha256,
        "answers": revision.answers,
        "results": revision.results,
        "spending": revision.spending,
        "currency": revision.currency,
        "files": revision.files,
        "language": revision.language,
        "submitted_at": revision.submitted_at.isoformat(),
        "submitted_by": revision.submitted_by_id,
    }


def seal(revision: ReportRevision) -> str:
    """SHA-256 in hexadecimal."""
    return fingerprint(content_of(revision))
