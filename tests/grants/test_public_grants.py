"""What everybody may read of a grant, and what nobody does."""

import json

import pytest

from grants import public
from grants.applications.models import Application
from grants.awards.states import (
    ENDED_AT_ONCE,
    AwardState,
    ReportState,
    TrancheState,
)
from grants.public import GrantFilters, Standing
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.people import make_fund
from tests.factories.reports import make_publication, make_report, make_running_award

pytestmark = pytest.mark.django_db

S = AwardState
READ = {
    S.ACCEPTED: Standing.AGREED,
    S.ACTIVE: Standing.UNDER_WAY,
    S.SUSPENDED: Standing.UNDER_WAY,
    S.CLOSING: Standing.UNDER_WAY,
    S.CLOSED: Standing.FINISHED,
    S.TERMINATED: Standing.ENDED_EARLY,
}


@pytest.mark.parametrize("state", [S.OFFERED, *ENDED_AT_ONCE])
def test_nobody_reads_a_grant_that_was_never_accepted(state: str):
    award = make_award(state=state)
    assert public.grant_page(award.reference) is None
    assert public.every_grant() == []
    assert not public.has_grants(GrantFilters())


@pytest.mark.parametrize("state", READ)
def test_once_accepted_it_is_read_however_it_goes_on(state: str):
    page = public.grant_page(make_award(state=state).reference)
    assert page is not None
    assert page.grant.standing == READ[state]


def test_what_is_taken_back_after_it_was_accepted_stays_readable():
    accepted_at = make_award(state=S.ACCEPTED).accepted_at
    award = make_award(state=S.RESCINDED, accepted_at=accepted_at)
    page = public.grant_page(award.reference)
    assert page is not None
    assert page.grant.standing == Standing.TAKEN_BACK
    assert page.grant.money.promised.is_zero


def test_nobody_reads_it_before_the_decision_is_announced():
    award = make_award(state=S.ACTIVE)
    Application.objects.filter(pk=award.application_id).update(released_at=None)
    assert public.grant_page(award.reference) is None


def test_a_reference_that_is_none_leads_nowhere():
    assert public.grant_page("no-such-grant") is None
    assert public.grant_data("no-such-grant") is None


def test_the_money_is_that_of_the_books_and_adds_up():
    award = make_award(state=S.ACTIVE)
    for state in (TrancheState.RECONCILED, TrancheState.INSTRUCTED, TrancheState.PLANNED):
        make_tranche(award, state=state, amount_minor=300_000)
    money = public.grant_page(award.reference).grant.money
    figures = [each.minor for each in (money.promised, money.paid, money.on_its_way, money.to_come)]
    assert figures == [1_000_000, 300_000, 300_000, 400_000]
    assert money.paid + money.on_its_way + money.to_come == money.promised


def test_what_ended_early_promises_only_what_was_kept():
    money = public.grant_page(make_award(state=S.TERMINATED).reference).grant.money
    assert (money.promised.minor, money.paid.minor, money.to_come.minor) == (0, 0, 0)


def test_a_payment_has_a_day_once_the_bank_has_confirmed_it():
    award = make_award(state=S.ACTIVE)
    for state in (TrancheState.PAID, TrancheState.INSTRUCTED, TrancheState.CANCELLED):
        make_tranche(award, state=state, amount_minor=300_000)
    paid, waiting, off = public.grant_page(award.reference).payments
    assert [each.paid_on is not None for each in (paid, waiting, off)] == [True, False, False]
    assert [each.is_off for each in (paid, waiting, off)] == [False, False, True]


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED])
def test_a_report_that_is_not_cleared_is_not_there(state: str):
    award = make_running_award()
    make_report(award, state=state)
    page = public.grant_page(award.reference)
    assert (page.reports, page.results, page.spending) == ((), (), None)


def test_a_cleared_report_brings_its_words_and_figures():
    award = make_running_award()
    make_publication(make_report(award, state=ReportState.ACCEPTED))
    page = public.grant_page(award.reference)
    assert [report.summary for report in page.reports] == ["Forty people cooked together."]
    assert [result.name for result in page.results] == ["People who found work", "Evenings in the kitchen"]
    assert page.results[1].baseline is None
    assert page.results[1].target.text == "80.5"
    assert page.spending.planned == sum(
        (line.planned for line in page.spending.lines[1:]), page.spending.lines[0].planned
    )


def test_the_latest_report_that_shows_figures_gives_them():
    award = make_running_award()
    make_publication(make_report(award, state=ReportState.ACCEPTED))
    make_publication(make_report(award, state=ReportState.ACCEPTED), shows_results=False, shows_spending=False)
    page = public.grant_page(award.reference)
    assert len(page.reports) == 2
    assert page.results
    assert page.spending is not None


def test_the_decision_is_told_with_its_reference_and_its_votes_and_no_person():
    votes = {"votes_for": 7, "votes_against": 1, "abstentions": 2}
    award = make_award(make_decided(reference="R-12", **votes), state=S.ACTIVE)
    decision = public.grant_page(award.reference).decision
    assert (decision.reference, decision.votes) == ("R-12", (7, 1, 2))
    assert public.grant_page(make_award(state=S.ACTIVE).reference).decision.reference


def test_machines_read_what_people_read_and_no_name_of_anybody():
    award = make_running_award()
    make_tranche(award, state=TrancheState.PAID)
    make_publication(make_report(award, state=ReportState.ACCEPTED))
    told = json.dumps(public.grant_data(award.reference), default=str)
    names = {award.offered_by.full_name, *award.organisation.memberships.values_list("user__full_name", flat=True)}
    assert award.organisation.name in told
    assert [name for name in names if name in told] == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, True),
        ({"fund": "none"}, False),
        ({"call": "none"}, False),
        ({"year": 1999}, False),
        ({"words": "nowhere to be found"}, False),
    ],
)
def test_the_list_is_narrowed_by_each_filter(filters, found):
    make_award(state=S.ACTIVE)
    assert bool(public.grant_list(GrantFilters(**filters)).object_list) is found
    assert public.has_grants(GrantFilters(**filters)) is found


def test_each_grant_is_found_by_its_own_fund_call_year_and_words():
    award, other = make_award(state=S.ACTIVE), make_award(state=S.ACTIVE)
    day = award.decision.deliberation.held_on
    own = {"fund": award.fund.code, "call": award.application.stage.call.code, "words": award.organisation.name}
    for name, value in own.items():
        found = public.grant_list(GrantFilters(**{name: value})).object_list
        assert [grant.reference for grant in found] == [award.reference], name
    together = public.grant_list(GrantFilters(year=day.year)).object_list
    assert {grant.reference for grant in together} == {award.reference, other.reference}


def test_one_may_choose_only_what_has_a_public_grant():
    make_fund(code="empty")
    award = make_award(state=S.ACTIVE)
    make_award(state=S.OFFERED)
    choices = public.grant_choices()
    assert [value for value, _words in choices.funds] == [award.fund.code]
    assert [value for value, _words in choices.calls] == [award.application.stage.call.code]
    assert choices.years == (award.decision.deliberation.held_on.year,)


@pytest.mark.parametrize("page", ["", "x", "0", "99", None])
def test_a_page_that_is_none_gives_the_nearest_there_is(page: str | None):
    for _each in range(3):
        make_award(state=S.ACTIVE)
    assert len(public.grant_list(GrantFilters(), page=page, size=2).object_list) in {1, 2}


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_the_same_questions_however_long_it_is(number: int, django_assert_num_queries):
    for _each in range(number):
        make_tranche(make_award(state=S.ACTIVE), state=TrancheState.PAID)
    with django_assert_num_queries(4):
        public.grant_list(GrantFilters())


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_asks_the_same_questions_however_much_happened(number: int, django_assert_num_queries):
    award = make_running_award()
    for _each in range(number):
        make_tranche(award, state=TrancheState.PAID, amount_minor=100_000)
        make_publication(make_report(award, state=ReportState.ACCEPTED))
    with django_assert_num_queries(7):
        public.grant_page(award.reference)
