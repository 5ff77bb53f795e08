"""The pages of an application in Chromium: no breach, no sideways scroll, and text that saves itself."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fundportal.access import Role
from grants.applications import services
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.organisations import make_member, make_organisation, make_signatory
from tests.factories.people import make_fund, make_person
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
S = ApplicationState


def mine(name: str, application: Application, *more: object) -> str:
    return reverse(f"my_applications:{name}", args=[application.reference, *more])


def test_the_applicants_pages_hold(site: Site, browser_page: Page, axe: Any) -> None:
    fund = make_fund(names={"en": "Global Cities Fund for Migrants and Refugees"}, theme="gcf")
    stage = make_call(fund).stages.select_related("form_version").get(number=1)
    organisation = make_organisation("City of Valmont")
    aya = make_signatory(organisation, "Aya Demo")
    draft = make_application(stage, organisation=organisation, by=aya, answers={"title": "A kitchen that teaches"})
    sent = make_application(stage, organisation=organisation, by=aya, state=S.SUBMITTED)
    enter(browser_page, site, aya)
    pages = [
        reverse("my_applications:applications"),
        reverse("my_applications:start", args=[stage.pk]),
        mine("application", draft),
        mine("check", draft),
        mine("application", sent),
        mine("acknowledgement", sent, 1),
        *(mine("section", draft, section.key) + "?check" for section in stage.form_version.form.sections),
    ]
    for address in pages:
        look(browser_page, axe, site.url + address)


def test_the_offices_pages_hold(site: Site, browser_page: Page, axe: Any) -> None:
    stage = make_call(state="closed").stages.select_related("call__fund").get(number=1)
    officer = make_person("Dalia Demo", Role.OFFICER)
    manager = make_person("Marcel Demo", Role.MANAGER)
    states = (S.SUBMITTED, S.SCREENING, S.INELIGIBLE, S.ON_HOLD, S.WITHDRAWN)
    made = {state: make_application(stage, state=state) for state in states}
    services.check_rule(made[S.SCREENING].pk, rule="in-a-city", passes=True, note="Seen on the map.", by=officer)
    reason = "The work happens at sea."
    services.propose_ineligible(made[S.SCREENING].pk, criterion="in-a-city", reason=reason, by=officer)
    enter(browser_page, site, manager)
    look(browser_page, axe, site.url + reverse("applications:applications"))
    for application in made.values():
        look(browser_page, axe, site.url + reverse("applications:application", args=[application.reference]))


def test_what_is_typed_saves_itself_and_what_a_colleague_saved_is_not_written_over(
    site: Site, browser_page: Page
) -> None:
    stage = make_call().stages.select_related("form_version").get(number=1)
    organisation = make_organisation("City of Valmont")
    aya, aldo = make_signatory(organisation, "Aya Demo"), make_member(organisation, "Aldo Demo")
    draft = make_application(stage, organisation=organisation, by=aya)
    section = stage.form_version.form.section_of("title")
    assert section is not None
    enter(browser_page, site, aya)
    browser_page.goto(site.url + mine("section", draft, section.key))
    saved = browser_page.locator("[data-saved-text]")
    browser_page.fill("#id_a-title", "A kitchen in Valmont")
    expect(saved).to_contain_text("Saved at")
    assert Application.objects.get(pk=draft.pk).title == "A kitchen in Valmont"

    fresh = Application.objects.select_related("draft").get(pk=draft.pk)
    keys = {one.key for one in section.questions}
    answers = {key: value for key, value in fresh.draft.answers.items() if key in keys} | {"title": "Aldo’s kitchen"}
    services.save_section(draft.pk, section=section.key, answers=answers, version=fresh.draft.version, by=aldo)
    browser_page.fill("#id_a-title", "Aya’s kitchen")
    expect(saved).to_contain_text("Aldo Demo saved this part")
    browser_page.get_by_role("button", name="Save", exact=True).click()
    expect(browser_page.get_by_role("heading", name="Both texts")).to_be_visible()
    assert Application.objects.get(pk=draft.pk).title == "Aldo’s kitchen"
    browser_page.get_by_role("button", name="Save what is typed below the comparison").click()
    expect(browser_page.get_by_role("heading", name="Both texts")).to_have_count(0)
    assert Application.objects.get(pk=draft.pk).title == "Aya’s kitchen"
