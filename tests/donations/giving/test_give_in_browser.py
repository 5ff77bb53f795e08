"""The live total: what the browser counts is what the server counts, written as the server writes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from donations.campaigns.models import Campaign
from donations.campaigns.queries import fee_cover
from fundportal.money import Money, format_money
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_fund
from tests.support.browser import follow, scrolls_sideways
from tests.support.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def campaign(site: Site) -> Campaign:
    fund = make_fund("harbour", theme="bicf", is_practice=True)
    purposes = [make_purpose(fund, "help-line"), make_purpose(fund, "needed-most", is_unrestricted=True)]
    return make_campaign(fund, code="neighbours", purposes=purposes)


def button(page: Page) -> str:
    return page.locator("form[data-give] button").inner_text().strip()


def test_button_summary_and_card_cost_follow_the_choice(site: Site, campaign: Campaign, browser_page: Page) -> None:
    browser_page.goto(f"{site.url}/en/give/neighbours/?amount=100")
    before = button(browser_page)
    browser_page.get_by_label("Add $3.30 so that the full $100 reaches the fund").check()
    with_fee = button(browser_page), browser_page.locator("[data-give-total]").inner_text()
    browser_page.get_by_label("Another amount").fill("1,200")
    own = button(browser_page)
    other_is_chosen = browser_page.locator("input[name=amount][value=other]").is_checked()
    browser_page.get_by_label("Another amount").fill("twelve")
    unreadable = button(browser_page)
    browser_page.locator("label", has=browser_page.locator("input[name=amount][value='25']")).click()

    assert before == "Continue to payment: $100.00"
    assert with_fee == ("Continue to payment: $103.30", "$103.30")
    assert own == "Continue to payment: $1,236.15"
    assert other_is_chosen
    assert unreadable == "Continue to payment"
    assert button(browser_page) == "Continue to payment: $26.06"
    assert browser_page.get_by_label("Another amount").input_value() == ""


def test_a_sum_that_is_not_taken_is_promised_no_total(site: Site, campaign: Campaign, browser_page: Page) -> None:
    browser_page.goto(f"{site.url}/en/give/neighbours/?amount=100")
    cost_before = browser_page.locator("[data-give-cover]").is_visible()
    browser_page.get_by_label("Another amount").fill("2")

    assert not cost_before
    assert button(browser_page) == "Continue to payment"
    assert not browser_page.locator("[data-give-summary]").is_visible()


@pytest.mark.parametrize(
    ("currency", "language", "typed", "minor"),
    [
        ("USD", "fr", "1 234,56", 123_456),
        ("JPY", "en", "12,000", 12_000),
        ("KWD", "en", "7.125", 7_125),
        ("EUR", "fr", "80", 8_000),
    ],
)
def test_the_browser_counts_and_writes_as_the_server_does(
    site: Site, browser_page: Page, currency: str, language: str, typed: str, minor: int
) -> None:
    fund = make_fund("harbour")
    campaign = make_campaign(fund, code="neighbours", currency=currency, purposes=[make_purpose(fund)])
    gift = Money(minor, currency)
    browser_page.goto(f"{site.url}/{language}/give/neighbours/")
    browser_page.locator("#own").fill(typed)
    browser_page.locator("#covers_fee").check()

    assert browser_page.locator("[data-give-gift]").inner_text() == format_money(gift, language)
    total = format_money(gift + fee_cover(campaign, gift), language)
    assert browser_page.locator("[data-give-total]").inner_text() == total


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_its_mistakes_are_readable_for_everybody(
    site: Site, campaign: Campaign, browser_page: Page, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(f"{site.url}/en/give/neighbours/")
    axe(browser_page)
    browser_page.get_by_label("Email address").fill("dana@example")
    follow(browser_page.locator("form[data-give] button"))
    axe(browser_page)

    assert not scrolls_sideways(browser_page)
    assert browser_page.title().startswith("Error: ")
    assert browser_page.get_by_label("Email address").input_value() == "dana@example"
