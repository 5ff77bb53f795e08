"""Opening an account: a code by letter, the same answer to everybody, and each begins where their work is."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from tests.factories.people import make_person

TYPED = {"full_name": "Nora New", "email": "Nora@Example.org"}
PASSWORD = "three plain words"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ask(client: Client, **extra: Any) -> Any:
    return client.post(reverse("account_signup"), TYPED | extra, follow=True)


def mailed_code() -> str:
    return re.search(r"^[A-Z0-9-]{6,}$", Letter.objects.get().text_body, re.MULTILINE).group()


def test_an_account_is_opened_by_the_code_in_the_letter(client: Client, db: None) -> None:
    page = ask(client)
    assert page.redirect_chain[-1][0] == reverse("account_confirm_login_code")
    assert not page.wsgi_request.user.is_authenticated
    response = client.post(reverse("account_confirm_login_code"), {"code": mailed_code()}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("my:desk")
    nora = User.objects.get()
    assert (nora.email, nora.full_name, nora.has_usable_password()) == ("nora@example.org", "Nora New", False)
    assert Entry.objects.get(action="people.sign_up").actor == nora


def test_a_wrong_code_opens_nothing(client: Client, db: None) -> None:
    ask(client)
    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"}, follow=True)
    assert "This is not the code we expect" in text(page)
    assert client.get(reverse("my:desk")).status_code == 302


def without_tokens(page: Any) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page.content.decode())


def test_a_known_address_gets_the_same_page_and_its_own_sign_in_code(db: None) -> None:
    unknown, known, closed = Client(), Client(), Client()
    first = ask(unknown)
    User.objects.filter(email="nora@example.org").update(full_name="Nora Known")
    cache.clear()
    second = ask(known, full_name="Somebody Else")
    User.objects.filter(email="nora@example.org").update(is_active=False)
    cache.clear()
    third = ask(closed)
    assert without_tokens(first) == without_tokens(second) == without_tokens(third)
    assert User.objects.get().full_name == "Nora Known"
    assert Letter.objects.count() == 2


def test_an_empty_form_asks_for_what_is_missing(client: Client, db: None) -> None:
    page = client.post(reverse("account_signup"), {"full_name": "", "email": "nora@"})
    assert page.status_code == 422
    assert "Type your name." in text(page)
    assert "like name@example.org" in text(page)
    assert not User.objects.exists()


def test_letters_to_one_address_are_few(client: Client, db: None) -> None:
    for _time in range(5):
        page = ask(Client())
    assert "That was tried too often" in text(page)
    assert Letter.objects.count() == 3


def test_the_page_that_was_asked_for_comes_first(client: Client, db: None) -> None:
    wanted = reverse("my:organisation_add")
    page = client.get(reverse("account_signup"), {"next": wanted})
    assert f'name="next" value="{wanted}"' in text(page)
    page = ask(client, next=wanted)
    address = page.redirect_chain[-1][0]
    response = client.post(address, {"code": mailed_code(), "next": wanted}, follow=True)
    assert response.redirect_chain[-1][0] == wanted


def test_nobody_is_sent_to_another_site(client: Client, db: None) -> None:
    elsewhere = "https://elsewhere.example.org/"
    address = ask(client, next=elsewhere).redirect_chain[-1][0]
    response = client.post(address, {"code": mailed_code(), "next": elsewhere}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("my:desk")


def test_who_is_signed_in_needs_no_account(client: Client, db: None) -> None:
    client.force_login(make_person("Otto", Role.OFFICER))
    assert client.get(reverse("account_signup"))["Location"] == reverse("office:desk")


@pytest.mark.parametrize(
    ("roles", "home"),
    [
        ((), "my:desk"),
        ((Role.REVIEWER,), "reviews:desk"),
        ((Role.REVIEWER, Role.OFFICER), "office:desk"),
        ((Role.CHAIR,), "office:desk"),
    ],
)
def test_each_begins_where_their_work_is(client: Client, db: None, roles: tuple[Role, ...], home: str) -> None:
    make_person("Robin", *roles, email="robin@example.org", password=PASSWORD)
    typed = {"login": "robin@example.org", "password": PASSWORD}
    response = client.post(reverse("account_login"), typed, follow=True)
    assert response.redirect_chain[-1][0] == reverse(home)
