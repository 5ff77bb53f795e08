"""One box over people, organisations, applications and gifts: it finds what its reader may see, and nothing else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.search import MOST_SHOWN, Source, register_search
from tests.factories.applications import make_application
from tests.factories.awards import make_award
from tests.factories.gifts import make_campaign, make_donor, make_gift
from tests.factories.organisations import join, make_conflict, make_organisation
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db


def enter(client: Client, *roles: Role, **facts: Any) -> User:
    person = make_person("Ada Auditor", *(roles or (Role.AUDITOR,)), **facts)
    client.force_login(person)
    return person


def search(client: Client, words: str) -> str:
    response = client.get(reverse("office:search"), {"words": words})
    assert response.status_code == 200, response.headers.get("Location")
    return " ".join(response.content.decode().split())


def found(page: str, heading: str) -> list[str]:
    """The texts of the links under one heading."""
    for section in page.split("<section ")[1:]:
        if f">{heading}</h2>" in section:
            return [each.split("<")[0].split(">")[-1] for each in section.split("<li><a ")[1:]]
    return []


def submitted(**facts: Any) -> Any:
    return make_application(state="submitted", **facts)


def test_each_group_finds_by_each_of_its_columns(client: Client):
    enter(client)
    person = make_person("Nina Sandberg")
    city = make_organisation("City of Sandport", city="Sandhaven")
    application = submitted(organisation=city, title="Sandstone paths")
    gift = make_gift(state="received", donor=make_donor(make_fund(), "Sandra Giver"))
    page = search(client, "sand")
    assert found(page, "People") == [person.full_name]
    assert found(page, "Organisations") == ["City of Sandport"]
    assert found(page, "Applications") == [f"{application.reference} Sandstone paths"]
    assert found(page, "Gifts")[0].startswith(gift.reference)
    assert found(search(client, person.email[:9]), "People") == [person.full_name]
    assert found(search(client, "sandhaven"), "Organisations") == ["City of Sandport"]
    assert found(search(client, "sandport"), "Applications") == [f"{application.reference} Sandstone paths"]


def test_every_word_has_to_be_there_in_any_order(client: Client):
    enter(client)
    make_person("Nina Sandberg")
    assert found(search(client, "sandberg  nina"), "People") == ["Nina Sandberg"]
    assert "Nothing found" in search(client, "nina sandhaven")


@pytest.mark.parametrize("words", ["évry", "ÉVRY", "Évry"])
def test_accents_are_found_in_either_case_on_every_database(client: Client, words: str):
    enter(client)
    make_organisation("Ville d’Évry")
    assert found(search(client, words), "Organisations") == ["Ville d’Évry"]


@pytest.mark.parametrize("words", ["", "a", "   a  ", "\x00\x00\x00"])
def test_less_than_two_letters_find_nothing_and_say_why(client: Client, words: str):
    enter(client)
    page = search(client, words)
    assert "Write at least two letters" in page
    assert "<section " not in page


@pytest.mark.parametrize("words", ["%%", "__", "\\\\", "'--", "<b>x"])
def test_signs_are_sought_as_they_stand(client: Client, words: str):
    enter(client)
    make_person("Nina Sandberg")
    page = search(client, words)
    assert "Nothing found" in page
    assert f"“{escape(words)}”" in page


def test_a_reference_leads_straight_to_its_page_whatever_its_case(client: Client):
    enter(client)
    application, gift = submitted(), make_gift(state="received")
    of_letters = make_gift(state="received", reference="G-ABCDEFGH")
    for thing, page in ((application, "applications:application"), (gift, "gifts:gift"), (of_letters, "gifts:gift")):
        response = client.get(reverse("office:search"), {"words": f" {thing.reference.lower()} "})
        assert response["Location"] == reverse(page, args=[thing.reference])


def test_a_grant_that_has_grown_into_an_award_is_led_to_the_award_and_found_as_both(client: Client):
    enter(client)
    award = make_award()
    response = client.get(reverse("office:search"), {"words": award.reference})
    assert response["Location"] == reverse("awards:award", args=[award.reference])
    page = search(client, award.organisation.name)
    assert found(page, "Awards") == [f"{award.reference} {award.title}"]
    assert found(page, "Applications")


def test_a_reference_of_what_one_may_not_see_leads_nowhere(client: Client):
    enter(client, Role.MANAGER, fund=make_fund())
    for thing in (submitted(), make_gift(state="received"), make_application(state="draft")):
        assert "Nothing found" in search(client, thing.reference)


def test_a_draft_is_not_found(client: Client):
    enter(client)
    make_application(state="draft", title="Sandstone paths")
    assert "Nothing found" in search(client, "sandstone")


def test_a_manager_finds_her_fund_and_no_other(client: Client):
    mine, other = make_fund(), make_fund()
    enter(client, Role.MANAGER, fund=mine)
    seen = make_gift(make_campaign(mine), state="received", donor=make_donor(mine, "Sandra Giver"))
    make_gift(make_campaign(other), state="received", donor=make_donor(other, "Sandra Giver"))
    (only,) = found(search(client, "sandra"), "Gifts")
    assert only.startswith(seen.reference)


@pytest.mark.parametrize("tie", [make_conflict, join])
def test_nothing_of_an_organisation_one_keeps_away_from_is_found(client: Client, tie: Any):
    reader = enter(client)
    application = submitted(organisation=make_organisation("City of Sandport"), title="Sandstone paths")
    assert found(search(client, "sand"), "Applications")
    make_award(organisation=application.organisation, title="Sandstone paths")
    assert found(search(client, "sand"), "Awards")
    tie(reader, application.organisation)
    client.force_login(User.objects.get(pk=reader.pk))
    page = search(client, "sand")
    assert found(page, "Applications") == []
    assert found(page, "Awards") == []
    assert found(page, "Organisations") == []


GROUPS = {
    Role.OFFICER: {"Organisations", "Applications", "Gifts"},
    Role.MANAGER: {"Organisations", "Applications", "Gifts"},
    Role.FINANCE_MAKER: {"Gifts"},
    Role.AUDITOR: {"People", "Organisations", "Applications", "Gifts"},
    Role.PEOPLE_ADMIN: {"People"},
    Role.CLERK: {"Organisations", "Applications"},
}


@pytest.mark.parametrize("role", GROUPS)
def test_each_role_finds_in_its_own_rooms(client: Client, role: Role):
    enter(client, role)
    make_person("Nina Sandberg")
    submitted(organisation=make_organisation("City of Sandport"), title="Sandstone paths")
    make_gift(state="received", donor=make_donor(make_fund(), "Sandra Giver"))
    page = search(client, "sand")
    assert {
        heading for heading in ("People", "Organisations", "Applications", "Gifts") if found(page, heading)
    } == GROUPS[role]


def test_an_organisation_has_a_link_only_for_who_reads_applications(client: Client):
    make_organisation("City of Sandport")
    enter(client, Role.FINANCE_MAKER)
    assert "<li>City of Sandport <span" in search(client, "sandport")


def test_a_long_group_ends_with_the_way_to_its_list(client: Client):
    enter(client)
    for number in range(MOST_SHOWN + 1):
        make_person(f"Sandy {number}")
    page = search(client, "sandy")
    assert len(found(page, "People")) == MOST_SHOWN
    assert f'href="{reverse("office:people")}?words=sandy"' in page


@pytest.mark.parametrize("words", ["sand", "PW27-0000"])
def test_thirty_hits_take_as_many_queries_as_three(client: Client, words: str):
    enter(client)
    counts = []
    for rows in (3, 27):
        for number in range(rows):
            make_person(f"Sandy {rows} {number}")
            submitted(organisation=make_organisation(f"Sandport {rows} {number}"))
            make_gift(state="received", donor=make_donor(make_fund(), "Sandra Giver"))
        search(client, words)
        with CaptureQueriesContext(connection) as queries:
            search(client, words)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_box_stands_on_every_page_of_the_office_and_nowhere_else(client: Client):
    person = enter(client, Role.OFFICER)
    box = f'action="{reverse("office:search")}"'
    assert box in client.get(reverse("office:desk")).content.decode()
    assert box not in client.get(reverse("my:desk")).content.decode()
    assert 'value="sand"' in search(client, "sand")
    assert person.email


@pytest.mark.parametrize("roles", [(), (Role.REVIEWER,)])
def test_nobody_outside_the_office_searches_it(client: Client, roles: tuple[Role, ...]):
    client.force_login(make_person("Robin", *roles))
    assert client.get(reverse("office:search"), {"words": "sand"}).status_code == 403


def test_two_rooms_cannot_take_one_place():
    other = Source("Other", lambda _user: User.objects.none(), ("email",), lambda _row, _user: None)
    with pytest.raises(ValueError, match="position 10"):
        register_search(other, position=10)
