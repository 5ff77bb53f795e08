"""The same gift and the same grant against a demo that runs: real webhooks, a real worker, a clock that moves."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.test_a_gift import walk_a_gift
from tests.journeys.test_a_grant import walk_a_grant
from tests.journeys.walks import Walk

# The first demo is walked in English; where BASE_URL names another one beside it, that one in French.
DEMOS = os.environ.get("BASE_URL", "").split()


@pytest.mark.demo
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_gift_goes_all_the_way_through_the_running_demo(browser_page: Page, axe, language):
    walk_a_gift(walk_in(DEMOS[0], language, browser_page, axe))


@pytest.mark.demo
@pytest.mark.parametrize(("language", "demo"), list(zip(("en", "fr"), DEMOS, strict=False)))
def test_a_grant_goes_from_its_call_to_its_result_in_the_running_demo(browser_page: Page, axe, language, demo):
    """It moves the demo's clock by months, so that each language needs a demo of its own."""
    walk_a_grant(walk_in(demo, language, browser_page, axe))


def walk_in(demo: str, language: str, page: Page, axe: Callable[[Page], None]) -> Walk:
    """What takes the worker a moment is waited for."""

    def wait() -> None:
        page.wait_for_timeout(1500)

    return Walk(page, demo, language, axe, wait)
