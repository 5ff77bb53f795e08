from datetime import date

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.ledger.models import Period
from fundportal.ledger.services import close_period, period_for
from fundportal.ledger.states import PeriodState
from fundportal.lifecycle import why_not
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.books import JULY, JUNE, book_gift
from tests.factories.people import make_person


@pytest.fixture
def june(fund):
    return period_for(fund, JUNE.date())


def test_a_month_opens_when_its_first_fact_is_booked(fund):
    period = period_for(fund, date(2028, 2, 29))
    assert (period.starts_on, period.ends_on, period.state) == (date(2028, 2, 1), date(2028, 2, 29), PeriodState.OPEN)
    assert period_for(fund, date(2028, 2, 1)) == period
    assert period_for(fund, date(2027, 12, 31)).ends_on == date(2027, 12, 31)


def test_a_period_of_other_days_is_used_where_there_is_one(fund):
    quarter = Period.objects.create(fund=fund, starts_on=date(2026, 4, 1), ends_on=date(2026, 6, 30))
    assert period_for(fund, JUNE.date()) == quarter


def test_a_period_closes_after_its_last_day_and_says_who_closed_it(fund, june):
    checker = make_person("Cleo", Role.FINANCE_CHECKER, fund=fund)
    closed = close_period(june.pk, by=checker, at=JULY)
    assert (closed.state, closed.closed_at, closed.closed_by) == (PeriodState.CLOSED, JULY, checker)
    entry = Entry.objects.get(action="period closed")
    assert (entry.before, entry.after, entry.actor) == ("open", "closed", checker)


def test_a_period_does_not_close_before_it_is_over(june):
    with pytest.raises(Refusal, match="closes after its last day"):
        close_period(june.pk, by=SYSTEM, at=JUNE)
    assert Period.objects.get(pk=june.pk).state == PeriodState.OPEN


def test_the_last_day_ends_where_the_fund_is(fund, june):
    fund.time_zone = "America/New_York"
    fund.save()
    almost = JULY.replace(day=1, hour=3)
    with pytest.raises(Refusal, match="closes after its last day"):
        close_period(june.pk, by=SYSTEM, at=almost)
    assert close_period(june.pk, by=SYSTEM, at=almost.replace(hour=5)).state == PeriodState.CLOSED


def test_an_earlier_open_period_closes_first(fund, june):
    may = period_for(fund, date(2026, 5, 1))
    with pytest.raises(Refusal, match="earlier period is still open"):
        close_period(june.pk, by=SYSTEM, at=JULY)
    close_period(may.pk, by=SYSTEM, at=JULY)
    assert close_period(june.pk, by=SYSTEM, at=JULY).state == PeriodState.CLOSED


def test_a_closed_period_makes_no_further_move(june):
    closed = close_period(june.pk, by=SYSTEM, at=JULY)
    assert why_not(closed, "close") == ["This cannot be done now: it stands at “Closed”."]
    with pytest.raises(Refusal):
        close_period(june.pk, by=SYSTEM, at=JULY)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.AUDITOR])
def test_only_a_finance_checker_closes(fund, june, role):
    with pytest.raises(NotAllowed):
        close_period(june.pk, by=make_person("Mo", role, fund=fund), at=JULY)


def test_a_late_fact_is_booked_in_the_open_period_with_its_own_day(general, june):
    close_period(june.pk, by=SYSTEM, at=JULY)
    with clock.at(JULY):
        late = book_gift(general, on=JUNE.date())
    assert late.business_on == JUNE.date()
    assert (late.period.starts_on, late.period.state) == (date(2026, 7, 1), PeriodState.OPEN)


def test_no_period_opens_before_a_closed_one(general, june):
    close_period(june.pk, by=SYSTEM, at=JULY)
    with clock.at(JULY):
        assert book_gift(general, on=date(2024, 2, 29)).period.starts_on == date(2026, 7, 1)


def test_a_fact_is_booked_after_the_closed_periods_even_when_the_clock_stands_in_one(general, june):
    close_period(june.pk, by=SYSTEM, at=JULY)
    with clock.at(JUNE):
        assert book_gift(general).period.starts_on == date(2026, 7, 1)
