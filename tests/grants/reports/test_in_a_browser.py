"""The pages of reports in Chromium: no breach, no sideways scroll, in light and dark, on a desk and a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from fundportal.access import Role
from grants.awards.states import ReportState
from grants.reports.models import ReportDraft
from tests.factories.organisations import make_member
from tests.factories.people import make_person
from tests.factories.reports import (
    late_by,
    make_publication,
    make_report,
    make_report_file,
    make_revision,
    make_running_award,
)
from tests.support.browser import look
from tests.support.site import Site, enter

pytestmark = pytest.mark.browser
R = ReportState


def test_the_pages_of_reports_hold(site: Site, browser_page: Page, axe: Any) -> None:
    award = make_running_award()
    writer = make_member(award.organisation, "Aldo Demo")
    open_one, late_one = make_report(award), make_report(award, answers={}, values={}, spending={}, **late_by(4))
    asked, accepted = make_report(award, state=R.CHANGES_REQUESTED), make_report(award, state=R.ACCEPTED)
    make_report_file(open_one)
    sent = make_report(award, state=R.SUBMITTED)
    off_plan(sent)
    make_publication(accepted)
    enter(browser_page, site, writer)
    for address in of_the_grantee(open_one, late_one, asked, sent):
        look(browser_page, axe, site.url + address)

    roles = (Role.OFFICER, Role.MANAGER, Role.EDITOR)
    enter(browser_page, site, make_person("Omar Demo", *roles, fund=award.fund))
    pages = [reverse("reports:reports"), *(place("reports:report", one) for one in (open_one, sent, accepted))]
    for page in pages:
        look(browser_page, axe, site.url + page)


def test_a_table_saves_itself_while_somebody_types(site: Site, browser_page: Page) -> None:
    award = make_running_award()
    report = make_report(award, values={})
    enter(browser_page, site, make_member(award.organisation, "Aldo Demo"))
    browser_page.goto(site.url + place("my_reports:part", report, "the-results"))
    browser_page.get_by_label("People who found work, reached so far").fill("31")
    expect(browser_page.locator("[data-saved-text]")).to_contain_text("Saved at")
    first = award.indicators.order_by("position").first()
    assert ReportDraft.objects.get(report=report).values == {str(first.pk): {"value": "31"}}


def place(name: str, report: Any, *more: object) -> str:
    return reverse(name, args=[report.award.reference, report.number, *more])


def of_the_grantee(open_one: Any, late_one: Any, asked: Any, sent: Any) -> list[str]:
    parts = ("story", "the-results", "the-spending", "the-files")
    return [
        reverse("my_reports:reports"),
        *(place("my_reports:report", one) for one in (open_one, late_one, asked)),
        *(place("my_reports:part", open_one, key) for key in parts),
        *(f"{place('my_reports:part', late_one, key)}?check" for key in parts),
        place("my_reports:check", open_one),
        place("my_reports:check", late_one),
        place("my_reports:sent", sent, 1),
    ]


def off_plan(report: Any) -> None:
    """A second version with a line that went over, explained."""
    line = report.award.budget_lines.order_by("position").first()
    report.draft.answers |= {"lesson": "We would begin with the ovens, and pay for them first."}
    report.draft.spending[str(line.pk)] = {"minor": 612_345, "note": "The cook’s wages rose in spring."}
    make_revision(report)
