"""What public pages may say of money: what the books say, in a constant number of queries."""

import pytest
from pytest_django import DjangoAssertNumQueries

from donations import public
from donations.gifts.models import Gift, MoneyMovement
from donations.gifts.services.booking import book_movements
from donations.gifts.states import GiftState, MovementKind
from fundportal import clock
from fundportal.access import Role
from fundportal.ledger.services import reverse
from fundportal.money import Money
from tests.factories.gifts import account_of, make_campaign, make_gift
from tests.factories.people import make_fund, make_person


def move(gift: Gift, kind: str, gross: int, fee: int = 0) -> MoneyMovement:
    movement = MoneyMovement.objects.create(
        gift=gift,
        account=account_of(gift.fund),
        kind=kind,
        txn=f"txn_{gift.pk}_{kind}",
        object_id="ch_1",
        gross_minor=gross,
        fee_minor=fee,
        net_minor=gross - fee,
        currency="USD",
        occurred_at=clock.now(),
    )
    book_movements(gift)
    return MoneyMovement.objects.get(pk=movement.pk)


def received(campaign, gross: int = 10_330) -> MoneyMovement:
    return move(make_gift(campaign, state=GiftState.RECEIVED), MovementKind.CHARGE, gross, fee=330)


@pytest.mark.django_db
def test_a_campaign_counts_what_stands_in_the_books(django_assert_num_queries: DjangoAssertNumQueries):
    campaign = make_campaign(goal_minor=20_000)
    first = received(campaign)
    received(campaign, 5_000)
    received(make_campaign(campaign.fund))
    make_gift(campaign, state=GiftState.ABANDONED)
    move(first.gift, MovementKind.REFUND, -1_000)

    with django_assert_num_queries(3):
        figures = public.campaign_figures(campaign.code)

    assert figures is not None
    assert (figures.raised, figures.goal, figures.gifts) == (Money(14_330, "USD"), Money(20_000, "USD"), 2)
    assert figures.percent == 71


@pytest.mark.django_db
def test_a_journal_that_was_taken_back_counts_no_more():
    campaign = make_campaign()
    booked = received(campaign)

    reverse(booked.journal_id, by=make_person("Che", Role.FINANCE_CHECKER))

    assert public.campaign_figures(campaign.code).raised == Money(0, "USD")


@pytest.mark.django_db
def test_a_campaign_that_is_not_there_has_no_figures():
    assert public.campaign_figures("nowhere") is None
    assert public.fund_totals("nowhere") is None


@pytest.mark.django_db
@pytest.mark.parametrize("count", [3, 30])
def test_the_campaigns_of_a_fund_cost_three_queries(django_assert_num_queries: DjangoAssertNumQueries, count: int):
    fund = make_fund("many")
    for number in range(count):
        make_campaign(fund, code=f"c-{number:02}", goal_minor=None)
    make_campaign()

    with django_assert_num_queries(3):
        found = public.campaigns_of("many")

    assert [figures.code for figures in found] == [f"c-{number:02}" for number in range(count)]
    assert (found[0].goal, found[0].percent) == (None, None)


@pytest.mark.django_db
def test_closed_campaigns_are_not_offered():
    fund = make_fund("closing")
    make_campaign(fund, state="closed", closed_at=clock.now())

    assert public.campaigns_of("closing") == []


@pytest.mark.django_db
def test_a_fund_says_what_was_given_for_each_purpose_and_what_is_left(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    campaign = make_campaign(make_fund("books"))
    received(campaign)

    with django_assert_num_queries(3):
        totals = public.fund_totals("books")

    assert totals.given == Money(10_330, "USD")
    assert [(one.given, one.available) for one in totals.purposes] == [(Money(10_330, "USD"), Money(10_000, "USD"))]
