"""The pages of payments in Chromium: no breach, no sideways scroll, in light and dark, on a desk and a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from grants.payments.states import BankState, RunState
from tests.factories.awards import make_award, make_decided
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import make_signatory
from tests.factories.payments import (
    EUROPEAN,
    make_account,
    make_bank_details,
    make_line,
    make_payable,
    make_run,
    waiting_change,
)
from tests.factories.people import make_person
from tests.support.browser import follow, look, scrolls_sideways
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
STATEMENT = "booked_on,amount,currency,reference,counterparty,bank_id\n2026-11-20,-12.50,USD,Fee,Bank,N1\n"


def test_the_pages_of_the_office_hold(site: Site, browser_page: Page, axe: Any) -> None:
    call = make_funded_call(raised=0)
    account = make_account(call.fund)
    make_payable(call)
    first = make_bank_details(
        make_award(make_decided(call=call)).organisation, state=BankState.PROPOSED, facts=EUROPEAN
    )
    changed = waiting_change(make_award(make_decided(call=call)), state=BankState.PROPOSED)
    drafted, exported = make_run(account, payments=2), make_run(account, state=RunState.EXPORTED)
    payment = exported.instructions.get()
    line = make_line(account, -payment.amount_minor, counterparty="City")
    enter(browser_page, site, make_person("", *set(Role) - {Role.REVIEWER}, fund=call.fund))
    places = [("payments",), ("account", account.pk), ("draft", account.pk), ("run", drafted.pk), ("run", exported.pk)]
    places += [("cancel", drafted.pk), ("fail", exported.pk, payment.pk), ("lines",), ("line", line.pk)]
    places += [("lines_read",), ("bank", first.pk), ("bank", changed.pk), ("bank_refuse", first.pk)]
    for name, *place in places:
        look(browser_page, axe, site.url + reverse(f"payments:{name}", args=place))
    browser_page.goto(site.url + reverse("payments:bank", args=[first.pk]))
    follow(browser_page.get_by_role("button", name="Show the whole numbers"))
    assert browser_page.get_by_text("DE89 3704 0044 0532 0130 00").is_visible()
    axe(browser_page)
    browser_page.goto(site.url + reverse("payments:lines_read"))
    for typed, heading in (
        ("20.11.2026", "Where the statement does not fit"),
        ("2026-11-20", "Lines of the statement"),
    ):
        browser_page.get_by_label("Or its text").fill(STATEMENT.replace("2026-11-20", typed))
        follow(browser_page.get_by_role("button", name="Look through it"))
        assert browser_page.get_by_role("table", name=heading).count() == 1
        assert not scrolls_sideways(browser_page)
        axe(browser_page)


def test_the_pages_of_grantees_hold(site: Site, browser_page: Page, axe: Any) -> None:
    details = waiting_change()
    organisation = details.organisation
    make_bank_details(organisation, state=BankState.REFUSED)
    award = organisation.awards.get()
    enter(browser_page, site, make_signatory(organisation))
    places = [("payments",), ("bank", organisation.pk), ("propose", organisation.pk), ("accept", award.reference)]
    for name, *place in places:
        look(browser_page, axe, site.url + reverse(f"my_payments:{name}", args=place))
