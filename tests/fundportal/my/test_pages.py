"""The front desk of applicants: one's own things, in order, and nothing of anybody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.organisations.models import Conflict, Invitation, Membership, Organisation
from fundportal.organisations.queries import may_edit, may_sign
from tests.factories.organisations import (
    join,
    make_conflict,
    make_invitation,
    make_member,
    make_organisation,
    make_signatory,
)
from tests.factories.people import make_person


@pytest.fixture
def valmont(db: None) -> Organisation:
    return make_organisation("City of Valmont", city="Valmont")


@pytest.fixture
def aya(valmont: Organisation) -> User:
    return make_signatory(valmont, "Aya Demo")


@pytest.fixture
def enter(db: None, client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def place(person: User) -> int:
    return Membership.objects.get(user=person).pk


def test_visitors_are_led_to_sign_in(db: None, client: Client) -> None:
    for page in ("my:desk", "my:account", "my:organisation_add", "my:conflicts"):
        assert client.get(reverse(page))["Location"].startswith(reverse("account_login"))


def test_a_new_person_is_told_how_to_begin(enter: Any) -> None:
    page = text(enter(make_person("Nora New")).get(reverse("my:desk")))
    assert "Nothing waits for you" in page
    assert "No organisation yet" in page
    assert reverse("my:organisation_add") in page
    assert "The office" not in page
    assert "conflicts of interest" not in page


def test_the_desk_names_organisations_invitations_and_the_office(enter: Any, valmont: Organisation, aya: User) -> None:
    make_invitation(make_organisation("City of Lindmark"), aya, by=make_person("Ines"))
    page = text(enter(aya).get(reverse("my:desk")))
    assert "City of Lindmark invites you." in page
    assert "City of Valmont" in page
    assert "Signs" in page
    staff = text(enter(make_person("Otto", Role.OFFICER)).get(reverse("my:desk")))
    assert "The office" in staff
    assert reverse("my:conflicts") in staff


def test_an_organisation_is_registered(enter: Any) -> None:
    client = enter(make_person("Aya"))
    page = client.post(reverse("my:organisation_add"), {"name": "", "kind": "city", "country": ""})
    assert page.status_code == 422
    assert "Type the name of the organisation." in text(page)
    assert "Choose a country." in text(page)
    typed = {"name": "City of Valmont", "kind": "city", "country": "FR", "city": "Valmont"}
    page = text(client.post(reverse("my:organisation_add"), typed, follow=True))
    assert "City of Valmont is registered." in page
    assert "France" in page


@pytest.mark.parametrize("page", ["my:organisation", "my:organisation_edit", "my:invite"])
def test_anothers_organisation_is_not_there(enter: Any, valmont: Organisation, page: str) -> None:
    address = reverse(page, args=[valmont.pk])
    for person in (
        make_member(make_organisation()),
        make_person("Otto", Role.OFFICER),
        make_person("Sue", is_superuser=True),
    ):
        assert enter(person).get(address).status_code == 404


@pytest.mark.parametrize("page", ["my:member_signs", "my:member_writes", "my:member_end"])
def test_anothers_members_are_not_there(enter: Any, aya: User, page: str) -> None:
    client = enter(make_signatory(make_organisation()))
    assert client.post(reverse(page, args=[place(aya)])).status_code == 404


@pytest.mark.parametrize("page", ["my:invitation_accept", "my:invitation_decline", "my:invitation_withdraw"])
def test_anothers_invitation_is_not_there(enter: Any, valmont: Organisation, aya: User, page: str) -> None:
    invitation = make_invitation(valmont, make_person("Nora"), by=aya)
    client = enter(make_signatory(make_organisation()))
    assert client.post(reverse(page, args=[invitation.pk])).status_code == 404
    assert client.get(reverse("my:invitation", args=[invitation.pk])).status_code == 404


def test_the_profile_is_changed_and_a_stale_save_shows_both_texts(enter: Any, valmont: Organisation, aya: User) -> None:
    client, address = enter(aya), reverse("my:organisation_edit", args=[valmont.pk])
    typed = {"name": "City of Valmont", "kind": "city", "country": "US", "city": "First", "version": 1}
    assert "Saved." in text(client.post(address, typed, follow=True))
    page = client.post(address, typed | {"city": "Second"})
    assert page.status_code == 409
    assert "What stands now" in text(page)
    assert "First" in text(page)
    assert 'value="Second"' in text(page)
    assert 'name="version" value="2"' in text(page)
    client.post(address, typed | {"city": "Second", "version": 2})
    assert Organisation.objects.get().city == "Second"


def test_a_taken_number_is_said_beside_the_field(enter: Any, valmont: Organisation, aya: User) -> None:
    make_organisation().identifiers.create(scheme="siret", value="1")
    typed = {"name": "City of Valmont", "kind": "city", "country": "US", "siret": "1", "version": 1}
    page = enter(aya).post(reverse("my:organisation_edit", args=[valmont.pk]), typed)
    assert page.status_code == 422
    assert "This number belongs to an organisation" in text(page)
    assert "What stands now" not in text(page)


def test_somebody_is_invited_and_joins(enter: Any, valmont: Organisation, aya: User) -> None:
    client = enter(aya)
    typed = {"full_name": "Aldo Demo", "email": "aldo@example.org", "is_signatory": ""}
    page = text(client.post(reverse("my:invite", args=[valmont.pk]), typed, follow=True))
    assert "Aldo Demo has a letter" in page
    assert "Take the invitation back" in page
    aldo = User.objects.get(email="aldo@example.org")
    client = enter(aldo)
    invitation = Invitation.objects.get()
    assert "City of Valmont invites you" in text(client.get(reverse("my:invitation", args=[invitation.pk])))
    page = text(client.post(reverse("my:invitation_accept", args=[invitation.pk]), follow=True))
    assert "You are a member of City of Valmont." in page
    assert may_edit(aldo, valmont)


def test_an_invitation_is_declined_or_taken_back(enter: Any, valmont: Organisation, aya: User) -> None:
    nora = make_person("Nora")
    invitation = make_invitation(valmont, nora, by=aya)
    assert "Declined." in text(enter(nora).post(reverse("my:invitation_decline", args=[invitation.pk]), follow=True))
    invitation = make_invitation(valmont, nora, by=aya)
    client = enter(aya)
    address = reverse("my:invitation_withdraw", args=[invitation.pk])
    assert "The invitation is taken back." in text(client.post(address, follow=True))
    assert client.post(address).status_code == 409


def test_an_editor_sees_members_and_has_no_buttons_but_to_leave(enter: Any, valmont: Organisation, aya: User) -> None:
    aldo = make_member(valmont, "Aldo")
    client = enter(aldo)
    page = text(client.get(reverse("my:organisation", args=[valmont.pk])))
    assert "Aya Demo" in page
    assert "Invite somebody" not in page
    assert "End this membership" not in page
    answer = client.post(reverse("my:member_signs", args=[place(aldo)]))
    assert answer.status_code == 403
    assert "Only people who sign" in text(answer)
    left = client.post(reverse("my:member_end", args=[place(aldo)]), follow=True)
    assert left.redirect_chain[-1][0] == reverse("my:desk")
    assert not may_edit(aldo, valmont)


def test_the_right_to_sign_is_given_and_the_last_stays(enter: Any, valmont: Organisation, aya: User) -> None:
    aldo = make_member(valmont, "Aldo")
    client = enter(aya)
    assert "The only person who signs." in text(client.get(reverse("my:organisation", args=[valmont.pk])))
    refused = client.post(reverse("my:member_writes", args=[place(aya)]))
    assert refused.status_code == 409
    assert "Somebody has to sign for the organisation." in text(refused)
    client.post(reverse("my:member_signs", args=[place(aldo)]))
    assert may_sign(aldo, valmont)


def test_name_and_language_are_changed(enter: Any, aya: User) -> None:
    client = enter(aya)
    page = text(client.post(reverse("my:account"), {"full_name": "Aya Dumont", "language": "fr"}, follow=True))
    assert "Saved." in page
    changed = User.objects.get(pk=aya.pk)
    assert (changed.full_name, changed.language) == ("Aya Dumont", "fr")
    assert client.post(reverse("my:account"), {"full_name": "", "language": "fr"}).status_code == 422


def test_a_reviewer_declares_a_conflict_after_looking_for_the_name(enter: Any, valmont: Organisation) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    client, address = enter(rosa), reverse("my:conflicts")
    assert "Nothing declared" in text(client.get(address))
    assert "City of Valmont" not in text(client.get(address, {"words": "va"}))
    assert "No other organisation of that name" in text(client.get(address, {"words": "nowhere"}))
    assert "City of Valmont" in text(client.get(address, {"words": "valm"}))
    typed = {"organisation": valmont.pk, "reason": "My sister works there."}
    page = text(client.post(f"{address}?words=valm", typed, follow=True))
    assert "Declared." in page
    assert Conflict.objects.get().person == rosa
    assert client.post(f"{address}?words=valm", {"organisation": valmont.pk, "reason": ""}).status_code == 422


def test_applicants_have_no_page_of_conflicts(enter: Any, aya: User) -> None:
    assert enter(aya).get(reverse("my:conflicts")).status_code == 403


def test_thirty_rows_take_as_many_queries_as_three(enter: Any, valmont: Organisation) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    join(rosa, valmont, is_signatory=True)
    pages = [reverse("my:desk"), reverse("my:organisation", args=[valmont.pk]), reverse("my:conflicts")]
    client, counts = enter(rosa), []
    for rows in (3, 27):
        for _row in range(rows):
            make_member(valmont)
            make_invitation(valmont, make_person(), by=rosa)
            join(rosa, make_organisation())
            make_conflict(rosa, make_organisation())
        counts.append([queries_of(client, page) for page in pages])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 14


def queries_of(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_has_one_heading_and_a_main_part(
    enter: Any, valmont: Organisation, aya: User, language: str
) -> None:
    invitation = make_invitation(make_organisation("Other"), aya, by=make_person("Ines"))
    client = enter(aya)
    addresses = [reverse(page) for page in ("my:desk", "my:account", "my:organisation_add")]
    addresses += [reverse(page, args=[valmont.pk]) for page in ("my:organisation", "my:organisation_edit", "my:invite")]
    addresses.append(reverse("my:invitation", args=[invitation.pk]))
    for address in addresses:
        page = client.get(address.replace("/en/", f"/{language}/"))
        assert page.status_code == 200
        assert page.content.count(b"<h1") == 1
        assert page.content.count(b"<main") == 1
