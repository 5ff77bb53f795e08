"""At every address of an object stands somebody whose object it is not: to them it does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from donations.gifts.models.gift import GiftQuerySet
from fundportal.access import Role
from fundportal.access.urls import PUBLIC, SIGNED_IN
from tests.doors.addresses import Address, of_objects, url_of, values_of
from tests.doors.knocks import FORBIDDEN, FOUND, NOT_ALLOWED, NOT_FOUND, Answer, Person, quietly
from tests.doors.world import World, make_world
from tests.factories.organisations import join
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

# Not announced yet: nobody's at all.
HIDDEN = {"action", "call", "call_calendar", "call_data", "grant", "grant_data", "my_applications:start"}
# The key stands in the address: whoever has it is the one who may come in.
BY_KEY = {"receipts:receipt", "receipts:pdf", "giving:back", "giving:thanks", "giving:again"}
OPEN_TO_ALL = {"giving:give"}
# Organisations belong to no fund, nor do the ties that staff have to them.
OF_NO_FUND = {"office:conflict_end"}
# A second press finds a payment gone and says so, as it does of one that never was.
GONE = {("payments:remove", "instruction_id"): 409}
FILLED = {"version": "1", "rule": "in-a-city", "passes": "yes"}
KIND = {"questionnaires:question_add": "?kind=short_text"}
ADDRESSES = [one for one in of_objects() if one.name not in OPEN_TO_ALL]


def zone_of(address: Address) -> str:
    """Whose part of the house the address lies in."""
    if address.policy == PUBLIC:
        return "public"
    if address.room == "reviews":
        return "review"
    is_mine = address.room.startswith(("my", "mfa")) and address.policy == SIGNED_IN
    return "mine" if is_mine else "office"


def is_of_an_organisation(address: Address) -> bool:
    """Whoever has a tie to the organisation keeps away from it, whatever their role."""
    by_its_name = {"applications": "reference", "decisions": "reference", "awards": "reference", "reports": "reference"}
    by_its_name |= {"office_reviews": "token", "reviews": "token"}
    one_payment = {"tranche_id", "instruction_id"} & set(address.keys)
    is_named = by_its_name.get(address.room) in address.keys
    return is_named or bool(one_payment) or address.name.startswith(("payments:bank", "decisions:appeal"))


@dataclass
class House:
    """Two funds of the same kind; `owners` are the people of ours whose the addresses are, by zone and name."""

    ours: World
    theirs: World
    owners: dict[str, Person]

    def owner(self, address: Address) -> Person:
        return self.owners.get(address.name) or self.owners[zone_of(address)]


@pytest.fixture
def house() -> Iterator[House]:
    ours, theirs = make_world("aurora"), make_world("boreal")
    join(theirs.everything, theirs.organisation, is_signatory=True)
    invited = Person("the invited one", ours.invited)
    owners = {
        "public": Person("a visitor"),
        "office": Person("who holds every role in the fund", ours.everything),
        "mine": Person("the signatory", ours.signatory),
        "review": Person("the reviewer", ours.reviewer),
        "my:reset_withdraw": Person("whose keys they are", ours.leaver),
        **dict.fromkeys(("my:invitation", "my:invitation_accept", "my:invitation_decline"), invited),
    }
    with quietly():
        yield House(ours, theirs, owners)


def knock(person: Person, url: str) -> list[Answer]:
    return [answer for answer in (person.get(url), person.post(url, FILLED)) if answer.status != NOT_ALLOWED]


def faults(person: Person, address: Address, url: str, expected: int = NOT_FOUND) -> Iterator[str]:
    for answer in knock(person, url):
        is_refused = answer.is_a_sign_in if expected == FOUND else answer.status == expected
        if not is_refused:
            yield f"{address.name} answers {answer.status} to {person.name}: {url}"
        if answer.trace.kept:
            yield f"{address.name} writes {answer.trace.kept} for {person.name}: {url}"


def test_every_address_of_an_object_has_one_here_that_its_owner_reaches(house):
    """An address that this world cannot fill is a KeyError: say in `addresses.py` what stands there."""
    closed = []
    for address in ADDRESSES:
        answers = knock(house.owner(address), url_of(address, house.ours) + KIND.get(address.name, ""))
        if not answers or (address.name not in HIDDEN and any(one.status == NOT_FOUND for one in answers)):
            closed.append(f"{address.name}: {[one.status for one in answers]}")
    assert closed == []


def test_to_whoever_works_elsewhere_nothing_here_exists(house):
    """They hold every role in another fund and sign for another organisation: only what is theirs keeps them out."""
    stranger = Person("a stranger", house.theirs.everything)
    doors = [one for one in ADDRESSES if one.name not in BY_KEY | OF_NO_FUND]
    assert [fault for one in doors for fault in faults(stranger, one, url_of(one, house.ours))] == []


def test_without_a_role_and_without_a_name_every_door_is_shut(house):
    visitor, nobody = house.owners["public"], Person("somebody without a role", make_person("Nora Nobody"))
    found = []
    for address in (one for one in ADDRESSES if one.name not in BY_KEY):
        url, is_public = url_of(address, house.ours), address.policy == PUBLIC
        by_role = FORBIDDEN if address.policy not in {PUBLIC, SIGNED_IN} else NOT_FOUND
        found += faults(nobody, address, url, by_role)
        found += faults(visitor, address, url, NOT_FOUND if is_public else FOUND)
    assert found == []


def test_staff_of_the_fund_do_not_stand_where_applicants_and_reviewers_do(house):
    insider, fellow = house.owners["office"], Person("another of the panel", house.ours.office[Role.REVIEWER])
    found = []
    for address in (one for one in ADDRESSES if zone_of(one) in {"mine", "review"}):
        people = [insider, fellow] if zone_of(address) == "review" else [insider]
        found += [fault for one in people for fault in faults(one, address, url_of(address, house.ours))]
    assert found == []


def test_whoever_has_a_tie_to_the_organisation_finds_nothing_of_it(house):
    recused = Person("who has a tie", house.ours.recused)
    doors = [one for one in ADDRESSES if is_of_an_organisation(one)]
    assert len(doors) > 50
    assert [fault for one in doors for fault in faults(recused, one, url_of(one, house.ours))] == []


def test_part_of_one_thing_is_not_found_under_another(house):
    """The owner of the whole asks for a part that belongs to somebody else, by its true name."""
    found = []
    for address in (one for one in ADDRESSES if len(one.keys) > 1):
        ours, theirs = values_of(address, house.ours), values_of(address, house.theirs)
        for key in (one for one in address.keys if ours[one] != theirs[one]):
            url, expected = address.url(ours | {key: theirs[key]}), GONE.get((address.name, key), NOT_FOUND)
            found += [f"{key}: {fault}" for fault in faults(house.owner(address), address, url, expected)]
    assert found == []


def test_what_is_not_mine_reads_as_what_does_not_exist(house):
    stranger = Person("a stranger", house.theirs.everything)
    bodies = {
        answer.words
        for address in ADDRESSES
        if zone_of(address) != "public" and address.name not in OF_NO_FUND
        for answer in [stranger.get(url_of(address, house.ours))]
        if answer.status == NOT_FOUND
    }
    assert bodies == {stranger.get("/en/office/nothing/here/").words}


def test_canary_a_queryset_that_shows_everything_is_found(house, monkeypatch):
    monkeypatch.setattr(GiftQuerySet, "visible_to", lambda self, _actor: self)
    stranger = Person("a stranger", house.theirs.everything)
    doors = [one for one in ADDRESSES if one.room == "gifts"]
    opened = {fault.split()[0] for one in doors for fault in faults(stranger, one, url_of(one, house.ours))}
    assert opened == {one.name for one in doors}
