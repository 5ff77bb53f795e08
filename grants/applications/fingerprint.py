"""The fingerprint of what was sent: anybody with the same facts computes the same 64 letters."""

from typing import Any

from grants.applications.models import Revision
from grants.questionnaires.definition import fingerprint

LETTERS_IN_A_GROUP, GROUPS_SHOWN = 4, 2


def content_of(revision: Revision) -> dict[str, Any]:
    """What the fingerprint is taken of, as plain JSON. `files` holds the fingerprint of each file by its token."""
    return {
        "reference": revision.application.reference,
        "number": revision.number,
        "form": revision.form_version.sha256,
        "answers": revision.answers,
        "profile": revision.profile,
        "files": revision.files,
        "arrived_at": revision.arrived_at.isoformat(),
        "submitted_by": revision.submitted_by_id,
        "language": revision.language,
    }


def seal(revision: Revision) -> str:
    """SHA-256 in hexadecimal."""
    return fingerprint(content_of(revision))


def short(sha256: str) -> str:
    """7c2e 91ab: enough to compare two papers by eye."""
    starts = range(0, LETTERS_IN_A_GROUP * GROUPS_SHOWN, LETTERS_IN_A_GROUP)
    return " ".join(sha256[start : start + LETTERS_IN_A_GROUP] for start in starts)


def in_groups(sha256: str) -> str:
    starts = range(0, len(sha256), LETTERS_IN_A_GROUP)
    return " ".join(sha256[start : start + LETTERS_IN_A_GROUP] for start in starts)
