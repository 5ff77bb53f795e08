"""The pages of grants as a person meets them: light and dark, wide and narrow, with every picture they can have."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from grants.awards.states import ReportState, TrancheState
from tests.factories.awards import make_tranche
from tests.factories.reports import make_publication, make_report, make_running_award
from tests.support.site import Site

pytestmark = pytest.mark.browser


def test_a_grant_and_the_list_of_grants_are_readable_by_everybody(
    site: Site, browser_page: Page, axe: Callable[[Page], None]
):
    award = make_running_award()
    make_tranche(award, state=TrancheState.PAID, amount_minor=600_000)
    make_publication(make_report(award, state=ReportState.ACCEPTED))
    for path in (f"/en/grants/{award.reference}/", f"/fr/grants/{award.reference}/", "/en/grants/?words=kitchen"):
        for width, scheme in ((1280, "light"), (320, "dark")):
            browser_page.emulate_media(color_scheme=scheme)
            browser_page.set_viewport_size({"width": width, "height": 900})
            browser_page.goto(f"{site.url}{path}")
            axe(browser_page)
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
