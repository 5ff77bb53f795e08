"""Everything somebody can read of one fund, page by page: each address with each object, lists searched by words."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache

from fundportal.access import may
from fundportal.access.urls import PUBLIC, SIGNED_IN
from tests.doors.addresses import Address, addresses, values_of
from tests.doors.knocks import NOT_ALLOWED, NOT_FOUND, Answer, Person
from tests.doors.world import World

# Each look makes a new secret or a new challenge.
NEW_EACH_TIME = {"mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"}
APPLICATIONS = ("sent", "screened", "read", "judged_before", "listed", "staged", "refused", "proposed", "without_offer")
OF_APPLICATIONS = {"applications", "my_applications", "my_decisions", "decisions"}
OF_AWARDS = {"awards", "my_grants", "grant", "grant_data"}
OF_CALLS = {"call", "call_calendar", "call_data", "calls", "applications", "decisions", "office_reviews"}
SEARCHED = (
    "/en/office/search/",
    "/en/office/people/",
    "/en/office/letters/",
    "/en/office/applications/",
    "/en/office/awards/",
)


@dataclass(frozen=True)
class Door:
    """One address with each object that stands behind it; `policy` is who may come before it."""

    policy: str
    urls: tuple[str, ...]

    def is_open_to(self, person: Person) -> bool:
        """Else no view runs: the door itself refuses."""
        return self.policy in {PUBLIC, SIGNED_IN} or (person.user is not None and may(person.user, self.policy))


def doors_of(world: World) -> list[Door]:
    known = [one for one in addresses() if one.name not in NEW_EACH_TIME]
    found = [Door(one.policy, tuple(one.url(values) for values in every_value(one, world))) for one in known]
    words = ("Reviewer", "staged", "Aurora", world.staged.reference)
    policies = {one.url({}): one.policy for one in known if not one.keys}
    return [*found, *(Door(policies[place], tuple(f"{place}?words={word}" for word in words)) for place in SEARCHED)]


def every_value(address: Address, world: World) -> Iterator[dict[str, Any]]:
    values = values_of(address, world) if address.keys else {}
    yield values
    if "reference" in address.keys:
        yield from (values | {"reference": one.reference} for one in _referred(address, world))
    if "code" in address.keys and address.room in OF_CALLS:
        yield from (values | {"code": call.code} for call in (world.open_call, world.judged_call))
    if address.keys == ("pk",) and address.room == "decisions":
        yield values | {"pk": world.adopted.pk}


def _referred(address: Address, world: World) -> list[Any]:
    if address.room in OF_APPLICATIONS:
        return [getattr(world, word) for word in APPLICATIONS]
    return [world.award, world.offered] if address.room in OF_AWARDS else []


def read(person: Person, doors: list[Door]) -> dict[str, Answer]:
    """Every page with nothing remembered from before, and unordered rows shuffled the same way each time.

    Where the first object of a door is not theirs, the others are of the same kind; what takes no GET is left out.
    """
    forget()
    found: dict[str, Answer] = {}
    for door in (one for one in doors if one.is_open_to(person)):
        first, *others = dict.fromkeys(door.urls)
        answer = look(person, first)
        if answer.status == NOT_ALLOWED:
            continue
        found[first] = answer
        if answer.status != NOT_FOUND or door.policy == PUBLIC:
            found |= {url: look(person, url) for url in others}
    return found


def forget() -> None:
    """What a process remembers of its database belongs to one world."""
    ContentType.objects.clear_cache()
    cache.clear()


def press(person: Person, urls: Iterable[str], typed: dict[str, str]) -> dict[str, Answer]:
    forget()
    return {url: person.post(url, typed) for url in urls}


def look(person: Person, url: str) -> Answer:
    random.seed(url)
    return person.get(url)


def differences(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """Addresses that answered otherwise: in status, words, headers or letters, or with more or fewer queries."""
    alike = [url for url in one if url in other]
    told = [url for url in alike if one[url] != other[url]]
    asked = [f"{url} (queries)" for url in alike if one[url].trace.queries != other[url].trace.queries]
    return sorted({*told, *asked, *(one.keys() ^ other.keys())})
