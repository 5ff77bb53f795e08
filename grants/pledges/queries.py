"""The shapes that readers of the register need: filtered entries, counts, places."""

from dataclasses import dataclass, fields, replace

from django.db.models import Count, Q

from grants.pledges.models import Country, LocalAction, LocalActionQuerySet
from grants.pledges.states import Kind


@dataclass(frozen=True)
class Filters:
    """What a reader narrowed the register to; an empty value narrows nothing."""

    words: str = ""
    country: str = ""
    kind: str = ""
    year: int | None = None
    backed: bool = False

    @property
    def set_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in fields(self) if getattr(self, field.name))

    def without(self, name: str) -> "Filters":
        blank = {"year": None, "backed": False}
        return replace(self, **{name: blank.get(name, "")})

    def with_backing(self) -> "Filters":
        return replace(self, backed=True)


@dataclass(frozen=True)
class Counts:
    """Recomputed from the public records of one year; a joint commitment counts once."""

    year: int
    entries: int
    commitments: int
    submitters: int
    countries: int
    backed: int
    kinds: dict[str, int]


def matching(filters: Filters) -> LocalActionQuerySet:
    found = LocalAction.objects.public().mentioning(filters.words)
    if filters.country:
        found = found.filter(countries__code=filters.country)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.year:
        found = found.filter(year=filters.year)
    if filters.backed:
        found = found.filter(is_fund_backed=True)
    return found


def listed(filters: Filters) -> LocalActionQuerySet:
    return matching(filters).in_reading_order().select_related("source").prefetch_related("countries")


def gained_by_removing(filters: Filters) -> dict[str, int]:
    """For each filter that is set: how many entries there are without it."""
    return {name: matching(filters.without(name)).count() for name in filters.set_names}


def counts(year: int) -> Counts:
    """One query: every count is of distinct rows, because the countries multiply them."""
    sums = (
        LocalAction.objects.public()
        .filter(year=year)
        .aggregate(
            entries=Count("pk", distinct=True),
            commitments=Count("commitment", distinct=True),
            submitters=Count("submitter", distinct=True),
            countries=Count("countries", distinct=True),
            backed=Count("pk", filter=Q(is_fund_backed=True), distinct=True),
            **{f"kind_{kind}": Count("pk", filter=Q(kind=kind), distinct=True) for kind in Kind.values},
        )
    )
    kinds = {kind: sums.pop(f"kind_{kind}") for kind in Kind.values}
    return Counts(year=year, kinds=kinds, **sums)


def countries_with_actions() -> list[Country]:
    public = LocalAction.objects.public()
    return sorted(Country.objects.filter(actions__in=public).distinct(), key=lambda country: country.name)


def entries_by_year() -> dict[int, int]:
    """The newest year first."""
    public = LocalAction.objects.public().order_by("-year")
    return dict(public.values_list("year").annotate(entries=Count("pk")))


def placed() -> LocalActionQuerySet:
    """Older years first, so that on a map the newest dots lie on top."""
    return LocalAction.objects.public().filter(latitude__isnull=False).order_by("year", "reference")


def partners(reference: str) -> LocalActionQuerySet:
    commitment = LocalAction.objects.filter(reference=reference).values("commitment")
    return listed(Filters()).filter(commitment__in=commitment).exclude(reference=reference)
