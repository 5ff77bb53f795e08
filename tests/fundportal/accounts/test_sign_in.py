"""Signing in: by password or mailed code, with a second key for staff, and never more words than needed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.mail.models import Letter
from tests.factories.people import make_person

PASSWORD = "three plain words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def otto(db: None) -> User:
    return make_person("Otto Officer", Role.OFFICER, email="otto@example.org", password=PASSWORD)


@pytest.fixture
def outside_the_demo(settings: Any) -> None:
    settings.DEMO = False


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def sign_in(client: Client, password: str = PASSWORD, **extra: Any) -> Any:
    posted = {"login": "otto@example.org", "password": password}
    return client.post(reverse("account_login"), posted, follow=True, **extra)


def six_digits(secret: str = SECRET) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_password_opens_the_desk(client: Client, otto: User) -> None:
    response = sign_in(client)
    assert response.redirect_chain[-1][0] == reverse("office:desk")
    assert response.wsgi_request.user == otto


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(client: Client, otto: User) -> None:
    response = sign_in(client, "wrong")
    assert "Address and password do not belong together." in text(response)
    assert 'value="otto@example.org"' in text(response)
    assert "Error:" in text(response)


def test_an_unknown_address_gets_the_same_answer(client: Client, db: None) -> None:
    assert "Address and password do not belong together." in text(sign_in(client))


def test_an_empty_form_asks_for_what_is_missing(client: Client, db: None) -> None:
    page = text(client.post(reverse("account_login"), {}))
    assert "Enter your email address with a full ending" in page
    assert "Type your password." in page
    assert "placeholder" not in page


def test_guessing_is_slowed_down(client: Client, otto: User) -> None:
    for _attempt in range(5):
        sign_in(client, "wrong")
    assert "That was tried too often" in text(sign_in(client))


def test_a_flood_from_one_place_is_turned_away(client: Client, db: None) -> None:
    for _attempt in range(31):
        response = client.get(reverse("account_login"))
    for _attempt in range(31):
        response = client.post(reverse("account_login"), {})
    assert response.status_code == 429
    assert "Wait a few minutes" in text(response)


def test_a_mailed_code_opens_the_desk(client: Client, otto: User) -> None:
    page = client.post(reverse("account_request_login_code"), {"email": otto.email}, follow=True)
    assert "a code is on its way there" in text(page)
    code = re.search(r"^[A-Z0-9-]{6,}$", Letter.objects.get().text_body, re.MULTILINE)
    response = client.post(reverse("account_confirm_login_code"), {"code": code.group()}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("office:desk")


def test_a_code_for_an_unknown_address_is_promised_and_not_sent(client: Client, db: None) -> None:
    page = client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"}, follow=True)
    assert "a code is on its way there" in text(page)
    assert not Letter.objects.exists()


def test_a_wrong_code_can_be_tried_again_three_times(client: Client, otto: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": otto.email})
    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert "This is not the code we expect" in text(page)
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG2"})
    last = client.post(reverse("account_confirm_login_code"), {"code": "WRONG3"}, follow=True)
    assert last.redirect_chain[-1][0] == reverse("account_request_login_code")


def test_a_letter_comes_in_the_language_of_its_reader(client: Client, otto: User) -> None:
    User.objects.filter(pk=otto.pk).update(language="fr")
    client.post(reverse("account_request_login_code"), {"email": otto.email})
    assert Letter.objects.get().language == "fr"


def test_a_forgotten_password_is_replaced(client: Client, otto: User) -> None:
    page = client.post(reverse("account_reset_password"), {"email": otto.email}, follow=True)
    assert "A link is on its way" in text(page)
    link = re.search(r"http://testserver(\S+)", Letter.objects.get().text_body).group(1)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    page = client.post(
        address, {"password1": "four other plain words", "password2": "four other plain words"}, follow=True
    )
    assert "Your new password is in force" in text(page)
    assert sign_in(client, "four other plain words").wsgi_request.user == otto
    assert Letter.objects.filter(template="accounts/security_notice").exists()


def test_a_used_or_broken_link_offers_a_new_one(client: Client, db: None) -> None:
    page = text(client.get(reverse("account_reset_password_from_key", args=["1", "abc-def"])))
    assert "This link is used up or too old" in page
    assert "Ask for a new link" in page


def test_signing_out_takes_a_press_of_a_button(client: Client, otto: User) -> None:
    client.force_login(otto)
    assert "Sign out?" in text(client.get(reverse("account_logout")))
    assert client.get(reverse("office:desk")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("office:desk")).status_code == 302


def test_a_closed_account_is_told_so(client: Client, otto: User) -> None:
    User.objects.filter(pk=otto.pk).update(is_active=False)
    assert "This account is closed" in text(sign_in(client))
    assert client.get(reverse("office:desk")).status_code == 302


def test_a_password_is_changed_and_the_owner_is_told(client: Client, otto: User) -> None:
    sign_in(client)
    posted = {"oldpassword": PASSWORD, "password1": "four other plain words", "password2": "four other plain words"}
    client.post(reverse("account_change_password"), posted, follow=True)
    assert User.objects.get(pk=otto.pk).check_password("four other plain words")
    assert "Your password was changed." in Letter.objects.get().subject


def test_who_has_no_password_yet_chooses_one(client: Client, db: None) -> None:
    person = make_person("Nina New")
    client.force_login(person)
    posted = {"password1": "four other plain words", "password2": "four other plain words"}
    client.post(reverse("account_set_password"), posted)
    assert User.objects.get(pk=person.pk).check_password("four other plain words")


def test_staff_without_a_second_key_are_led_to_set_one_up(client: Client, otto: User, outside_the_demo: None) -> None:
    client.force_login(otto)
    assert client.get(reverse("office:desk"))["Location"] == reverse("mfa_activate_totp")
    assert client.get("/cms/")["Location"] == reverse("mfa_activate_totp")


def test_people_without_a_role_need_no_second_key(client: Client, db: None, outside_the_demo: None) -> None:
    client.force_login(make_person("Nina New"))
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("office:desk")).status_code == 403


def test_the_demo_asks_for_no_second_key(client: Client, otto: User) -> None:
    client.force_login(otto)
    assert client.get(reverse("office:desk")).status_code == 200


def test_setting_up_the_second_key_gives_recovery_codes_and_opens_the_desk(
    client: Client, otto: User, outside_the_demo: None, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r"<bdi class=\"code\">([A-Z2-7]+)</bdi>", page.content.decode()).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("mfa_activate_totp"), {"code": six_digits(secret)}, follow=True)
    assert "10 codes are left." in text(page)
    assert client.get(reverse("office:desk")).status_code == 200
    assert Letter.objects.filter(subject__contains="authenticator app").exists()


@pytest.fixture
def guarded(otto: User) -> User:
    TOTP.activate(otto, SECRET)
    RecoveryCodes.activate(otto)
    return otto


def test_with_a_second_key_the_password_alone_opens_nothing(client: Client, guarded: User) -> None:
    page = sign_in(client)
    assert "Your second key" in text(page)
    assert client.get(reverse("office:desk")).status_code == 302
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This is not the code we expect" in text(page)
    response = client.post(reverse("mfa_authenticate"), {"code": six_digits()}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("office:desk")


def test_a_mailed_code_does_not_pass_by_the_second_key(client: Client, guarded: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": guarded.email})
    code = re.search(r"^[A-Z0-9-]{6,}$", Letter.objects.get().text_body, re.MULTILINE)
    page = client.post(reverse("account_confirm_login_code"), {"code": code.group()}, follow=True)
    assert "Your second key" in text(page)


def test_a_recovery_code_opens_once(client: Client, guarded: User) -> None:
    codes = Authenticator.objects.get(user=guarded, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.get(reverse("office:desk")).status_code == 200
    client.post(reverse("account_logout"))
    sign_in(client)
    assert "not the code we expect" in text(client.post(reverse("mfa_authenticate"), {"code": codes[0]}))


def enter_fully(client: Client) -> None:
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": six_digits()})


def test_staff_cannot_take_the_second_key_away(client: Client, guarded: User, outside_the_demo: None) -> None:
    enter_fully(client)
    page = client.get(reverse("mfa_deactivate_totp"), follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD, "code": six_digits()}, follow=True)
    assert "Your role asks for a second key" in text(page)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=guarded, type=Authenticator.Type.TOTP).exists()


SHOWN_TO_VISITORS = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_signup",
    "account_inactive",
]
SHOWN_TO_STAFF = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
]


@pytest.mark.parametrize("name", SHOWN_TO_VISITORS)
def test_each_page_for_visitors_is_ours(client: Client, db: None, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert page.count("<h1") == 1
    assert 'class="skip"' in page


@pytest.mark.parametrize("name", SHOWN_TO_STAFF)
def test_each_page_for_staff_is_ours(client: Client, guarded: User, name: str) -> None:
    enter_fully(client)
    page = client.get(reverse(name), follow=True).content.decode()
    assert page.count("<h1") == 1
    assert 'class="skip"' in page
