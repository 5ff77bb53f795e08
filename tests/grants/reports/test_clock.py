"""A report opens by itself, its people are reminded in time, and at last the next payment waits."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.mail.models import Letter
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue, Tranche
from grants.awards.states import AwardState, ReportState, TrancheState
from grants.reports import services
from grants.reports.models import Reminder
from grants.reports.queries.clock import mark_reached, next_moment, reports_to_remind
from grants.reports.states import REMINDER_DAYS
from tests.factories.awards import make_report_due, make_tranche
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reports import late_by, make_report, make_running_award

R = ReportState


def state_of(report):
    return ReportDue.objects.get(pk=report.pk).state


def letters(template):
    return Letter.objects.filter(template=f"reports/{template}").order_by("pk")


def days_on(report, days):
    """The clock held at noon of a day so many days after the report is due."""
    return clock.at(clock.now() + (report.due_on - clock.today("UTC")) + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "mark"),
    [(-31, None), (-30, -30), (-29, -30), (-14, -14), (-3, -3), (-1, -3), (0, 0), (2, 0), (3, 3), (10, 10), (25, 20)],
)
def test_the_reminder_whose_day_has_come(days, mark):
    due_on = clock.today("UTC")
    assert mark_reached(due_on, due_on + timedelta(days=days)) == mark


def test_a_report_opens_on_its_day_and_not_before(house):
    report = make_report(house.award, state=R.SCHEDULED, **late_by(-31))
    ReportDue.objects.filter(pk=report.pk).update(period_ends_on=report.due_on)
    assert services.open_due() == 0
    with pytest.raises(Refusal) as refused:
        services.open_report(report.pk, by=house.manager)
    assert refused.value.status == 403
    with days_on(report, -30):
        assert (services.open_due(), services.open_due()) == (1, 0)
    assert state_of(report) == R.OPEN
    assert {letter.to_address for letter in letters("opened")} == {house.signatory.email, house.writer.email}
    assert [one.days for one in Reminder.objects.filter(report=report)] == [-30]
    with days_on(report, -29):
        assert services.remind() == 0


@pytest.mark.parametrize("state", AwardState)
def test_a_report_opens_only_while_its_award_runs(db, state):
    report = make_report_due(make_running_award(state=state), state=R.SCHEDULED)
    runs = state in {AwardState.ACTIVE, AwardState.SUSPENDED, AwardState.CLOSING}
    assert services.open_due() == int(runs)
    assert (state_of(report) == R.OPEN) is runs


def test_every_reminder_goes_out_once(house):
    report = make_report(house.award, **late_by(-40))
    for days in REMINDER_DAYS:
        for offset in (0, 1):
            with days_on(report, days + offset):
                expected = 1 if offset == 0 else 0
                assert services.remind() == expected, days
    assert [one.days for one in Reminder.objects.order_by("days")] == list(REMINDER_DAYS)
    assert letters("due_soon").count() == 4 * 2
    assert letters("late").count() == 3 * 2


def test_days_on_which_nobody_rang_are_made_up_for_by_one_letter(house):
    make_report(house.award, **late_by(4))
    assert (services.remind(), services.remind()) == (1, 0)
    assert [one.days for one in Reminder.objects.all()] == [3]
    assert "3 days late" in letters("late").first().subject


@pytest.mark.parametrize("state", [state for state in R if state != R.OPEN])
def test_nobody_is_reminded_of_what_is_not_theirs_to_write(house, state):
    report = make_report(house.award, state=state, **late_by(4))
    assert reports_to_remind() == []
    assert services.remind_of(report.pk, by=SYSTEM) is None
    assert not letters("late").exists()


def test_after_ten_days_the_officers_hear_of_it_but_for_those_with_a_conflict(house):
    other = make_person("Olga Demo", Role.OFFICER, fund=house.award.fund)
    make_conflict(other, house.award.organisation)
    elsewhere = make_person("Otis Demo", Role.OFFICER, fund=make_running_award().fund)
    report = make_report(house.award, **late_by(10))
    services.remind()
    told = set(letters("late_to_office").values_list("to_address", flat=True))
    assert house.officer.email in told
    assert not {other.email, elsewhere.email, house.manager.email, house.writer.email} & told
    assert f"/office/reports/{report.award.reference}/{report.number}/" in letters("late_to_office").first().text_body


def test_after_twenty_days_the_next_payment_waits_until_the_report_is_accepted(house):
    paid = make_tranche(house.award, state=TrancheState.PAID, amount_minor=100)
    coming, later = (make_tranche(house.award, amount_minor=100, planned_on=late_by(-9)["due_on"]) for _one in "ab")
    report = make_report(house.award, **late_by(20))
    services.remind()
    assert [Tranche.objects.get(pk=one.pk).state for one in (paid, coming, later)] == ["paid", "on_hold", "planned"]
    assert Reminder.objects.get().held_tranche == coming
    assert "Payment 2" in letters("late").first().text_body
    services.submit_report(report.pk, version=1, by=house.writer)
    assert Tranche.objects.get(pk=coming.pk).state == TrancheState.ON_HOLD
    services.accept_report(report.pk, revision=1, feedback="Better late than never.", by=house.officer)
    assert Tranche.objects.get(pk=coming.pk).state == TrancheState.PLANNED


def test_a_report_that_is_no_longer_needed_holds_nothing(house):
    tranche = make_tranche(house.award, planned_on=late_by(-9)["due_on"])
    report = make_report(house.award, **late_by(20))
    services.remind()
    services.waive_report(report.pk, reason="The project ended sooner.", by=house.manager)
    assert Tranche.objects.get(pk=tranche.pk).state == TrancheState.PLANNED
    assert "The project ended sooner." in letters("waived").first().text_body


def test_while_another_report_is_very_late_the_money_goes_on_waiting(house):
    tranche = make_tranche(house.award, planned_on=late_by(-9)["due_on"])
    first, second = make_report(house.award, **late_by(30)), make_report(house.award, **late_by(20))
    services.remind()
    services.waive_report(first.pk, reason="We know it.", by=house.manager)
    assert Tranche.objects.get(pk=tranche.pk).state == TrancheState.ON_HOLD
    services.waive_report(second.pk, reason="We know it.", by=house.manager)
    assert Tranche.objects.get(pk=tranche.pk).state == TrancheState.PLANNED


def test_what_somebody_else_put_on_hold_stays_there(house):
    make_tranche(house.award, state=TrancheState.ON_HOLD)
    report = make_report(house.award, **late_by(20))
    services.remind()
    assert Reminder.objects.get().held_tranche is None
    services.waive_report(report.pk, reason="We know it.", by=house.manager)
    assert Tranche.objects.get().state == TrancheState.ON_HOLD


def test_the_clock_knows_when_it_has_to_ring_next(house):
    assert next_moment() is None
    planned = make_report_due(house.award, **late_by(-90))
    assert next_moment().date() == planned.opens_on
    written = make_report(house.award, **late_by(-20))
    zone = house.award.fund.time_zone
    assert next_moment() < clock.now() + timedelta(days=7)
    with clock.at(next_moment()):
        assert clock.today(zone) == written.due_on - timedelta(days=14)


def test_what_is_past_is_no_moment_to_come(house, django_assert_num_queries):
    make_report_due(house.award, **late_by(5))
    make_report(house.award, **late_by(21))
    assert next_moment() is None
    for days in (-100, -100, -90, -90):
        planned = make_report_due(house.award, **late_by(days))
    make_report(house.award, **late_by(20 - 1))
    with django_assert_num_queries(2):
        moment = next_moment()
    assert moment.date() == clock.today("UTC") + timedelta(days=1)
    with clock.at(moment + timedelta(days=1)):
        assert next_moment().date() == planned.opens_on
