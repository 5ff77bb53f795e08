"""Passkeys beside the app: they open the account, guard a role, and the last key of somebody with a role stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.accounts.queries import has_second_factor
from fundportal.mail.models import Letter
from tests.factories.people import make_person
from tests.support.browser import follow
from tests.support.site import Site

PASSWORD = "three plain words"
A_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def outside_the_demo(settings: Any) -> None:
    settings.DEMO = False


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def give_passkey(person: User, name: str = "Blue key") -> Authenticator:
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name})


def confirm(client: Client, address: str) -> Any:
    """Opens a page that first asks to show that it is you: by password."""
    page = client.get(address, follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    return page


@pytest.fixture
def rosa(db: None) -> User:
    return make_person("Rosa Reviewer", Role.REVIEWER, email="rosa@example.org", password=PASSWORD)


def test_a_reviewer_needs_a_second_key_outside_the_demo(client: Client, rosa: User, outside_the_demo: None) -> None:
    client.force_login(rosa)
    assert client.get(reverse("my:desk"))["Location"] == reverse("mfa_activate_totp")
    page = confirm(client, reverse("mfa_activate_totp"))
    assert reverse("mfa_add_webauthn") in text(page)


def test_a_passkey_is_a_second_key(client: Client, rosa: User, outside_the_demo: None) -> None:
    give_passkey(rosa)
    assert has_second_factor(rosa)
    client.force_login(rosa)
    assert client.get(reverse("my:desk")).status_code == 200


def test_applicants_need_no_second_key(client: Client, db: None, outside_the_demo: None) -> None:
    client.force_login(make_person("Aya"))
    assert client.get(reverse("my:desk")).status_code == 200


def test_passkeys_are_listed_named_and_added(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    assert "No passkey yet." in text(client.get(reverse("mfa_list_webauthn")))
    page = text(confirm(client, reverse("mfa_add_webauthn")))
    assert 'value="Passkey 1"' in page
    assert 'id="passkey-options"' in page
    key = give_passkey(rosa)
    assert "Blue key" in text(client.get(reverse("mfa_list_webauthn")))
    address = reverse("mfa_edit_webauthn", args=[key.pk])
    assert 'value="Blue key"' in text(client.get(address))
    client.post(address, {"name": "Red key"})
    assert "Red key" in text(client.get(reverse("mfa_list_webauthn")))


def test_the_only_key_of_a_reviewer_stays(client: Client, rosa: User, outside_the_demo: None) -> None:
    first = give_passkey(rosa)
    client.force_login(rosa)
    address = reverse("mfa_remove_webauthn", args=[first.pk])
    assert "no longer opens your account" in text(confirm(client, address))
    assert "this is the only one" in text(client.post(address, follow=True))
    give_passkey(rosa, "Red key")
    assert "The passkey is taken away." in text(client.post(address, follow=True))
    assert Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).data["name"] == "Red key"
    assert "A passkey of your account was taken away." in Letter.objects.get().text_body


def test_anothers_passkey_is_not_there(client: Client, rosa: User) -> None:
    key = give_passkey(make_person("Rui", Role.REVIEWER))
    client.force_login(rosa)
    confirm(client, reverse("mfa_add_webauthn"))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404


def test_what_is_no_answer_of_a_device_opens_nothing(client: Client, rosa: User) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    for credential in ("", "{}", "[]", '{"response": {"userHandle": "MQ"}}', "not json"):
        page = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
        assert not page.wsgi_request.user.is_authenticated
        assert page.status_code == 200


@pytest.mark.browser
def test_a_passkey_is_added_and_opens_the_account(site: Site, browser_page: Page, settings: Any, axe: Any) -> None:
    settings.DEMO = False
    make_person("Rosa Reviewer", Role.REVIEWER, email="rosa@example.org", password=PASSWORD)
    page = browser_page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_DEVICE})
    page.goto(site.url + reverse("account_login"))
    page.get_by_label("Email address").fill("rosa@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"))
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continue"))
    follow(page.get_by_role("link", name="Use a passkey instead"))
    axe(page)
    follow(page.get_by_role("button", name="Add this passkey"))
    assert page.get_by_role("heading", name="Recovery codes").is_visible()
    page.context.clear_cookies()
    page.goto(site.url + reverse("account_login"))
    axe(page)
    follow(page.get_by_role("button", name="Use a passkey"))
    assert page.url == site.url + reverse("reviews:desk")
