"""What the reviewers' scores come to: the weighted raw mean and its range, as fractions that nothing has rounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from grants.applications.models import Application
from grants.calls.models import Criterion, Stage
from grants.reviews.models import Amendment, Assignment, Score
from grants.reviews.states import HANDED_IN


@dataclass(frozen=True)
class CriterionStanding:
    """`values` are the scores given, lowest first; `mean` lies between 0 and 5."""

    criterion: Criterion
    mean: Fraction
    values: tuple[int, ...]


@dataclass(frozen=True)
class Summary:
    """Over the reviews handed in: each is the mean of its scores weighted by the criteria, and all count the same."""

    mean: Fraction
    lowest: Fraction
    highest: Fraction
    count: int


@dataclass(frozen=True)
class Standing(Summary):
    by_criterion: tuple[CriterionStanding, ...]


def with_scores(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    amendments = Prefetch("amendments", Amendment.objects.order_by("at", "pk"))
    scores = (
        Score.objects.select_related("criterion").prefetch_related(amendments).order_by("criterion__position", "pk")
    )
    return assignments.select_related("application__stage__call__fund").prefetch_related(Prefetch("scores", scores))


def standing(application: Application) -> Standing | None:
    """None while no review is in."""
    handed_in = Assignment.objects.filter(application=application, state__in=HANDED_IN).order_by("pk")
    return _standing(with_scores(handed_in))


def standings(stage: Stage) -> dict[int, Standing]:
    """By application id, for every application of the stage with a review. Three queries, however many there are."""
    handed_in = Assignment.objects.filter(application__stage=stage, state__in=HANDED_IN).order_by("application", "pk")
    reviews: dict[int, list[Assignment]] = {}
    for assignment in with_scores(handed_in):
        reviews.setdefault(assignment.application_id, []).append(assignment)
    found = {application: _standing(of_one) for application, of_one in reviews.items()}
    return {application: one for application, one in found.items() if one is not None}


def summaries(stage: Stage) -> dict[int, Summary]:
    """As `standings`, without the criteria: one query that adds up in the database, one row for each review."""
    newest = Amendment.objects.filter(score=OuterRef("pk")).order_by("-at", "-pk").values("value")[:1]
    handed_in = Score.objects.filter(assignment__application__stage=stage, assignment__state__in=HANDED_IN).order_by()
    scores = handed_in.annotate(given=Coalesce(Subquery(newest), F("value")), weight=F("criterion__weight"))
    weighed = {"points": Sum(F("given") * F("weight")), "weights": Sum("weight")}
    reviews = scores.values("assignment__application", "assignment").annotate(**weighed)
    means: dict[int, list[Fraction]] = {}
    for application, points, weight in reviews.values_list("assignment__application", "points", "weights"):
        means.setdefault(application, []).append(Fraction(points, weight))
    return {application: _summary(of_one) for application, of_one in means.items()}


def value_of(score: Score) -> int:
    """The newest amendment, else what was scored first. Reads the prefetched amendments."""
    amendments = list(score.amendments.all())
    return int(amendments[-1].value if amendments else score.value)


def _standing(reviews: Iterable[Assignment]) -> Standing | None:
    sheets = [[(score.criterion, value_of(score)) for score in review.scores.all()] for review in reviews]
    means = [_weighted_mean(sheet) for sheet in sheets if sheet]
    if not means:
        return None
    return Standing(**vars(_summary(means)), by_criterion=tuple(_by_criterion(sheets)))


def _summary(means: list[Fraction]) -> Summary:
    return Summary(_mean(means), min(means), max(means), len(means))


def _weighted_mean(sheet: list[tuple[Criterion, int]]) -> Fraction:
    weight = sum(criterion.weight for criterion, _value in sheet)
    return Fraction(sum(criterion.weight * value for criterion, value in sheet), weight)


def _by_criterion(sheets: list[list[tuple[Criterion, int]]]) -> Iterable[CriterionStanding]:
    criteria = {criterion.pk: criterion for sheet in sheets for criterion, _value in sheet}
    for criterion in sorted(criteria.values(), key=lambda each: (each.position, each.pk)):
        values = sorted(value for sheet in sheets for each, value in sheet if each.pk == criterion.pk)
        yield CriterionStanding(criterion, _mean(values), tuple(values))


def _mean(values: Iterable[int | Fraction]) -> Fraction:
    listed = list(values)
    return Fraction(sum(listed), len(listed))
