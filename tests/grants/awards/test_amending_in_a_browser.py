"""The pages of a change in Chromium: no breach, no sideways scroll, in light and dark, on a desk and a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from grants.awards.models import Award
from grants.awards.states import AmendmentState, AwardState, Side, TermKind
from tests.factories.amendments import make_amendment, make_term
from tests.factories.awards import make_award, make_budget_line, make_report_due, make_tranche, person_of
from tests.factories.people import make_person
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser

LONG = "Ateliers de cuisine et de langue pour les familles nouvellement arrivées et leurs voisins du quartier"


def under_way() -> Award:
    award = make_award(state=AwardState.ACTIVE, title=LONG)
    for _payment in range(2):
        make_tranche(award, amount_minor=300_000)
    make_report_due(award, kind="final")
    for heading in ("A cook for ten months", LONG):
        make_budget_line(award, heading=heading)
    return award


def test_the_pages_of_a_change_hold(site: Site, browser_page: Page, axe: Any) -> None:
    award = under_way()
    sent = make_amendment(award, state=AmendmentState.SUBMITTED)
    line = award.budget_lines.get(position=2)
    make_term(sent, TermKind.BUDGET_LINE, budget_line=line, minor_before=line.amount_minor, minor_after=1)
    enter(browser_page, site, make_person("Mara Demo", Role.OFFICER, Role.MANAGER, fund=award.fund))
    look(browser_page, axe, site.url + reverse("awards:amendment", args=[award.reference, 1]))
    enter(browser_page, site, person_of(award, Side.GRANTEE))
    look(browser_page, axe, site.url + reverse("my_grants:amend", args=[award.reference]))
