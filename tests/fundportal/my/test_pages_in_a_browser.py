"""Every page of the front desk, narrow and wide, light and dark: no breach, no sideways scroll."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.accounts.services import propose_factor_reset
from fundportal.organisations.models import Kind, Organisation
from tests.factories.organisations import (
    join,
    make_conflict,
    make_invitation,
    make_member,
    make_organisation,
    make_signatory,
)
from tests.factories.people import make_person
from tests.support.browser import follow, look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
LONG_NAME = "Port Aurora Newcomers and Neighbours Association for Language, Law and Livelihoods"


def organisation_with_people(person: User) -> Organisation:
    made = make_organisation(
        LONG_NAME, Kind.ASSOCIATION, address="1 Example Street\nPort Aurora", website="https://example.org"
    )
    made.identifiers.create(scheme="ein", value="00-0000000")
    join(person, made, is_signatory=True)
    make_member(made, "Aldo Demo")
    make_invitation(made, make_person("Nora New"), by=person, is_signatory=True)
    return made


def test_the_pages_of_the_front_desk_hold(site: Site, browser_page: Page, axe: Any) -> None:
    rosa = make_person("Rosa Demo", Role.REVIEWER)
    mine = organisation_with_people(rosa)
    other = make_organisation("City of Lindmark")
    make_conflict(rosa, other)
    invitation = make_invitation(other, rosa, by=make_signatory(other, "Ines Demo"))
    propose_factor_reset(rosa.pk, reason="Called.", by=make_person("Paula", Role.PEOPLE_ADMIN))
    enter(browser_page, site, rosa)
    names = ("my:desk", "my:account", "my:absence", "my:conflicts", "my:organisation_add")
    addresses = [reverse(name) for name in names]
    addresses += [reverse(name, args=[mine.pk]) for name in ("my:organisation", "my:organisation_edit", "my:invite")]
    addresses += [reverse("my:invitation", args=[invitation.pk]), f"{reverse('my:conflicts')}?words=city"]
    for address in addresses:
        look(browser_page, axe, site.url + address)


def test_an_applicant_begins_with_an_empty_desk_and_mistakes_are_told(site: Site, browser_page: Page, axe: Any) -> None:
    enter(browser_page, site, make_person("Nora New"))
    look(browser_page, axe, site.url + reverse("my:desk"))
    follow(browser_page.get_by_role("link", name="Register an organisation"))
    follow(browser_page.get_by_role("button", name="Register this organisation"))
    assert browser_page.get_by_role("heading", name="Two things to put right").is_visible()
    axe(browser_page)
