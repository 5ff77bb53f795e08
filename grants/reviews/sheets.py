"""A review to read: each criterion with its score, what that score means, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from grants.calls.models import Criterion
from grants.reviews.models import Amendment, Assignment
from grants.reviews.queries.standings import value_of


@dataclass(frozen=True)
class Given:
    """`value` is what counts now; `first` what was scored before it was changed, else None."""

    criterion: Criterion
    value: int | None
    first: int | None
    anchor: str
    justification: str
    amendments: tuple[Amendment, ...]


def review_lines(assignment: Assignment) -> list[Given]:
    return list(_lines(assignment))


def _lines(assignment: Assignment) -> Iterable[Given]:
    for score in assignment.scores.all():
        amendments = tuple(score.amendments.all())
        value = None if score.value is None else value_of(score)
        anchor = "" if value is None else score.criterion.anchor(value)
        first = score.value if amendments else None
        yield Given(score.criterion, value, first, anchor, score.justification, amendments)
