"""Two people at one report at once, on PostgreSQL: the second waits for the first, and then sees what it did."""

import pytest

from fundportal.access import SYSTEM, Role
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports import services
from grants.reports.models import Reminder, ReportDraft
from grants.reports.services import writing
from tests.factories.organisations import make_member
from tests.factories.people import make_person
from tests.factories.reports import late_by, make_report, signatory_of
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres
R = ReportState


@pytest.fixture
def report(committed_db):
    return make_report()


def rewrite(report, by, lesson):
    return services.save_report(report.pk, part="learnt", content={"lesson": lesson}, version=1, by=by)


def officer_of(report, name):
    return make_person(name, Role.OFFICER, fund=report.award.fund)


def test_sent_twice_at_once_is_one_version(report):
    by = signatory_of(report)
    with meanwhile(lambda: services.submit_report(report.pk, version=1, by=by)) as (made, thread):
        first = services.submit_report(report.pk, version=1, by=by)
        assert is_waiting(thread)
    assert made[0] == first
    assert report.revisions.count() == 1


def test_two_people_save_one_part_at_once_and_the_second_is_told(report):
    colleague = make_member(report.award.organisation)
    with meanwhile(lambda: rewrite(report, colleague, "The second")) as (made, thread):
        rewrite(report, signatory_of(report), "The first")
        assert is_waiting(thread)
    assert isinstance(made[0], services.StalePart)
    assert ReportDraft.objects.get(report=report).answers["lesson"] == "The first"


def test_canary_without_a_look_at_who_was_faster_the_first_text_is_lost(report, monkeypatch):
    monkeypatch.setattr(writing, "_refuse_stale", lambda *_facts: None)
    colleague = make_member(report.award.organisation)
    with meanwhile(lambda: rewrite(report, colleague, "The second")) as (_made, thread):
        rewrite(report, signatory_of(report), "The first")
        assert is_waiting(thread)
    assert ReportDraft.objects.get(report=report).answers["lesson"] == "The second"


def test_two_officers_decide_at_once_and_the_second_is_refused(committed_db):
    report = make_report(state=R.SUBMITTED)
    first, second = officer_of(report, "Omar Demo"), officer_of(report, "Olga Demo")

    def send_back():
        return services.ask_for_changes(report.pk, revision=1, reason="Who paid?", by=second)

    with meanwhile(send_back) as (made, thread):
        services.accept_report(report.pk, revision=1, feedback="Thank you, clear and short.", by=first)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert ReportDue.objects.get(pk=report.pk).state == R.ACCEPTED


def test_two_clocks_remind_once(committed_db):
    report = make_report(**late_by(4))
    with meanwhile(lambda: services.remind_of(report.pk, by=SYSTEM)) as (made, thread):
        services.remind_of(report.pk, by=SYSTEM)
        assert is_waiting(thread)
    assert made == [None]
    assert Reminder.objects.count() == 1
