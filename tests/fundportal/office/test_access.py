"""The way in, on a person's page: keys taken away by two, a deputy, the day somebody leaves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import FactorReset, RoleGrant, User
from fundportal.accounts.services import approve_role, propose_factor_reset
from tests.factories.people import hold, make_fund, make_person


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def enter(db: None, client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def paula(db: None) -> User:
    return make_person("Paula Admin", Role.PEOPLE_ADMIN)


@pytest.fixture
def otto(db: None) -> User:
    return make_person("Otto Officer", Role.OFFICER)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page_of(client: Client, person: User) -> str:
    return text(client.get(reverse("office:person", args=[person.pk])))


def test_keys_are_taken_away_on_the_pages(enter: Any, paula: User, otto: User) -> None:
    client, address = enter(paula), reverse("office:reset_propose", args=[otto.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    page = text(client.post(address, {"reason": "Met her."}, follow=True))
    assert "Proposed. The person has a letter" in page
    assert "You proposed this. Somebody else approves it." in page
    assert client.post(address, {"reason": "Again."}).status_code == 409
    reset = FactorReset.objects.get()
    assert client.post(reverse("office:reset_approve", args=[reset.pk])).status_code == 403
    client = enter(make_person("Pavel", Role.PEOPLE_ADMIN))
    assert "1 reset of second keys waits for a second person." in text(client.get(reverse("office:desk")))
    page = text(client.post(reverse("office:reset_approve", args=[reset.pk]), follow=True))
    assert "The keys are taken away." in page
    assert "Nothing waits for you" in text(client.get(reverse("office:desk")))


def test_the_person_keeps_keys_that_somebody_else_wants_gone(enter: Any, paula: User, otto: User) -> None:
    reset = propose_factor_reset(otto.pk, reason="Said so.", by=paula)
    client, address = enter(otto), reverse("my:reset_withdraw", args=[reset.pk])
    assert "Somebody asks to take away your second keys" in text(client.get(reverse("my:account")))
    assert enter(make_person("Nora")).post(address).status_code == 404
    assert "Your keys stay as they are" in text(enter(otto).post(address, follow=True))
    assert client.post(address).status_code == 404


def test_a_proposal_is_taken_back_by_an_administrator(enter: Any, paula: User, otto: User) -> None:
    reset = propose_factor_reset(otto.pk, reason="Said so.", by=paula)
    address = reverse("office:reset_withdraw", args=[reset.pk])
    assert "The proposal is taken back." in text(enter(paula).post(address, follow=True))


def test_an_account_is_closed_and_opened_again(enter: Any, paula: User, otto: User) -> None:
    client, address = enter(paula), reverse("office:person_close", args=[otto.pk])
    page = text(client.post(address, follow=True))
    assert "The account is closed" in page
    assert "Open the account again" in page
    assert client.post(address).status_code == 409
    assert "is open again" in text(client.post(reverse("office:person_reopen", args=[otto.pk]), follow=True))


def test_nobody_closes_their_own_account_or_resets_their_own_keys(enter: Any, paula: User) -> None:
    client = enter(paula)
    page = page_of(client, paula)
    assert "Close the account" not in page
    assert "lost their second keys" not in page
    assert client.post(reverse("office:person_close", args=[paula.pk])).status_code == 403


@pytest.mark.parametrize("name", ["person_close", "person_reopen", "reset_propose", "deputy"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.PEOPLE_ADMIN])
def test_other_roles_stay_out(enter: Any, otto: User, name: str, role: Role) -> None:
    client = enter(make_person("Robin", role))
    assert client.post(reverse(f"office:{name}", args=[otto.pk])).status_code == 403


def test_an_administrator_of_one_fund_closes_nobody(enter: Any, otto: User) -> None:
    fund = make_fund()
    hold(otto, Role.REVIEWER, fund=fund)
    client = enter(make_person("Lou", Role.PEOPLE_ADMIN, fund=fund))
    assert "Close the account" not in page_of(client, otto)
    assert client.post(reverse("office:person_close", args=[otto.pk])).status_code == 403


def test_somebody_names_a_deputy_and_an_administrator_approves(enter: Any, paula: User, otto: User) -> None:
    dora = make_person("Dora", Role.REVIEWER)
    client, address = enter(otto), reverse("my:absence")
    assert "Nobody stands in for you" in text(client.get(address))
    typed = {"deputy": dora.pk, "starts_on": "2026-11-20", "ends_on": "2026-11-27"}
    page = text(client.post(address, typed, follow=True))
    assert "Proposed." in page
    assert "Dora" in page
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"ends_on": ""}).status_code == 422
    approve_role(RoleGrant.objects.get(stands_in_for=otto).pk, by=paula)
    assert "Stands in for" in page_of(enter(paula), dora)


def test_an_administrator_proposes_a_deputy(enter: Any, paula: User, otto: User) -> None:
    dora = make_person("Dora", Role.REVIEWER)
    typed = {"deputy": dora.pk, "starts_on": "2026-11-20", "ends_on": "2026-11-27"}
    client, address = enter(paula), reverse("office:deputy", args=[otto.pk])
    assert client.get(address).status_code == 200
    assert "Proposed." in text(client.post(address, typed, follow=True))
    assert client.post(address, typed).status_code == 422


def test_applicants_have_no_absence(enter: Any) -> None:
    assert enter(make_person("Nora")).get(reverse("my:absence")).status_code == 403
