"""The pages of gifts, narrow and wide, light and dark: no breach, no sideways scroll."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from donations.gifts import services
from donations.gifts.models import Gift
from donations.gifts.states import GiftState
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.money import Money
from tests.donations.gifts.conftest import URLS, facts_for
from tests.factories.gifts import make_campaign, make_donor, make_gift, make_refund
from tests.factories.people import hold, make_fund, make_person
from tests.support.browser import follow, look
from tests.support.sandbox import StripeSandbox
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser


@pytest.fixture
def received(site: Site, sandbox: StripeSandbox) -> Gift:
    """A gift that was declined, paid and partly asked back, among gifts of every state with long names."""
    fund = make_fund(names={"en": "Baltimore Immigrant Community Fund"}, theme="bicf", time_zone="America/New_York")
    campaign = make_campaign(fund, titles={"en": "Legal help for families in Baltimore, winter round"})
    long_name = "Maximiliana Wolkenstein-Papadopoulou de la Vega y Santander"
    for state in GiftState:
        make_gift(campaign, state=state, donor=make_donor(fund, long_name), amount_minor=123_456_700)
    gift = services.start_gift(campaign.pk, facts=facts_for(campaign), form_key=uuid.uuid4())
    services.open_checkout(gift.pk, return_urls=URLS)
    session = gift.attempts.get().session_id
    sandbox.pay(session, "0002")
    services.reread_gift(gift.pk)
    sandbox.pay(session)
    received = services.reread_gift(gift.pk)
    make_refund(received)
    return received


@pytest.fixture
def officer(received: Gift) -> User:
    """Asks for refunds, and decides on those of others."""
    person = make_person("Olu Officer", Role.OFFICER, fund=received.fund)
    hold(person, Role.FINANCE_CHECKER, fund=received.fund)
    services.request_refund(received.pk, amount=Money(500, "USD"), reason="The donor gave twice.", by=person)
    return person


@pytest.fixture
def office(site: Site, browser_page: Page, officer: User) -> Page:
    enter(browser_page, site, officer)
    return browser_page


def test_the_list_and_a_gift_hold(site: Site, received: Gift, office: Page, axe: Any) -> None:
    addresses = [reverse("gifts:gifts"), reverse("gifts:gifts") + "?words=nobody", reverse("campaigns:campaigns")]
    addresses += [reverse("gifts:gift", args=[gift.reference]) for gift in (received, Gift.objects.order_by("pk")[0])]
    for address in addresses:
        look(office, axe, site.url + address)


def test_a_mistake_in_the_refund_form_is_told_accessibly(site: Site, received: Gift, office: Page, axe: Any) -> None:
    office.goto(site.url + reverse("gifts:gift", args=[received.reference]))
    office.get_by_label("How much to give back").fill("1000000")
    office.get_by_label("Why the money goes back").fill("A slip of the hand.")
    follow(office.get_by_role("button", name="Ask a second person to give it back"))

    assert office.get_by_role("heading", name="One thing to put right").is_visible()
    assert office.get_by_label("Why the money goes back").input_value() == "A slip of the hand."
    axe(office)
