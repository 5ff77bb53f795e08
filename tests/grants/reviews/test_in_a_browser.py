"""The reading room and the office pages in Chromium: no breach, no sideways scroll, scored with the keyboard alone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from fundportal.access import Role
from grants.applications.states import ApplicationState
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState
from tests.factories.calls import make_call
from tests.factories.people import make_fund, make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member, make_review_ready
from tests.support.browser import follow, look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
S = AssignmentState


def in_language(code: str, name: str, *words: object) -> str:
    with translation.override(code):
        return reverse(name, args=words)


def test_the_reviewers_pages_hold_in_english_and_french(site: Site, browser_page: Page, axe: Callable) -> None:
    fund = make_fund(names={"en": "Global Cities Fund for Migrants and Refugees"}, theme="gcf")
    panel = make_panel(make_call(fund, state="assessing").stages.get(number=1))
    rosa = make_panel_member(panel, make_person("Rosa Demo", Role.REVIEWER, fund=fund)).user
    asked = make_assignment(panel, reviewer=rosa)
    reading = make_assignment(panel, reviewer=rosa, state=S.IN_PROGRESS)
    handed_in = make_assignment(panel, reviewer=rosa, state=S.SUBMITTED)
    make_assignment(panel, application=handed_in.application, state=S.SUBMITTED)
    enter(browser_page, site, rosa)
    for code in ("en", "fr"):
        look(browser_page, axe, site.url + in_language(code, "reviews:desk"))
        for one in (asked, reading, handed_in):
            look(browser_page, axe, site.url + in_language(code, "reviews:review", one.token))


def test_a_review_is_scored_with_the_keyboard_alone(site: Site, browser_page: Page, axe: Callable) -> None:
    reading = make_assignment(state=S.ACCEPTED)
    criteria = list(reading.application.stage.criteria.order_by("position"))
    page = browser_page
    enter(page, site, reading.reviewer)
    page.goto(site.url + reverse("reviews:review", args=[reading.token]))
    page.locator(f"#score-value-{criteria[0].pk}_0").focus()
    for number, criterion in enumerate(criteria):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        anchor = page.locator(f"#score-value-{criterion.pk}-anchor-1")
        expect(anchor).to_be_visible()
        expect(page.locator(f"#score-value-{criterion.pk}-anchor-0")).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.type("Said in one line.")
        if number + 1 < len(criteria):
            page.keyboard.press("Tab")
    expect(page.locator("[data-saved-text]")).to_contain_text("Saved at")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    hand_in = page.get_by_role("button", name="Hand the review in")
    expect(hand_in).to_be_focused()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your scores")).to_be_visible()
    assert Assignment.objects.get(pk=reading.pk).state == S.SUBMITTED


def test_what_is_missing_is_named_at_its_criterion(site: Site, browser_page: Page, axe: Callable) -> None:
    reading = make_assignment(state=S.ACCEPTED)
    enter(browser_page, site, reading.reviewer)
    browser_page.goto(site.url + reverse("reviews:review", args=[reading.token]))
    follow(browser_page.get_by_role("button", name="Hand the review in"))
    expect(browser_page.get_by_role("heading", name="Eight things to put right")).to_be_visible()
    axe(browser_page)


def test_the_offices_pages_hold(site: Site, browser_page: Page, axe: Callable) -> None:
    panel = make_panel(members=2)
    stage = panel.stage
    mara = make_person("Mara Manager", Role.MANAGER, fund=stage.call.fund)
    scored = make_assignment(panel, state=S.SUBMITTED)
    make_review_ready(stage, state=ApplicationState.ELIGIBLE)
    services.draw_plan(services.ask_for_plan(panel.pk, by=mara, seed=1).pk)
    enter(browser_page, site, mara)
    for name in ("panel", "plan", "standings", "terms"):
        look(browser_page, axe, site.url + reverse(f"office_reviews:{name}", args=[stage.pk]))
    look(browser_page, axe, site.url + reverse("office_reviews:panels"))
    look(browser_page, axe, site.url + reverse("office_reviews:review", args=[stage.pk, scored.token]))
