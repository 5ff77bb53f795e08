import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from cms.models import FundPage, HomePage
from donations.campaigns.models import Campaign
from fundportal.demo.loaders import pages as loader
from fundportal.demo.loaders.funds import OPENING_BALANCE
from fundportal.ledger.queries import total
from tests.cms.conftest import quiet

pytestmark = pytest.mark.usefixtures("site_pages")

REAL_FUNDS = ("/en/baltimore/", "/en/global-cities-fund/", "/fr/baltimore/", "/fr/fonds-mondial-des-villes/")
EVERY_PAGE = [
    "/en/", "/en/baltimore/", "/en/global-cities-fund/", "/en/practice-round/", "/en/actions/", "/en/about/",
    "/en/accessibility/", "/en/privacy/", "/en/baltimore/access-coalition/", "/en/global-cities-fund/medellin/",
    "/fr/", "/fr/baltimore/", "/fr/fonds-mondial-des-villes/", "/fr/fonds-d-essai/", "/fr/actions/", "/fr/a-propos/",
    "/fr/accessibilite/", "/fr/vie-privee/", "/fr/baltimore/coalition-pour-les-aides/",
    "/fr/fonds-mondial-des-villes/medellin/",
]  # fmt: skip


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("url", EVERY_PAGE)
def test_every_page_has_one_headline_and_leads_to_its_other_language(client: Client, url: str):
    html = read(client, url)
    assert html.count("<h1") == 1
    other = "fr" if url.startswith("/en/") else "en"
    assert f'<link rel="alternate" hreflang="{other}"' in html


@pytest.mark.parametrize("url", REAL_FUNDS)
def test_a_real_funds_page_offers_no_gift(client: Client, url: str):
    html = read(client, url)
    assert "/give/" not in html
    assert "No gifts are taken here" in html or "Aucun don n’est reçu ici" in html


def test_the_practice_round_reads_its_gauge_from_the_books(client: Client):
    campaign = Campaign.objects.get(code="port-aurora-welcome")
    assert total(campaign.fund) == OPENING_BALANCE  # in the books, and yet no gift to this campaign
    html = read(client, "/en/practice-round/")
    assert "$0.00" in html
    assert "$60,000" in html
    assert 'href="/en/give/port-aurora-welcome/"' in html


def test_the_pages_of_a_gift_carry_the_links_of_their_fund(client: Client):
    nav = client.get("/en/give/port-aurora-welcome/").context["main_nav"]
    assert [(link.label, link.url, link.is_current) for link in nav] == [
        ("The fund", "/en/practice-round/", False),
        ("Local actions", "/en/actions/", False),
        ("Give", "/en/give/port-aurora-welcome/", True),
    ]
    assert next(iter(client.get("/en/check/").context["main_nav"])).label == "Baltimore"


def test_a_closed_campaign_takes_no_gift_on_the_page(client: Client):
    Campaign.objects.filter(code="port-aurora-welcome").update(state="closed", closed_at="2026-11-22T12:00:00Z")
    html = read(client, "/en/practice-round/")
    assert "This campaign is closed" in html
    assert "Choose an amount" not in html


def test_the_printed_follow_on_share_stands_beside_what_the_records_give(client: Client):
    html = read(client, "/en/global-cities-fund/")
    assert "90%" in html
    assert "of 12 cities in these records name money that followed: 16%" in html
    assert "not recomputable from the records" in html


def test_no_city_has_a_grant_amount(client: Client):
    assert read(client, "/en/global-cities-fund/").count('data-label="Grant"><div>not published') == 12


def test_the_target_tracker_prints_its_four_steps(client: Client):
    html = read(client, "/en/global-cities-fund/")
    steps = [html.index(f"<b>{sum_}</b>") for sum_ in ("$1,000,000", "$8,000,000", "$25,000,000", "$50,000,000")]
    assert steps == sorted(steps)


@pytest.mark.parametrize(
    ("url", "queries"),
    [("/en/", 12), ("/fr/", 13), ("/en/practice-round/", 14), ("/en/baltimore/", 15), ("/en/global-cities-fund/", 15)],
)
def test_home_and_fund_pages_ask_few_questions(client: Client, django_assert_num_queries: Any, url: str, queries: int):
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)


def test_a_page_with_live_figures_is_asked_about_again_each_time(client: Client):
    assert "no-cache" in client.get("/en/practice-round/")["Cache-Control"]
    assert "max-age=60" in client.get("/en/about/")["Cache-Control"]


def test_loading_again_leaves_the_pages_as_editors_have_them():
    home = HomePage.objects.get(locale__language_code="en")
    home.headline = "Changed by an editor"
    home.save_revision().publish()
    before = Page.objects.count()
    loader.load(quiet)
    assert Page.objects.count() == before
    assert HomePage.objects.get(pk=home.pk).headline == "Changed by an editor"


def texts(value: Any) -> list[dict[str, str]]:
    if isinstance(value, dict):
        return [value] if {"en", "fr"} <= set(value) else [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


def strings(value: Any) -> set[str]:
    if isinstance(value, str):
        return strings(json.loads(value)) if value.startswith("[") else set(re.split("</?p>", value))
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {string for child in children for string in strings(child)}


@pytest.mark.parametrize("name", [name for name, _kind, _parent in loader.PAGES])
def test_no_english_is_left_on_a_french_page(name: str):
    content = json.loads((loader.DATA / f"{name}.json").read_text())
    english = Page.objects.get(locale__language_code="en", slug=content["slug"]["en"])
    french = english.get_translation(Locale.objects.get(language_code="fr")).specific
    printed = strings(french.serializable_data())
    pairs = [(text["en"], text["fr"]) for text in texts(content)]
    assert {ours for _english, ours in pairs} <= printed
    assert {theirs for theirs, ours in pairs if theirs != ours} & printed <= {ours for _english, ours in pairs}


def test_a_fund_page_without_its_fund_still_answers(client: Client):
    page = FundPage.objects.get(slug="baltimore", locale__language_code="en")
    FundPage.objects.filter(pk=page.pk).update(fund_code="nobody")
    assert "Baltimore Immigrant Community Fund" in read(client, "/en/baltimore/")
