"""What the letters say, on the pages: who opens them, trying, keeping, comparing, going back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.funds.models import Fund
from fundportal.mail.models import Letter, LetterText
from tests.factories.letters import LETTER, make_text
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db
WORDS = {
    "subject": "Good news on {reference}",
    "heading": "Yes: {amount}",
    "body": "Dear {grantee},\n\n<b>glad</b>\n\n{link}",
    "version": "0",
}


@pytest.fixture
def fund() -> Fund:
    return make_fund("city", names={"en": "City Fund"})


@pytest.fixture
def mona(fund: Fund, client: Client) -> User:
    person = make_person("Mona Manager", Role.MANAGER, fund=fund)
    client.force_login(person)
    return person


def url(page: str = "text", fund: str = "city", letter: str = LETTER, language: str = "en") -> str:
    return reverse(f"office:{page}", args=[fund, *letter.split("/"), language])


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_which_letters_are_in_the_funds_own_words(mona: User, client: Client, fund: Fund):
    make_text(fund, number=1, by=mona)
    make_text(fund, number=2, by=mona)
    make_text(fund, template="decisions/declined", by=mona)
    make_text(fund, template="decisions/declined", number=2, is_standard=True, by=mona)
    page = shown(client.get(reverse("office:texts")))
    assert f'<a href="{url()}">Version 2</a>' in page
    assert f'<a href="{url(language="fr")}">Standard text</a>' in page
    assert f'<a href="{url(letter="decisions/declined")}">Standard text</a>' in page
    assert "City Fund" in page
    assert "<select" not in page, "there is one fund to choose from"


def test_who_words_letters_of_several_funds_chooses_one(client: Client, fund: Fund):
    other = make_fund("other", names={"en": "Other Fund"})
    make_text(other)
    client.force_login(make_person("Mona", Role.MANAGER))
    assert ">Version 1</a>" not in shown(client.get(reverse("office:texts"), {"fund": "city"}))
    assert ">Version 1</a>" in shown(client.get(reverse("office:texts"), {"fund": "other"}))
    assert ">Version 1</a>" not in shown(client.get(reverse("office:texts"), {"fund": "no-such"}))


def test_the_standard_text_stands_in_the_boxes_as_a_beginning(mona: User, client: Client):
    page = shown(client.get(url()))
    assert 'value="{reference}: {amount} for your project"' in page
    assert "The money is for “{title}”, from “{call}”." in page
    assert "{amount}</code> <b>needed</b>" in page
    assert "goes out in the standard text" in page
    assert "L’argent est pour « {title} »" in shown(client.get(url(language="fr")))


def test_a_text_is_kept_and_shown_with_its_versions(mona: User, client: Client, fund: Fund):
    page = shown(client.post(url(), WORDS, follow=True))
    assert "From now on this letter goes out in these words." in page
    assert "in the fund’s own words, version 1" in page
    assert f'<a href="{url()}?version=1">Version 1</a>' in page
    assert LetterText.objects.get(fund=fund).written_by == mona


def test_a_preview_fills_in_samples_escapes_everything_and_keeps_nothing(mona: User, client: Client):
    response = client.post(url("text_preview"), WORDS)
    page = shown(response)
    assert response.status_code == 200
    assert '<p class="letter__heading">Yes: $42,000</p>' in page
    assert "<p>Dear City of Valmont,</p>" in page
    assert "<p>&lt;b&gt;glad&lt;/b&gt;</p>" in page
    assert 'value="Good news on {reference}"' in page
    assert LetterText.objects.count() == 0
    assert Letter.objects.count() == 0


def test_a_preview_is_in_the_language_of_the_letter(mona: User, client: Client):
    page = shown(client.post(url("text_preview", language="fr"), WORDS | {"body": "{marks}\n\n{link}"}))
    assert 'lang="fr" dir="ltr"' in page
    assert "Ouvrir la demande" in page or "Ouvrir" in page


@pytest.mark.parametrize("page", ["text", "text_preview"])
def test_a_fault_comes_back_beside_its_box_with_what_was_typed(mona: User, client: Client, page: str):
    response = client.post(url(page), WORDS | {"body": "Dear {nobody} {link}"})
    assert response.status_code == 422
    assert 'id="id_body-error"' in shown(response)
    assert "This letter has no field {nobody}." in shown(response)
    assert "Dear {nobody} {link}</textarea>" in shown(response)
    assert LetterText.objects.count() == 0


@pytest.mark.parametrize("box", ["subject", "heading", "body"])
def test_an_empty_box_is_told_beside_it(mona: User, client: Client, box: str):
    response = client.post(url(), WORDS | {box: " "})
    assert response.status_code == 422
    assert f'id="id_{box}-error"' in shown(response)
    assert "Write something here, or go back to the standard text." in shown(response)


def test_a_stale_page_is_told_and_loses_nothing(mona: User, client: Client, fund: Fund):
    make_text(fund)
    response = client.post(url(), WORDS)
    assert response.status_code == 409
    assert "Somebody saved another version meanwhile." in shown(response)
    assert 'value="Good news on {reference}"' in shown(response)
    assert client.post(url("text_standard"), {"version": "7"}).status_code == 409
    assert LetterText.objects.count() == 1


def test_back_to_the_standard_text_and_again_to_an_older_version(mona: User, client: Client, fund: Fund):
    make_text(fund, by=mona)
    page = shown(client.post(url("text_standard"), {"version": "1"}, follow=True))
    assert "goes out in the standard text again" in page
    assert 'value="{reference}: {amount} for your project"' in page
    older = shown(client.get(url(), {"version": "1"}))
    assert 'value="Yes: {amount} for {grantee}"' in older
    assert '<input type="hidden" name="version" value="2"' in older, "kept, it becomes the third version"


@pytest.mark.parametrize("asked", ["x", "9", "-1", "9" * 40, "²"])
def test_a_version_that_does_not_exist_shows_the_one_that_counts(mona: User, client: Client, asked: str):
    assert "{reference}: {amount} for your project" in shown(client.get(url(), {"version": asked}))


@pytest.mark.parametrize(
    "where", [{"fund": "other"}, {"letter": "accounts/login_code"}, {"letter": "no/such"}, {"language": "xx"}]
)
def test_another_fund_or_an_unknown_letter_is_not_found(mona: User, client: Client, where: dict[str, str]):
    make_fund("other")
    assert client.get(url(**where)).status_code == 404
    for page in ("text", "text_preview", "text_standard"):
        assert client.post(url(page, **where), WORDS).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_only_a_manager_opens_the_pages(client: Client, fund: Fund, role: Role):
    client.force_login(make_person("Robin", role, fund=fund))
    wanted = 200 if role == Role.MANAGER else 403
    assert client.get(reverse("office:texts")).status_code == wanted
    assert client.get(url()).status_code == wanted
    assert client.post(url("text_preview"), WORDS).status_code == wanted
    if role != Role.MANAGER:
        assert client.post(url("text_standard"), {"version": "1"}).status_code == 403
        assert client.post(url(), WORDS).status_code == 403


def test_lists_ask_as_much_for_thirty_versions_as_for_three(mona: User, client: Client, fund: Fund):
    counts = []
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            make_text(fund, number=number)
        client.get(url())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("office:texts"))
            client.get(url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
