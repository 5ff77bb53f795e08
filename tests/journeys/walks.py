"""The steps people take, said once; the journeys string them together."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Page, expect

from tests.support.browser import scrolls_sideways
from tests.support.keyboard import Keyboard

CAMPAIGN = "port-aurora-welcome"
PRACTICE = {"en": "practice-round", "fr": "fonds-d-essai"}
TRIES = 40
MOST_JUMPS = 40
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}


@dataclass
class Walk:
    """One person with a browser and no mouse. `settle` gives Stripe, the worker and the mail the time they need."""

    page: Page
    origin: str
    language: str
    axe: Callable[[Page], None]
    settle: Callable[[], None]

    @property
    def here(self) -> str:
        """The address without the place on the page: a skip link leaves `#main` behind, also over a redirect."""
        return urldefrag(self.page.url).url

    @property
    def keys(self) -> Keyboard:
        return Keyboard(self.page)

    def go(self, path: str) -> None:
        answer = self.page.goto(urljoin(self.origin, path))
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        self.look()

    def look(self) -> None:
        """Every page stopped at: one h1, the right language, nothing for axe, no sideways scroll on a small phone."""
        page = self.page
        assert page.locator("h1").count() == 1, page.url
        self.axe(page)
        page.set_viewport_size(NARROW)
        assert not scrolls_sideways(page), f"{page.url} scrolls sideways at 320 pixels"
        page.set_viewport_size(WIDE)

    def raised(self) -> str:
        """The campaign's total as its fund page prints it."""
        self.go(f"/{self.language}/{PRACTICE[self.language]}/")
        assert self.page.locator("html").get_attribute("lang") == self.language
        return self.page.locator(".u--books").first.inner_text()

    def fill_the_form(self, name: str, email: str, amount: str = "5000") -> None:
        page = self.page
        self.keys.write(page.locator("input[name=name]"), name)
        self.keys.write(page.locator("input[name=email]"), email)
        self.keys.tick(page.locator("input[name=amount]").nth(1))

    def send(self) -> None:
        self.keys.follow(self.page.locator("main form button:not([name])").last)

    def pay_with(self, card: str) -> None:
        expect(self.page.locator(f"#card-{card}")).to_be_visible()
        self.look()
        self.keys.tick(self.page.locator(f"#card-{card}"))
        self.keys.follow(self.page.locator("main form button"))

    def until(self, is_so: Callable[[], bool]) -> None:
        """Leaves the others their time and asks again, as often as a slow machine may need."""
        for _ in range(TRIES):
            self.settle()
            if is_so():
                return
        raise AssertionError(f"still not so at {self.page.url}: {self.page.locator('main').inner_text()}")

    def shows(self, selector: str) -> bool:
        """Whether the same page, asked for again, has the part."""
        self.page.reload()
        return self.page.locator(selector).count() > 0

    def be(self, name: str, desk: str = "/office/") -> None:
        """Signs in as a demo person, by the button the demo page offers, and lands at the desk of their work."""
        self.page.goto(urljoin(self.origin, "/demo/"))
        self.keys.follow(self.page.get_by_role("button", name=re.compile(rf"\b{name}\b")))
        assert desk in self.page.url

    def press(self, selector: str) -> None:
        """A button that leads to another page, found by where its form goes or what it says of itself."""
        self.keys.follow(self.page.locator(selector).first)
        self.look()

    def let_time_pass(self, until: Callable[[], bool]) -> None:
        """From one planned work to the next, by the demo's clock, until what is waited for has come."""
        for _jump in range(MOST_JUMPS):
            if until():
                return
            self.page.goto(urljoin(self.origin, "/demo/clock/"))
            self.keys.follow(self.page.locator("button[value=next]"))
        raise AssertionError(f"Time passed, and it never came: {self.page.url}")
