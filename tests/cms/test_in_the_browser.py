"""The pages as a person meets them: light and dark, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fundportal.demo.loaders import funds, local_actions, pages
from tests.cms.conftest import quiet
from tests.support.site import Site

pytestmark = pytest.mark.browser
PATHS = (
    "/en/",
    "/fr/baltimore/",
    "/en/global-cities-fund/",
    "/fr/fonds-d-essai/",
    "/en/actions/",
    "/fr/actions/2023-017/",
)


def test_every_kind_of_page_is_readable_by_everybody(site: Site, browser_page: Page, axe: Callable[[Page], None]):
    for loader in (funds, local_actions, pages):
        loader.load(quiet)
    for path in PATHS:
        for width, scheme in ((1280, "light"), (320, "dark")):
            browser_page.emulate_media(color_scheme=scheme)
            browser_page.set_viewport_size({"width": width, "height": 900})
            browser_page.goto(f"{site.url}{path}")
            axe(browser_page)
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
