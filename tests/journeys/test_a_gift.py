"""A gift from the fund's page to the receipt in the mail, and back again when two people agree to return it."""

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.journeys.walks import CAMPAIGN, Walk
from tests.support.browser import follow
from tests.support.sandbox import StripeSandbox
from tests.support.site import Site

DONOR = {"en": ("Dana Demo", "dana@example.org"), "fr": ("Zoé Démo", "zoe@example.org")}


@pytest.fixture
def settle(site: Site, sandbox: StripeSandbox, client, do_due_work: Callable[[], None]) -> Callable[[], None]:
    """What passes between Stripe and the portal within a minute: signed events, then the regular work."""

    def deliver_and_work() -> None:
        assert set(sandbox.deliver(client)) <= {200}
        do_due_work()

    call_command("load_demo", verbosity=0)
    return deliver_and_work


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_gift_reaches_the_books_the_mail_and_the_public_total(site: Site, settle, browser_page: Page, axe, language):
    walk_a_gift(Walk(browser_page, site.url, language, axe, settle))


def walk_a_gift(walk: Walk) -> None:
    before = walk.raised()
    a_mistake_is_explained_beside_its_field(walk)
    a_decline_is_explained_and_tried_again(walk)
    number = the_receipt_can_be_opened_and_checked(walk)
    walk.until(lambda: walk.raised() != before)
    the_letter_is_in_the_demo_mail(walk, number)
    gift = two_people_give_it_back(walk)
    walk.until(lambda: walk.raised() == before)
    walk.go(gift)


def a_mistake_is_explained_beside_its_field(walk: Walk) -> None:
    name, _email = DONOR[walk.language]
    walk.go(f"/{walk.language}/give/{CAMPAIGN}/")
    walk.page.wait_for_timeout(2500)  # the form takes a person at least two seconds
    walk.fill_the_form(name, "dana@example")
    walk.send()
    expect(walk.page.locator(".errors")).to_be_focused()
    expect(walk.page.locator("input[name=email]")).to_have_attribute("aria-invalid", "true")
    expect(walk.page.locator("input[name=name]")).to_have_value(name)
    walk.look()


def a_decline_is_explained_and_tried_again(walk: Walk) -> None:
    walk.fill_the_form(*DONOR[walk.language])
    walk.send()
    walk.pay_with("0002")
    expect(walk.page.get_by_role("alert")).to_be_visible()
    walk.pay_with("3220")
    walk.look()
    walk.keys.follow(walk.page.locator("button[value=yes]"))
    assert f"/{walk.language}/give/{CAMPAIGN}/thanks/" in walk.page.url


def the_receipt_can_be_opened_and_checked(walk: Walk) -> str:
    page = walk.page
    walk.until(lambda: walk.shows("a[href*='/receipts/']"))
    walk.look()
    walk.keys.follow(page.locator("a[href*='/receipts/']").first)
    walk.look()
    expect(page.locator(".total")).to_contain_text("50")
    pdf = page.request.get(walk.here + "pdf/")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")
    words = page.locator(".paper").inner_text()
    number, code = re.search(r"\d{4}-\d{6}", words), re.search(r"\b\w{4}-\w{4}-\w{2}\b", words)
    assert number, words
    assert code, words
    walk.go(f"/{walk.language}/check/")
    walk.keys.write(page.locator("main input[name=code]"), code[0])
    walk.keys.follow(page.locator("main form button"))
    expect(page.locator("main")).to_contain_text("50")
    assert DONOR[walk.language][0] not in page.locator("main").inner_text()
    walk.look()
    return number[0]


def the_letter_is_in_the_demo_mail(walk: Walk, number: str) -> None:
    def newest_letter_has_it() -> bool:
        walk.go("/demo/mail/")
        letters = walk.page.get_by_role("rowheader").get_by_role("link")
        if not letters.count():
            return False
        walk.keys.follow(letters.first)
        return number in walk.page.locator("main").inner_text()

    walk.until(newest_letter_has_it)
    walk.look()
    expect(walk.page.locator("main")).to_contain_text(DONOR[walk.language][1])


def two_people_give_it_back(walk: Walk) -> str:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/gifts/")
    walk.keys.follow(page.get_by_role("rowheader").first.get_by_role("link"))
    walk.look()
    gift = walk.here
    walk.keys.write(page.locator("[name=reason]"), "Asked by the donor")
    walk.keys.follow(page.locator("main form:has([name=reason]) button"))
    walk.look()
    walk.be("Chen")
    page.goto(gift)
    walk.keys.follow(page.locator("form[action*='approve'] button"))
    return gift


@pytest.mark.browser
def test_a_gift_needs_no_script(site: Site, settle: Callable[[], None], chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}/en/give/{CAMPAIGN}/?amount=40")
    page.locator("input[name=name]").fill("Dana Demo")
    page.locator("input[name=email]").fill("dana@example.org")
    page.wait_for_timeout(2500)  # the form takes a person at least two seconds
    follow(page.locator("form#give button"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("40")
    follow(page.locator("main form button"))
    assert "/thanks/" in page.url
    settle()
    page.reload()
    follow(page.locator("a[href*='/receipts/']").first)
    expect(page.locator(".total")).to_contain_text("$40.00")
    page.context.close()
