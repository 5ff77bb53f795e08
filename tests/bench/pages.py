"""What is measured, what a comparable portal needed for it, and what is aimed at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from fundportal.accounts.middleware import SEEN
from fundportal.accounts.models import User
from grants.applications.models import Application
from tests.bench.world import World

MOST_QUERIES_IN_PUBLIC = 15


@dataclass(frozen=True)
class Peer:
    """A comparable portal on such a machine, its templates cached, with 2,000 rows: queries and the least ms."""

    queries: int
    shortest: int


@dataclass(frozen=True)
class Subject:
    """One page. At most 1 / `part` of the peer's time is aimed at; where there is no peer no time is."""

    name: str
    client: Client
    path: str
    peer: Peer | None = None
    part: int = 3
    most_queries: int | None = None
    times: int = 20

    @property
    def aim(self) -> float | None:
        return self.peer.shortest / self.part if self.peer else None

    def visit(self) -> HttpResponseBase:
        return self.client.get(self.path)

    @property
    def cookie(self) -> str:
        """As a browser would send it, empty where nobody is signed in."""
        held = self.client.cookies.get(settings.SESSION_COOKIE_NAME)
        return f"{settings.SESSION_COOKIE_NAME}={held.value}" if held else ""


@dataclass(frozen=True)
class Sending(Subject):
    """Sends another draft each time."""

    send_next: Callable[[], HttpResponseBase] | None = None

    def visit(self) -> HttpResponseBase:
        return self.send_next()


def client_of(person: User | None = None) -> Client:
    """With the session that a person has from the second page on."""
    host = settings.ALLOWED_HOSTS[0]
    client = Client(SERVER_NAME="localhost" if host == "*" else host, HTTP_X_FORWARDED_PROTO="https")
    if person is not None:
        client.force_login(person)
        session = client.session
        session[SEEN] = True
        session.save()
    return client


def pages(world: World) -> Iterator[Subject]:
    yield from public_pages(world)
    yield from applicants_pages(world)
    yield from office_pages(world)


def public_pages(world: World) -> Iterator[Subject]:
    anybody, grants = client_of(), world.grants
    most: dict[str, Any] = {"most_queries": MOST_QUERIES_IN_PUBLIC}
    yield Subject("home", anybody, "/en/", Peer(16, 35), **most)
    yield Subject("call", anybody, reverse("call", args=[grants.open_call.code]), **most)
    yield Subject("grants, a page of the list", anybody, reverse("grant_list"), **most)
    yield Subject("grant", anybody, reverse("grant", args=[grants.award.reference]), **most)
    yield Subject("giving form", anybody, reverse("giving:give", args=[world.gifts.campaign.code]), **most)


def applicants_pages(world: World) -> Iterator[Subject]:
    first, *drafts = world.grants.drafts
    form = reverse("my_applications:section", args=[first.reference, "money"])
    yield Subject("apply form", client_of(first.started_by), form, Peer(24, 82))
    sender = client_of()
    yield Sending("submit", sender, "", Peer(57, 78), send_next=submissions(sender, drafts))


def office_pages(world: World) -> Iterator[Subject]:
    officer, everybody = client_of(world.officer), client_of(world.everybody)
    grants = world.grants
    read, reading = grants.read.application.reference, grants.reading
    desk, tenth = Peer(68, 420), {"part": 10}
    yield Subject("list", officer, reverse("applications:applications"), Peer(228, 575), **tenth)
    yield Subject("application", officer, reverse("applications:application", args=[read]), Peer(49, 105))
    review = reverse("reviews:review", args=[reading.token])
    yield Subject("review form", client_of(reading.reviewer), review, Peer(19, 61))
    yield Subject("dashboard", client_of(world.manager), reverse("office:desk"), desk, **tenth)
    yield Subject("the same with every role", everybody, reverse("office:desk"))
    panel = reverse("office_reviews:panel", args=[grants.panel.stage_id])
    yield Subject("dashboard of a panel", officer, panel, desk, **tenth)
    call = reverse("decisions:call", args=[grants.call.code])
    yield Subject("dashboard of a call", officer, call, desk, **tenth)
    yield Subject("CSV", everybody, reverse("office:record_export"), Peer(17, 9_852), times=3, **tenth)


def lists(world: World) -> Iterator[Subject]:
    """Every list of the office that has pages, with the rows of the fund in which there are many."""
    people = (
        (world.officer, LISTS_OF_THE_FUND),
        (world.caller, LISTS_OF_CALLS),
        (world.everybody, LISTS_OF_THE_DESK),
    )
    for person, names in people:
        client = client_of(person)
        for name, page in names.items():
            yield Subject(name, client, reverse(page))


LISTS_OF_THE_FUND = {
    "applications": "applications:applications",
    "awards": "awards:awards",
    "awards to offer": "awards:waiting",
    "payment runs": "payments:payments",
    "lines of statements": "payments:lines",
    "reports": "reports:reports",
    "gifts": "gifts:gifts",
    "messages from Stripe": "stripe:inbox",
    "requests to Stripe": "stripe:calls",
}
LISTS_OF_CALLS = {
    "calls": "calls:calls",
    "forms": "questionnaires:forms",
    "forms of reports": "reports:forms",
    "decisions": "decisions:decisions",
}
LISTS_OF_THE_DESK = {
    "people": "office:people",
    "conflicts": "office:conflicts",
    "letters": "office:letters",
    "record": "office:record",
}


def submissions(client: Client, drafts: Iterable[Application]) -> Callable[[], HttpResponseBase]:
    """Each call sends the next draft, by its own writer, who signed in before."""
    waiting = iter([(client_of(draft.started_by).cookies, draft) for draft in drafts])

    def send() -> HttpResponseBase:
        client.cookies, draft = next(waiting)
        return client.post(reverse("my_applications:send", args=[draft.reference]), {"version": draft.draft.version})

    return send
