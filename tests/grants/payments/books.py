"""Whether the books and the payments still tell the same."""

from fundportal.ledger.invariants import check_invariants

# Applications of the factories have revisions without a true fingerprint; no act of this slice writes any.
NOT_OURS = "revision"


def broken() -> list[str]:
    return [
        sentence for found in check_invariants().values() for sentence in found if not sentence.startswith(NOT_OURS)
    ]
