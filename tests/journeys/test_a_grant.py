"""A grant from its call to its published result.

A city writes, the office checks, reviewers score, a council adopts, all hear; both sides sign, the money goes out, and
a neighbour reads what became of it.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.journeys import after_the_decision as afterwards
from tests.journeys.walks import Walk
from tests.support.sandbox import StripeSandbox
from tests.support.site import Site

CALL = "welcome-2027"
TITLE = {"en": "Welcome grants 2027", "fr": "Subventions d’accueil 2027"}
DRAFT = "PW27-0002"
RECEIVED = ("PW27-0001", DRAFT, "PW27-0003")
REVIEWERS = {"Rosa": 5, "Rui": 4, "Rana": 3}


@pytest.fixture
def settle(
    site: Site, sandbox: StripeSandbox, do_due_work: Callable[[], None], settings, tmp_path: Path
) -> Callable[[], None]:
    """The demo's people, calls and drafts, and a clock of this test's own."""
    settings.VAR_DIR = tmp_path
    call_command("load_demo", verbosity=0)
    return do_due_work


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_grant_goes_from_its_call_to_its_published_result(site: Site, settle, browser_page: Page, axe, language):
    walk_a_grant(Walk(browser_page, site.url, language, axe, settle))


def walk_a_grant(walk: Walk) -> None:
    a_neighbour_reads_the_call(walk)
    seal = a_city_completes_its_draft_and_sends_it(walk)
    the_acknowledgement_is_in_the_mail(walk, seal)
    the_clock_closes_the_call(walk)
    the_office_finds_all_three_fit_for_review(walk)
    a_panel_is_opened_and_told_who_reads_what(walk)
    each_reviewer_agrees_scores_and_hands_in(walk)
    the_panel_seals_and_proposes(walk)
    the_body_adopts_a_list_that_two_approved(walk)
    everybody_hears_at_the_same_moment(walk)
    afterwards.the_office_offers_the_award(walk)
    afterwards.both_sides_sign_the_same_words(walk)
    afterwards.the_grantee_says_where_the_money_goes(walk)
    afterwards.finance_compares_it_with_a_paper_of_the_bank(walk)
    afterwards.the_grantee_accepts_and_the_day_of_the_money_comes(walk)
    afterwards.two_who_did_not_offer_it_approve_the_payment(walk)
    statement = afterwards.one_makes_a_run_and_two_let_it_go(walk)
    afterwards.the_banks_statement_confirms_it(walk, statement)
    afterwards.the_grantee_writes_its_report_when_the_time_has_come(walk)
    afterwards.the_office_asks_once_and_is_answered(walk)
    afterwards.the_office_accepts_it_and_tells_everybody(walk)
    afterwards.a_neighbour_reads_what_became_of_it(walk)


def a_neighbour_reads_the_call(walk: Walk) -> None:
    walk.go(f"/{walk.language}/calls/")
    walk.keys.follow(walk.page.locator(f"main a[href$='/calls/{CALL}/']").first)
    walk.look()
    expect(walk.page.locator("#questions")).to_be_visible()
    calendar = walk.page.request.get(f"{walk.origin}/{walk.language}/calls/{CALL}.ics")
    assert calendar.text().startswith("BEGIN:VCALENDAR")


def a_city_completes_its_draft_and_sends_it(walk: Walk) -> str:
    page = walk.page
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/applications/{DRAFT}/check/")
    expect(page.locator("main form[action$='/send/'] button")).to_be_disabled()
    walk.go(f"/{walk.language}/my/applications/{DRAFT}/write/project/")
    walk.keys.tick(page.locator("[name='a-who_benefits'][value=newcomers]"))
    walk.keys.write(page.locator("[name='a-change']"), "Forty people come home from work without fear. We count rides.")
    walk.press("button[name=next][value=money]")
    walk.keys.write(page.locator("[name='a-budget-1-what']"), "Stops with light")
    walk.keys.write(page.locator("[name='a-budget-1-amount']"), "2500")
    walk.keys.write(page.locator("[name='a-budget-1-why']"), "Five stops")
    walk.keys.tick(page.locator("[name='a-other_funders'][value=no]"))
    walk.press("button[name=next][value=you]")
    walk.keys.write(page.locator("[name='a-people']"), "12")
    walk.keys.write(page.locator("[name='a-starts_on']"), "2027-09-01")
    walk.keys.tick(page.locator("[name='a-declaration']"))
    walk.press("button[name=next][value=check]")
    walk.press("form[action$='/send/'] button")
    words = page.locator("main").inner_text()
    seal = re.search(r"\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b", words)
    assert seal, words
    pdf = page.request.get(walk.here.rstrip("/") + ".pdf")
    assert pdf.body().startswith(b"%PDF-")
    return seal[0]


def the_acknowledgement_is_in_the_mail(walk: Walk, seal: str) -> None:
    walk.go("/demo/mail/")
    walk.keys.follow(walk.page.get_by_role("rowheader").get_by_role("link", name=re.compile(DRAFT)).first)
    expect(walk.page.locator("main")).to_contain_text(seal.split(maxsplit=1)[0])


def the_clock_closes_the_call(walk: Walk) -> None:
    def closed() -> bool:
        walk.page.goto(f"{walk.origin}/{walk.language}/calls/{CALL}/")
        return walk.page.locator("main a[href*='/my/applications/start/']").count() == 0

    assert not closed()
    walk.let_time_pass(closed)
    walk.look()


def the_office_finds_all_three_fit_for_review(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/applications/")
    for reference in RECEIVED:
        walk.go(f"/{walk.language}/office/applications/{reference}/")
        if page.locator("form[action$='/begin/'] button").count():  # a minute after the deadline the clock begins it
            walk.keys.follow(page.locator("form[action$='/begin/'] button"))
        while page.locator(".rule:has(.badge--mute)").count():
            walk.keys.follow(page.locator(".rule:has(.badge--mute) button[name=passes][value=yes]").first)
        walk.press("form[action$='/eligible/'] button")


def a_panel_is_opened_and_told_who_reads_what(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/reviews/")
    walk.keys.follow(page.get_by_role("row", name=TITLE[walk.language]).get_by_role("link").first)
    panel = walk.here
    walk.press("main a[href$='/terms/']")
    walk.keys.write(page.locator("[name=answer_by]"), in_days(90))
    walk.keys.write(page.locator("[name=review_by]"), in_days(120))
    walk.keys.write(page.locator("[name=reviewers_wanted]"), "1")
    walk.press("main form button[type=submit], main form button:not([type])")
    for name in REVIEWERS:
        walk.keys.choose(page.locator("[name=user]"), shows=f"{name} Demo")
        walk.keys.follow(page.locator("form[action$='/members/add/'] button"))
    walk.keys.follow(page.locator("form[action$='/plan/ask/'] button"))
    page.goto(f"{panel}plan/")
    walk.until(lambda: walk.shows("form[action$='/plan/approve/'] button"))
    walk.look()
    walk.press("form[action$='/plan/approve/'] button")


def each_reviewer_agrees_scores_and_hands_in(walk: Walk) -> None:
    page = walk.page
    for name, score in REVIEWERS.items():
        walk.be(name, desk="/review/")
        walk.go(f"/{walk.language}/review/")
        walk.keys.follow(page.get_by_role("row", name=TITLE[walk.language]).get_by_role("link").first)
        expect(page.locator("main")).not_to_contain_text(re.compile("budget", re.IGNORECASE))
        walk.keys.tick(page.locator("[name=agrees]"))
        walk.keys.tick(page.locator("[name=has_no_tie]"))
        walk.press("form[action$='/accept/'] button")
        for criterion in page.locator("fieldset.score").all():
            walk.keys.tick(criterion.locator(f"input[value='{score}']"))
            walk.keys.write(criterion.locator("textarea"), "It says so, with figures.")
        walk.press("button[formaction$='/hand-in/']")
        expect(page.locator("fieldset.score")).to_have_count(0)


def the_panel_seals_and_proposes(walk: Walk) -> None:
    page = walk.page
    walk.be("Marcel")
    walk.go(f"/{walk.language}/office/reviews/")
    walk.keys.follow(page.get_by_role("row", name=TITLE[walk.language]).get_by_role("link").first)
    walk.keys.use(page.locator("details:has(form[action$='/seal/']) summary"))
    walk.press("form[action$='/seal/'] button")
    walk.be("Carla")
    for reference in RECEIVED:
        walk.go(f"/{walk.language}/office/decisions/applications/{reference}/")
        is_ours = reference == DRAFT
        walk.keys.tick(page.locator(f"[name=proposal][value={'recommend' if is_ours else 'not_recommend'}]"))
        if is_ours:
            walk.keys.write(page.locator("[name=amount]"), "15000")
        walk.keys.write(page.locator("[name=rationale]"), "The night shift has no other way home.")
        walk.press("main form button[type=submit], main form button:not([type])")


def the_body_adopts_a_list_that_two_approved(walk: Walk) -> None:
    page = walk.page
    walk.be("Dalia")
    walk.go(f"/{walk.language}/office/decisions/calls/{CALL}/prepare/")
    walk.keys.choose(page.locator("[name=body]"), value="council")
    walk.keys.choose(page.locator("[name=instrument]"), value="resolution")
    walk.keys.write(page.locator("[name=reference]"), "R-2027-04")
    walk.keys.write(page.locator("[name=held_on]"), in_days(100)[:10])
    walk.keys.write(page.locator("[name=release_at]"), in_days(130))
    walk.press("main form button[type=submit], main form button:not([type])")
    listed = walk.here
    for reference in RECEIVED:
        page.goto(listed)
        walk.keys.follow(page.locator(f"main a[href*='/lines/{reference}/']").first)
        walk.look()
        walk.keys.follow(page.locator("main form button[type=submit], main form button:not([type])").first)
    page.goto(listed)
    walk.press("form[action$='/submit/'] button")
    for name in ("Marcel", "Colin"):
        walk.be(name)
        page.goto(listed)
        walk.press("form[action$='/approve/'] button")
    walk.press("form[action$='/adopt/'] button")


def everybody_hears_at_the_same_moment(walk: Walk) -> None:
    page = walk.page
    walk.be("Aya", desk="/my/")
    walk.go(f"/{walk.language}/my/applications/{DRAFT}/")
    before = page.locator("h1").inner_text()

    def announced() -> bool:
        page.goto(f"{walk.origin}/{walk.language}/my/applications/{DRAFT}/")
        return page.locator("h1").inner_text() != before

    assert not announced()
    walk.let_time_pass(announced)
    walk.look()
    walk.go("/demo/mail/")
    for reference in RECEIVED:
        expect(page.get_by_role("rowheader").get_by_role("link", name=re.compile(reference)).first).to_be_visible()


def in_days(days: int) -> str:
    """An hour on a day so far from today, as a box for both takes it. The demo's clock is a few weeks ahead."""
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT12:00")
