"""Posts that no browser would send, to every form of the site: no fault, and nothing half done.

1,000 on every run of the suite and 3,000 under `./run storm`, beside the 2,000 to the give form in `tests/faults`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.doors.addresses import addresses, url_of
from tests.doors.forms import Form, forms_on
from tests.doors.knocks import NOT_ALLOWED, Person, quietly, taken_back
from tests.doors.reading import doors_of
from tests.doors.spoiling import Spoiler
from tests.doors.world import World, make_world
from tests.factories.people import make_fund
from tests.faults.sizes import size

pytestmark = pytest.mark.django_db

SEEDS = (20261123, 1, 2)[: size(1, 3)]
POSTS = 1_000
OK, REFUSED, FAULT = 200, 400, 500
# Whoever signs out is nobody afterwards; the others ask Stripe, and have posts of their own.
LEFT_ALONE = {"account_logout", "gifts:read_again", "giving:give", "giving:again", "stripe_webhook:webhook"}
# A refused move is put on record; a code that was not the right one counts.
ON_RECORD = {"audit_entry"}
# A draft keeps what was typed, whatever is still missing.
DRAFTS = {"reviews:save", "reviews:hand_in"}
BARE = Form("", {"version": ["1"], "reason": ["Something to say."]})


@dataclass(frozen=True)
class Mark:
    person: Person
    name: str
    form: Form


@pytest.fixture
def marks() -> Iterator[list[Mark]]:
    """Every form that somebody finds on a page, and every other address that takes a POST with a bare one."""
    world = make_world("aurora")
    with quietly():
        found = {mark.form.action: mark for person in people(world) for mark in forms_for(person, world)}
        known = {mark.name for mark in found.values()}
        everything = Person("who holds every role", world.everything)
        every = [one for one in addresses() if one.name not in known | LEFT_ALONE]
        bare = [
            Mark(everything, one.name, Form(url_of(one, world) if one.keys else one.url({}), BARE.boxes))
            for one in every
        ]
        found |= {one.form.action: one for one in bare if one.person.post(one.form.action).status != NOT_ALLOWED}
        yield [found[action] for action in sorted(found)]


def people(world: World) -> list[Person]:
    return [
        Person("a visitor"),
        Person("the signatory", world.signatory),
        Person("the reviewer", world.reviewer),
        Person("the invited one", world.invited),
        Person("whose keys they are", world.leaver),
        Person("who holds every role", world.everything),
    ]


def forms_for(person: Person, world: World) -> Iterator[Mark]:
    for url in (url for door in doors_of(world) if door.is_open_to(person) for url in door.urls[:1]):
        with taken_back():
            page = person.client.get(url)
        if page.status_code != OK or not page.headers["Content-Type"].startswith("text/html"):
            continue
        for form in forms_on(url, page.content.decode()):
            name = name_of(form.action)
            if name and name not in LEFT_ALONE:
                yield Mark(person, name, form)


def name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def sent(marks: list[Mark], spoiler: Spoiler, posts: int) -> tuple[Counter[int], list[str]]:
    """The statuses, and what went wrong: faults, and refusals after which something stays."""
    statuses: Counter[int] = Counter()
    found = []
    for number in range(posts):
        mark = marks[number % len(marks)]
        way, body, kind = spoiler.spoil(mark.form)
        answer = mark.person.send(mark.form.action, body, kind)
        statuses[answer.status] += 1
        is_whole = answer.status < REFUSED or mark.name in DRAFTS
        kept = set() if is_whole else set(answer.trace.kept) - ON_RECORD
        if answer.status >= FAULT or kept:
            found.append(f"{mark.name} ({way}) {answer.status} keeps {kept}: {body[:300]!r} {kind}")
    return statuses, found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_post_is_a_fault_and_none_that_is_refused_changes_anything(marks, seed):
    statuses, found = sent(marks, Spoiler(seed), POSTS)
    assert found == []
    assert min(statuses[302], statuses[422]) > POSTS // 20, statuses


def breaks(*_facts: object, **_more: object) -> bool:
    raise ValueError("A NUL stands in this.")


def writes_and_refuses(*_facts: object, **_more: object) -> bool:
    make_fund()
    return False


@pytest.mark.parametrize(("fault", "status"), [(breaks, 500), (writes_and_refuses, 429)])
def test_canary_a_view_that_breaks_or_does_half_of_it_is_found(monkeypatch, fault, status):
    monkeypatch.setattr("donations.receipts.views.knock", fault)
    mark = Mark(Person("a visitor"), "receipts:check", Form("/en/check/", {"code": ["AAAA-BBBB"]}))
    statuses, found = sent([mark], Spoiler(1), 30)
    assert statuses[status] == len(found) > 20
