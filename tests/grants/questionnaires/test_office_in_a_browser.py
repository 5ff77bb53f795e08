"""Forms in Chromium: narrow and wide, light and dark, and what the scripts add while somebody types."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fundportal.access import Role
from grants.questionnaires.definition import Definition, Question, Section
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.starter import starter
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire
from tests.support.browser import follow, scrolls_sideways
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser


@pytest.fixture
def written(site: Site, browser_page: Page) -> Questionnaire:
    """A published form with every kind of question, before a signed-in officer."""
    more = Section(
        "more", {"en": "More", "fr": "Plus"}, questions=(Question("figure", "indicator", {"en": "Families"}),)
    )
    fund = make_fund(names={"en": "Global Cities Fund for Migrants and Refugees"}, theme="gcf")
    form = Definition((*starter().sections, more))
    made = make_questionnaire(fund, form=form, name="Welcome grants", updated_by=make_person("Bruno Demo"))
    make_form_version(made)
    enter(browser_page, site, make_person("Olga Demo", Role.OFFICER))
    return made


def at(site: Site, name: str, *args: Any) -> str:
    return site.url + reverse(f"questionnaires:{name}", args=args)


def test_the_pages_of_forms_hold(site: Site, written: Questionnaire, browser_page: Page, axe: Any) -> None:
    page, one = browser_page, written.pk
    urls = [at(site, name, one) for name in ("form", "preview", "copy")]
    urls += [at(site, "forms"), at(site, "version", one, 1), at(site, "question_remove", one, "title")]
    urls += [at(site, "question", one, key) for key in ("who_benefits", "papers")]
    for url in urls:
        page.goto(url)
        assert page.locator("h1").count() == 1, url
        for width, scheme in ((1280, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert not scrolls_sideways(page), f"{url} at {width}"
            axe(page)


def test_the_form_answers_while_somebody_types(site: Site, written: Questionnaire, browser_page: Page) -> None:
    page = browser_page
    page.goto(at(site, "preview", written.pk))
    page.get_by_label("The project in short").fill("One kitchen - two evenings")
    expect(page.get_by_text("4 of 150 words")).to_be_visible()
    page.get_by_label("The project in short").fill("word " * 151)
    expect(page.get_by_text("151 of 150 words, 1 too many")).to_be_visible()
    who = page.get_by_label("Who, how much, and is it certain?")
    expect(who).to_be_hidden()
    others = page.get_by_role("group", name="Does anybody else pay towards it?")
    others.get_by_role("radio", name="Yes").check()
    expect(who).to_be_visible()
    others.get_by_role("radio", name="No").check()
    expect(who).to_be_hidden()


def test_the_budget_adds_itself_up(site: Site, written: Questionnaire, browser_page: Page, axe: Any) -> None:
    page = browser_page
    page.goto(at(site, "preview", written.pk))
    page.get_by_label("How much do you ask for?").fill("20,000")
    page.get_by_label("Line 1, amount in USD").fill("15000")
    page.get_by_label("Line 2, amount in USD").fill("1,500.50")
    expect(page.locator("[data-budget-sum]")).to_have_text("16,500.50")
    expect(page.locator("[data-budget-compared]")).to_have_text("3,499.50 less than you ask for")
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_label("Line 4, what")).to_be_focused()
    page.get_by_label("Line 4, amount in USD").fill("4,000")
    page.get_by_role("button", name="Ask for USD 20,500.50 instead").click()
    expect(page.get_by_label("How much do you ask for?")).to_have_value("20500.50")
    expect(page.locator("[data-budget-compared]")).to_have_text("as much as you ask for")
    axe(page)


def test_mistakes_and_a_colleague_are_told_accessibly(
    site: Site, written: Questionnaire, browser_page: Page, axe: Any
) -> None:
    page = browser_page
    page.goto(at(site, "question", written.pk, "title"))
    page.get_by_label("Question, English", exact=True).fill("")
    follow(page.get_by_role("button", name="Save"))
    assert page.get_by_role("heading", name="One thing to put right").is_visible()
    axe(page)
    page.get_by_label("Question, English", exact=True).fill("Mine")
    Questionnaire.objects.filter(pk=written.pk).update(version=2)
    follow(page.get_by_role("button", name="Save"))
    assert page.get_by_text("Bruno Demo changed this form meanwhile").is_visible()
    axe(page)
