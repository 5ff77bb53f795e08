"""The payment page in a browser: usable by everybody, at every width, in both languages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.donations.stripe.test_sandbox import ORDER, library
from tests.support.browser import follow, scrolls_sideways
from tests.support.sandbox import StripeSandbox

pytestmark = pytest.mark.browser


WORDS = {
    "en": ("the bank says no", "asks you to confirm", "Pay", "No, refuse it"),
    "fr": ("la banque refuse", "vous demande de confirmer", "Payer", "Non, le refuser"),
}


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_payment_page_is_accessible(
    sandbox: StripeSandbox, browser_page: Page, axe: Callable[[Page], None], locale: str, scheme: str
) -> None:
    decline, confirm, pay, refuse = WORDS[locale]
    session = library(sandbox).v1.checkout.sessions.create(ORDER | {"locale": locale})
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.set_viewport_size({"width": 320, "height": 800})

    def looks_right() -> None:
        axe(browser_page)
        assert not scrolls_sideways(browser_page)

    browser_page.goto(session.url)
    looks_right()
    for choice in (decline, confirm):
        browser_page.get_by_label(choice).check()
        follow(browser_page.get_by_role("button", name=pay))
        looks_right()
    follow(browser_page.get_by_role("button", name=refuse))
    looks_right()
    sandbox.expire(session.id)
    browser_page.goto(session.url)
    looks_right()
