"""Every page of sign-in and of the office, narrow and wide, light and dark: no breach, no sideways scroll."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.services import Term, propose_role
from fundportal.mail.models import Letter
from fundportal.mail.services import write
from tests.factories.letters import LETTER, make_text
from tests.factories.organisations import make_conflict, make_organisation
from tests.factories.people import hold, make_fund, make_person
from tests.support.browser import follow, look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
PUBLIC_PAGES = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_signup",
]
STAFF_PAGES = [
    "office:desk",
    "office:people",
    "office:person_add",
    "office:letters",
    "office:record",
    "account_logout",
    "account_set_password",
    "mfa_index",
    "mfa_activate_totp",
]


@pytest.fixture
def addresses(site: Site) -> list[str]:
    """Each page with something on it, and the forms with mistakes are walked by the reader below."""
    fund = make_fund(names={"en": "Global Cities Fund for Migrants and Refugees"}, theme="gcf")
    nina = make_person("Nina New")
    hold(nina, Role.OFFICER, fund=fund)
    proposer = make_person("Pavel Admin", Role.PEOPLE_ADMIN)
    propose_role(nina.pk, role=Role.FINANCE_CHECKER, term=Term(None, clock.today("UTC")), by=proposer)
    write("accounts/login_code", key="1", to=nina.email, language="en", fund=fund, context={"code": "A1B2C3"})
    detail = [
        reverse("office:person", args=[nina.pk]),
        reverse("office:role_propose", args=[nina.pk]),
        reverse("office:deputy", args=[nina.pk]),
        reverse("office:reset_propose", args=[nina.pk]),
        reverse("office:letter", args=[Letter.objects.order_by("pk")[0].pk]),
    ]
    found = [f"{reverse('office:search')}?words={words}" for words in ("nina", "n", "nobody-here")]
    return [reverse(name) for name in STAFF_PAGES] + detail + found


def test_the_pages_of_sign_in_hold(site: Site, browser_page: Page, axe: Any) -> None:
    for name in PUBLIC_PAGES:
        look(browser_page, axe, site.url + reverse(name))


def test_mistakes_at_sign_in_are_told_accessibly(site: Site, browser_page: Page, axe: Any) -> None:
    browser_page.goto(site.url + reverse("account_login"))
    follow(browser_page.get_by_role("button", name="Sign in"))
    assert browser_page.get_by_role("heading", name="Two things to put right").is_visible()
    axe(browser_page)


def test_the_pages_of_the_office_hold(site: Site, addresses: list[str], browser_page: Page, axe: Any) -> None:
    enter(browser_page, site, make_person("Paula Admin", Role.PEOPLE_ADMIN))
    for address in addresses:
        look(browser_page, axe, site.url + address)


def test_the_pages_of_conflicts_hold(site: Site, browser_page: Page, axe: Any) -> None:
    mona = make_person("Mona Manager", Role.MANAGER)
    for person in (mona, make_person("Rosa Reviewer", Role.REVIEWER)):
        make_conflict(person, make_organisation())
    enter(browser_page, site, mona)
    for name in ("office:conflicts", "office:conflict_declare"):
        look(browser_page, axe, site.url + reverse(name))


def test_the_pages_of_what_letters_say_hold(site: Site, browser_page: Page, axe: Any) -> None:
    fund = make_fund()
    mona = make_person("Mona Manager", Role.MANAGER, fund=fund)
    make_text(fund, by=mona)
    enter(browser_page, site, mona)
    address = site.url + reverse("office:text", args=[fund.code, *LETTER.split("/"), "en"])
    for url in (site.url + reverse("office:texts"), address):
        look(browser_page, axe, url)
    follow(browser_page.get_by_role("button", name="Show it with sample values"))
    assert browser_page.get_by_text("Yes: $42,000 for City of Valmont").is_visible()
    axe(browser_page)
    browser_page.get_by_label("Text", exact=True).fill("We are glad.\n\n{link}")
    browser_page.get_by_label("First sentence").fill("Yes: {amount}")
    follow(browser_page.get_by_role("button", name="Keep this text"))
    assert browser_page.get_by_role("link", name="Version 2").is_visible()
    follow(browser_page.get_by_role("button", name="Back to the standard text"))
    assert browser_page.get_by_text("goes out in the standard text again").is_visible()
    axe(browser_page)
