"""What the clock has to do with awards, when, and who is told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fundportal import clock
from fundportal.celery import app
from grants.awards.models import Award, Tranche
from grants.awards.queries.due import next_lapse_at, next_payment_at
from grants.awards.states import AwardState, ConditionKind, TrancheState
from grants.awards.tasks import lapse_due, ready_due
from tests.factories.awards import make_award, make_condition, make_tranche

pytestmark = pytest.mark.django_db

S, T = AwardState, TrancheState
NEW_YORK = "America/New_York"


def in_zone(award, zone):
    award.fund.time_zone = zone
    award.fund.save()
    return award


def midnight(day, zone):
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def test_an_offer_lapses_at_the_midnight_after_its_last_day():
    assert next_lapse_at() is None
    in_zone(make_award(respond_by=date(2027, 3, 1)), NEW_YORK)
    in_zone(make_award(respond_by=date(2027, 3, 1)), "Europe/Paris")
    make_award(state=S.LAPSED, respond_by=date(2027, 1, 1))
    assert next_lapse_at() == midnight(date(2027, 3, 2), "Europe/Paris")


def test_the_next_payment_is_the_first_day_that_comes():
    assert next_payment_at() is None
    award = in_zone(make_award(state=S.ACTIVE), NEW_YORK)
    today = clock.today(NEW_YORK)
    make_tranche(award, amount_minor=1, planned_on=today - timedelta(days=1))
    assert next_payment_at() is None
    make_tranche(award, amount_minor=1, planned_on=today + timedelta(days=9))
    assert next_payment_at() == midnight(today + timedelta(days=9), NEW_YORK)
    waiting = make_tranche(award, amount_minor=1, planned_on=today)
    make_condition(waiting, ConditionKind.DATE, due_on=today + timedelta(days=4))
    assert next_payment_at() == midnight(today + timedelta(days=4), NEW_YORK)


def test_nothing_is_due_for_an_award_that_rests():
    make_tranche(make_award(state=S.SUSPENDED), planned_on=clock.today("UTC") + timedelta(days=9))
    assert next_payment_at() is None


def test_beat_rings_for_both():
    rung = {line["task"] for line in app.conf.beat_schedule.values()}
    assert {"awards.lapse_due", "awards.ready_due"} <= rung


def test_the_tasks_do_it():
    offered = make_award(respond_by=clock.today("UTC") - timedelta(days=2))
    tranche = make_tranche()
    lapse_due()
    ready_due()
    assert Award.objects.get(pk=offered.pk).state == S.LAPSED
    assert Tranche.objects.get(pk=tranche.pk).state == T.READY
