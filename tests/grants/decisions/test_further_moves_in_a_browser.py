"""The pages of moves that come late or seldom, in Chromium: appeals, next stages, the end of a call, clearer forms."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal import clock
from fundportal.access import Role
from grants.applications import services as applications
from grants.calls.deadlines import wall_of
from grants.calls.states import CLOSED, OPEN
from grants.decisions import services
from grants.decisions.states import DeliberationState, Outcome
from grants.reviews import services as reviews
from grants.reviews.states import AssignmentState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.decisions import make_appeal, make_deliberation, make_funded_call, make_reviewed
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import add_a_question
from tests.factories.reviews import make_assignment, make_panel
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser


@pytest.fixture
def fund(site: Site):
    return make_fund()


@pytest.fixture
def person(fund):
    return make_person("Carla Demo", Role.OFFICER, Role.CLERK, Role.CHAIR, Role.MANAGER, fund=fund)


def test_the_offices_pages_hold(site: Site, browser_page: Page, axe: Any, fund, person) -> None:
    two_stages, closed = make_call(fund, state=OPEN, stages=2), make_call(fund, state=CLOSED)
    add_a_question(two_stages.stages.get(number=1))
    note = make_reviewed(two_stages.stages.get(number=1))
    other = make_reviewed(two_stages.stages.get(number=1))
    services.propose_invitation(note.pk, feedback="Show who cooks, and for whom.", by=person)
    appeal = make_appeal(make_funded_call(fund=fund))
    clerk = make_person("Colin Demo", Role.CLERK, fund=fund)
    services.answer_appeal(appeal.pk, answer="uphold", reason="Page three was not read.", by=clerk)
    stage = [two_stages.code, 1]
    enter(browser_page, site, person)
    look(browser_page, axe, site.url + reverse("office_reviews:reopen", args=[closed.code]))
    deadline = wall_of(clock.now() + timedelta(days=7), closed.stages.get().zone)
    reviews.propose_reopening(closed.pk, deadline=deadline, reason="The mail server was down.", by=clerk_of(fund))
    pages = [
        reverse("calls:call", args=[two_stages.code]),
        reverse("applications:amend_form", args=stage),
        reverse("applications:extend", args=stage),
        reverse("office_reviews:reopen", args=[closed.code]),
        reverse("decisions:call", args=[two_stages.code]),
        reverse("decisions:invite", args=[other.reference]),
        reverse("decisions:conclude", args=[appeal.application.stage.call.code]),
        reverse("decisions:appeal", args=[appeal.pk]),
    ]
    for address in pages:
        look(browser_page, axe, site.url + address)


def clerk_of(fund):
    return make_person("Olga Demo", Role.OFFICER, fund=fund)


def test_the_applicants_and_the_reviewers_pages_hold(site: Site, browser_page: Page, axe: Any, fund, person) -> None:
    call = make_call(fund, state=OPEN)
    draft = make_application(call.stages.get())
    add_a_question(call.stages.get())
    applications.amend_form(call.stages.get().pk, by=person)
    released = make_deliberation(make_funded_call(fund=fund), state=DeliberationState.RELEASED, outcome=Outcome.DECLINE)
    declined = released.decisions.get().application
    enter(browser_page, site, draft.started_by)
    look(browser_page, axe, site.url + reverse("my_applications:application", args=[draft.reference]))
    enter(browser_page, site, declined.started_by)
    for name in ("my_applications:application", "my_decisions:appeal"):
        look(browser_page, axe, site.url + reverse(name, args=[declined.reference]))
    review = make_assignment(make_panel(), state=AssignmentState.SUBMITTED)
    enter(browser_page, site, review.reviewer)
    criterion = review.application.stage.criteria.first()
    look(browser_page, axe, site.url + reverse("reviews:amend", args=[review.token, criterion.pk]))
