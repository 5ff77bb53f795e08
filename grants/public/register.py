"""The public register of local actions, as plain data."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from fundportal.money import Money
from grants.pledges import queries
from grants.pledges.models import LocalAction
from grants.pledges.queries import Counts, Filters
from grants.pledges.states import Kind, Reach


@dataclass(frozen=True)
class Document:
    title: str
    publisher: str
    year: str
    language: str


@dataclass(frozen=True)
class Action:
    """An entry as its readers see it; texts are in the active language, an empty value was not published."""

    reference: str
    year: int
    submitter: str
    submitter_kind: str
    head: str
    where: str
    title: str
    printed_title: str
    summary: str
    kind: str
    kind_label: str
    priority: int | None
    priority_label: str
    starts: str
    ends: str
    is_ongoing: bool
    is_fund_backed: bool
    budget: Money | None
    people: int | None
    people_unit: str
    latitude: Decimal | None
    longitude: Decimal | None
    document: Document


@dataclass(frozen=True)
class ActionList:
    """One page of entries. `gained` says how many there would be without each filter, asked only when none matched."""

    page: Page
    gained: dict[str, int]


@dataclass(frozen=True)
class Place:
    name: str
    year: int
    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Choices:
    countries: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    total: int


def actions(filters: Filters, *, total: int, page: object = 1, size: int = 12) -> ActionList:
    """A page number that is none, or beyond the end, gives the nearest page; `total` is what is there unnarrowed."""
    paginator = Paginator(queries.listed(filters), size)
    if not filters.set_names:
        paginator.count = total
    shown = paginator.get_page(page)
    shown.object_list = [_action(entry) for entry in shown.object_list]
    return ActionList(shown, {} if shown.paginator.count else queries.gained_by_removing(filters))


def every_action(filters: Filters) -> Iterator[Action]:
    return (_action(entry) for entry in queries.listed(filters))


def action(reference: str) -> Action | None:
    """None when there is no such entry, or none that anybody may read."""
    entry = queries.listed(Filters()).filter(reference=reference).first()
    return _action(entry) if entry else None


def partner_actions(reference: str) -> tuple[Action, ...]:
    """The other entries of the same joint commitment."""
    return tuple(_action(entry) for entry in queries.partners(reference))


def places() -> tuple[Place, ...]:
    """Where the public actions are; one entry each, those without one place left out."""
    rows = queries.placed().only("submitter_names", "year", "latitude", "longitude")
    return tuple(Place(row.submitter_name, row.year, row.latitude, row.longitude) for row in rows)


def counts(year: int) -> Counts:
    return queries.counts(year)


def choices() -> Choices:
    """What the register can be narrowed to, and how many actions it has."""
    by_year = queries.entries_by_year()
    return Choices(
        countries=tuple((country.code, country.name) for country in queries.countries_with_actions()),
        kinds=tuple(kind_choices()),
        years=tuple(by_year),
        total=sum(by_year.values()),
    )


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in Kind]


def kind_label(kind: str) -> str:
    return str(Kind(kind).label)


def _action(entry: LocalAction) -> Action:
    source = entry.source
    return Action(
        reference=entry.reference,
        year=entry.year,
        submitter=entry.submitter_name,
        submitter_kind=entry.get_submitter_kind_display(),
        head=entry.head,
        where=_where(entry),
        title=entry.title,
        printed_title=entry.printed_title,
        summary=entry.summary,
        kind=entry.kind,
        kind_label=entry.get_kind_display(),
        priority=entry.priority,
        priority_label=entry.get_priority_display() or "",
        starts=entry.starts,
        ends=entry.ends,
        is_ongoing=entry.is_ongoing,
        is_fund_backed=entry.is_fund_backed,
        budget=entry.budget,
        people=entry.people,
        people_unit=entry.people_unit,
        latitude=entry.latitude,
        longitude=entry.longitude,
        document=Document(source.title, source.publisher, source.year, source.language),
    )


def _where(entry: LocalAction) -> str:
    if entry.reach != Reach.COUNTRIES:
        return entry.get_reach_display()
    return ", ".join(country.name for country in entry.countries.all())
