"""The pages of calls, narrow and wide, light and dark; and the deadline on the reader's own clock."""

import pytest
from playwright.sync_api import Browser, Page

from fundportal.access import Role
from fundportal.funds.models import Fund
from grants.calls.models import Call
from grants.calls.states import CANCELLED, CLOSED, DRAFT, FORECAST
from tests.factories.calls import make_call
from tests.factories.people import make_fund, make_person
from tests.support.browser import follow, look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser

LONG = "Subventions pour l’accueil, l’accompagnement et l’apprentissage intergénérationnel des nouveaux arrivants"


@pytest.fixture
def fund(site: Site) -> Fund:
    return make_fund(names={"en": "Port Aurora Welcome Fund"}, theme="practice", time_zone="America/New_York")


@pytest.fixture
def manager(site: Site, fund: Fund, browser_page: Page) -> Page:
    enter(browser_page, site, make_person("Mara Manager", Role.MANAGER, fund=fund))
    return browser_page


def test_the_public_pages_are_sound(site, fund, browser_page, axe):
    call = make_call(fund, titles={"en": LONG, "fr": LONG}, stages=2)
    cancelled = make_call(fund, state=CANCELLED)
    make_call(fund, state=CLOSED)
    for path in (f"calls/{call.code}/", f"calls/{cancelled.code}/", "calls/"):
        look(browser_page, axe, f"{site.url}/fr/{path}")


def test_the_pages_of_the_office_are_sound(site, fund, manager, axe):
    draft = make_call(fund, state=DRAFT, titles={"en": LONG, "fr": LONG}, burden_hours=None)
    announced = make_call(fund, state=FORECAST)
    office = f"{site.url}/fr/office/calls/"
    for path in ("", "new/", f"{draft.code}/", f"{draft.code}/edit/", f"{draft.code}/stages/1/"):
        look(manager, axe, office + path)
    for path in (
        f"{draft.code}/stages/1/criteria/need/",
        f"{announced.code}/",
        f"{announced.code}/cancel/",
    ):
        look(manager, axe, office + path)


def test_a_manager_opens_a_mistake_from_the_summary_and_announces_with_the_keyboard(site, fund, manager):
    call = make_call(fund, state=DRAFT)
    manager.goto(f"{site.url}/en/office/calls/{call.code}/stages/1/")
    manager.get_by_label("Deadline", exact=True).fill("")
    follow(manager.get_by_role("button", name="Save"))
    manager.locator(".errors a").first.press("Enter")
    assert manager.evaluate("document.activeElement.name") == "deadline"
    manager.goto(f"{site.url}/en/office/calls/{call.code}/")
    announce = manager.get_by_role("button", name="Announce this call")
    with manager.expect_navigation(wait_until="load"):
        announce.press("Enter")
    assert "Announced. Everybody can read it now" in manager.inner_text("main")
    assert Call.objects.get().state == FORECAST


@pytest.mark.parametrize(
    ("zone", "language", "told"),
    [
        ("Asia/Amman", "en", "Saturday 30 January 2027, 01:00"),
        ("Asia/Amman", "fr", "samedi 30 janvier 2027, 01:00"),
        ("America/New_York", "en", ""),
    ],
)
def test_a_reader_elsewhere_reads_the_deadline_on_their_own_clock_too(
    site: Site, fund: Fund, chromium: Browser, zone, language, told
):
    call = make_call(fund)
    call.stages.update(deadline_wall="2027-01-29T17:00", zone="America/New_York")
    context = chromium.new_context(timezone_id=zone)
    page = context.new_page()
    page.goto(f"{site.url}/{language}/calls/{call.code}/")
    own = page.locator("dd[data-zone-at]")
    assert own.is_visible() is bool(told)
    assert not told or own.inner_text() == told
    context.close()
