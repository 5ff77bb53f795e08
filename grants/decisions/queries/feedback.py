"""What the letter says of the scores: in the words of the anchors, never by whom."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q
from django.utils.formats import number_format

from grants.applications.models import Application
from grants.calls.models import Stage
from grants.decisions.models import Decision
from grants.decisions.states import DeliberationState, Outcome
from grants.reviews.queries.standings import CriterionStanding, standing

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Mark:
    """One criterion: its mean of 5 with one decimal, and what that score means."""

    title: str
    score: str
    meaning: str


@dataclass(frozen=True)
class Feedback:
    """`weak` and `strong` are none where every criterion was scored alike."""

    marks: tuple[Mark, ...] = ()
    weak: Mark | None = None
    strong: Mark | None = None


def feedback_on(application: Application) -> Feedback:
    """In the active language; the first of several equal criteria counts."""
    scored = standing(application)
    if scored is None:
        return Feedback()
    lines = scored.by_criterion
    weakest, strongest = min(lines, key=lambda line: line.mean), max(lines, key=lambda line: line.mean)
    marks = tuple(_mark(line) for line in lines)
    if weakest.mean == strongest.mean:
        return Feedback(marks)
    return Feedback(marks, _mark(weakest), _mark(strongest))


def how_many_applied(stage: Stage) -> int:
    return Application.objects.received().filter(stage=stage).count()


def how_many_funded(stage: Stage) -> int:
    """Announced by now: a list that is adopted and not announced is nobody's business yet."""
    announced = Q(deliberation__state=DeliberationState.RELEASED, is_effective=True)
    return Decision.objects.filter(announced, application__stage=stage, outcome=Outcome.APPROVE).count()


def written_score(mean: Fraction) -> str:
    """One decimal, halves up: 10/3 is 3.3."""
    tenths = int(mean * 10 + HALF)
    return number_format(f"{tenths // 10}.{tenths % 10}", decimal_pos=1)


def _mark(line: CriterionStanding) -> Mark:
    return Mark(line.criterion.title, written_score(line.mean), line.criterion.anchor(int(line.mean + HALF)))
