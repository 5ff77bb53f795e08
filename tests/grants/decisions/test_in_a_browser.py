"""The pages of decisions in Chromium: no breach, no sideways scroll, in light and dark, on a desk and a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from grants.decisions.states import DeliberationState, Outcome, Proposal
from tests.factories.decisions import make_decidable, make_deliberation, make_funded_call, make_line, make_reviewed
from tests.factories.people import make_person
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
S = DeliberationState


def test_the_pages_of_decisions_hold(site: Site, browser_page: Page, axe: Any) -> None:
    call = make_funded_call()
    stage = call.stages.get()
    roles = (Role.OFFICER, Role.CLERK, Role.CHAIR, Role.MANAGER)
    person = make_person("Colin Demo", *roles, fund=call.fund)
    one = make_deliberation(call, lines=2)
    make_line(one, make_decidable(stage, Proposal.NOT_RECOMMEND), outcome=Outcome.DECLINE, departure_reason="No room.")
    waiting = make_deliberation(call, state=S.SUBMITTED_TO_BODY, approvals=1)
    adopted = make_deliberation(call, state=S.ADOPTED)
    free, unread = make_decidable(stage, Proposal.RESERVE), make_reviewed(stage)
    enter(browser_page, site, person)
    pages = [
        reverse("decisions:decisions"),
        reverse("decisions:call", args=[call.code]),
        reverse("decisions:recommend", args=[unread.reference]),
        reverse("decisions:prepare", args=[call.code]),
        reverse("decisions:line", args=[one.pk, free.reference]),
        reverse("decisions:send_back", args=[waiting.pk]),
        *(reverse("decisions:deliberation", args=[each.pk]) for each in (one, waiting, adopted)),
    ]
    for address in pages:
        look(browser_page, axe, site.url + address)
