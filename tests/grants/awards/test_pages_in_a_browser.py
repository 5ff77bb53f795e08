"""The pages of awards in Chromium: no breach, no sideways scroll, in light and dark, on a desk and a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from fundportal.access import Role
from grants.awards.models import Award
from grants.awards.states import AgreementState, AwardState, ConditionKind, ReportState, TrancheState
from tests.factories.awards import (
    a_report_form,
    make_agreement,
    make_award,
    make_budget_line,
    make_condition,
    make_decided,
    make_indicator,
    make_report_due,
    make_tranche,
    person_of,
)
from tests.factories.decisions import make_funded_call
from tests.factories.people import make_person
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser

LONG = "Ateliers de cuisine et de langue pour les familles nouvellement arrivées et leurs voisins du quartier"


def under_way(call) -> Award:
    """A payment in each kind of place, conditions of each kind, reports, a budget and what is counted."""
    award = make_award(make_decided(call=call), state=AwardState.ACTIVE, title=LONG)
    form = a_report_form(award.fund)
    report = make_report_due(award, state=ReportState.OPEN, form_version=form)
    make_report_due(award, kind="final", form_version=form)
    make_tranche(award, state=TrancheState.RECONCILED, amount_minor=300_000)
    make_tranche(award, state=TrancheState.REQUESTED, amount_minor=200_000)
    make_condition(make_tranche(award, state=TrancheState.READY, amount_minor=200_000))
    last = make_tranche(award, amount_minor=300_000)
    make_condition(last, ConditionKind.REPORT_ACCEPTED, report_due=report, text="The fund has accepted report 1.")
    make_condition(last, ConditionKind.DOCUMENT, text="The lease of the second kitchen, signed by both sides, is sent.")
    for heading in ("A cook for ten months", "Food and rent"):
        make_budget_line(award, heading=heading)
    make_indicator(award, baseline=0, target=40)
    return award


def office_pages(offered: Award, running: Award, waiting: str) -> list[str]:
    tranche = running.tranches.get(number=4)
    condition = tranche.conditions.last()
    return [
        reverse("awards:awards"),
        reverse("awards:waiting"),
        reverse("awards:texts"),
        reverse("awards:text", args=[running.fund.code, "en"]),
        reverse("awards:offer", args=[waiting]),
        *(reverse("awards:award", args=[one.reference]) for one in (offered, running)),
        reverse("awards:sign", args=[offered.reference, 1]),
        reverse("awards:change_amount", args=[running.reference]),
        reverse("awards:add_tranche", args=[running.reference]),
        reverse("awards:terminate", args=[running.reference]),
        reverse("awards:waive_condition", args=[running.reference, condition.pk]),
    ]


def test_the_pages_of_awards_hold(site: Site, browser_page: Page, axe: Any) -> None:
    call = make_funded_call()
    offered, running = make_award(make_decided(call=call)), under_way(call)
    make_agreement(offered, state=AgreementState.AGREED)
    person = make_person("Mara Demo", Role.OFFICER, Role.MANAGER, Role.FINANCE_CHECKER, fund=call.fund)
    enter(browser_page, site, person)
    for address in office_pages(offered, running, make_decided(call=call).reference):
        look(browser_page, axe, site.url + address)


def test_the_pages_of_a_grantee_hold(site: Site, browser_page: Page, axe: Any) -> None:
    call = make_funded_call()
    running = under_way(call)
    signatory = person_of(running, "grantee")
    read = make_award(make_decided(call=call))
    make_agreement(read, state=AgreementState.GRANTEE_REVIEW)
    read.organisation = running.organisation
    read.save(update_fields=["organisation"])
    enter(browser_page, site, signatory)
    pages = [
        reverse("my_grants:grants"),
        *(reverse("my_grants:grant", args=[one.reference]) for one in (read, running)),
        reverse("my_grants:agreement", args=[read.reference, 1]),
        reverse("my_grants:decline", args=[read.reference]),
    ]
    for address in pages:
        look(browser_page, axe, site.url + address)
