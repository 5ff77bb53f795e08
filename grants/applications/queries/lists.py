from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from grants.applications.models import Application
from grants.calls.models import Call

PER_PAGE = 25


@dataclass(frozen=True)
class ApplicationFilter:
    """What the list is narrowed to; an empty text narrows nothing."""

    words: str = ""
    call: str = ""
    state: str = ""
    order: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.call or self.state)


@dataclass(frozen=True)
class StateCounts:
    """How many applications stand where, under the other filters that are on."""

    of: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.of.values())


ORDERS = {"": ("-submitted_at", "-pk"), "waiting": ("submitted_at", "pk"), "name": ("organisation__name", "pk")}


def application_page(
    applications: QuerySet[Application], *, wanted: ApplicationFilter, number: object
) -> Page[Application]:
    """One page in the order asked for, newest arrival first; a number that is none is the nearest page there is."""
    found = _narrowed(applications, wanted).select_related("organisation", "stage__call__fund")
    return Paginator(found.order_by(*ORDERS.get(wanted.order, ORDERS[""])), PER_PAGE).get_page(number)


def state_counts(applications: QuerySet[Application], *, wanted: ApplicationFilter) -> StateCounts:
    """One query."""
    others = _narrowed(applications, ApplicationFilter(words=wanted.words, call=wanted.call))
    return StateCounts(dict(others.order_by().values_list("state").annotate(count=Count("pk"))))


def calls_of(applications: QuerySet[Application]) -> list[Call]:
    """The calls that any of these answers."""
    return list(Call.objects.filter(Exists(applications.filter(stage__call=OuterRef("pk")))).order_by("code"))


def _narrowed(applications: QuerySet[Application], wanted: ApplicationFilter) -> QuerySet[Application]:
    if wanted.call:
        applications = applications.filter(stage__call__code=wanted.call)
    if wanted.state:
        applications = applications.filter(state=wanted.state)
    for word in wanted.words.split():
        by_applicant = Q(organisation__name__icontains=word) | Q(organisation__city__icontains=word)
        applications = applications.filter(by_applicant | Q(reference__icontains=word) | Q(title__icontains=word))
    return applications
