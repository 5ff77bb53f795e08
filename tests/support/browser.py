"""Chromium from the PATH, and what every page must hold."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HERE = {"localhost", "127.0.0.1"}
LONGEST = 60_000  # milliseconds; every wait ends as soon as what it waits for is there


def chromium_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    assert path, "No Chromium is on the PATH: `./run test` leaves these tests out then."
    # Playwright's loop runs in this thread; Django would take every query beside it for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags, timeout=LONGEST)
        expect.set_options(timeout=LONGEST)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page in a fresh context; afterwards no script error, no breach of the content policy, no foreign request."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(LONGEST)
    page = context.new_page()
    faults: list[str] = []

    def note_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def note_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in HERE:
            faults.append(f"a request left this machine: {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", note_request)
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that a page breaks no rule of WCAG 2.2 AA and none of the engine's good practice."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate("options => axe.run(options).then(({violations}) => ({violations}))", options)
        assert not found["violations"], f"{page.url}\n{AxeResults(found).generate_report()}"

    return check


def follow(way: Locator) -> None:
    """Presses what leads to another page, or to the same one with mistakes, and waits until that page has loaded.

    A bare `click()` returns while the old page still stands: it is for what stays on the page.
    """
    with way.page.expect_navigation(wait_until="load"):
        way.click()


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def look(page: Page, axe: Callable[[Page], None], url: str) -> None:
    """A page at a desk, on a phone in the dark and on the smallest one: one h1, no sideways scroll, nothing for axe.

    Loaded once: styles alone answer to the window and to the dark.
    """
    page.goto(url)
    assert page.locator("h1").count() == 1, url
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert not scrolls_sideways(page), f"{url} at {width}"
        axe(page)
