"""The checks before Stripe, each with the sentence a person reads, and each with nothing made."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from donations.campaigns.models import Campaign
from donations.gifts.models import Gift
from donations.gifts.states import PaymentState, SessionState
from donations.giving import abuse, stamps
from donations.stripe.models import OutboundCall
from fundportal import clock
from fundportal.refusals import Refusal
from tests.donations.giving.conftest import Send, answers, text_of, value_of
from tests.factories.gifts import make_attempt, make_campaign, make_gift
from tests.support.sandbox import StripeSandbox


def nothing_was_made() -> bool:
    return not Gift.objects.exists() and not OutboundCall.objects.exists()


def test_a_filled_trap_is_sent_back_empty(send: Send) -> None:
    page = send(homepage="https://example.org")

    assert page.status_code == 422
    assert "has to stay empty" in text_of(page)
    assert value_of(page, "homepage") == ""
    assert value_of(page, "name") == "Dana Demo"
    assert nothing_was_made()


@pytest.mark.parametrize("stamp", ["", None, "x", "a:b:c", "\x00", "é" * 40, "eyJhIjoxfQ:" + "A" * 43])
def test_a_forged_stamp_is_replaced(send: Send, stamp: str | None) -> None:
    page = send(stamp=stamp)

    assert page.status_code == 422
    assert "did not come back to us whole" in text_of(page)
    assert stamps.read(value_of(page, "stamp"), "neighbours")
    assert nothing_was_made()


def test_a_stamp_changed_by_one_letter_is_refused(campaign: Campaign) -> None:
    stamp = stamps.make(campaign.code)
    changed = ("f" if stamp[0] != "f" else "g") + stamp[1:]

    with pytest.raises(Refusal):
        stamps.read(changed, campaign.code)


def test_a_stamp_of_another_campaign_is_refused(send: Send) -> None:
    assert send(stamp=stamps.make(make_campaign().code)).status_code == 422


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(hours=11, minutes=59), 303), (timedelta(hours=12, seconds=1), 422)]
)
def test_a_form_is_good_for_twelve_hours(
    send: Send, campaign: Campaign, sandbox: StripeSandbox, age: timedelta, status: int
) -> None:
    with clock.at(clock.now() - age):
        stamp = stamps.make(campaign.code)

    assert send(stamp=stamp).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(1, 422), (3, 303)])
def test_nobody_fills_the_form_in_a_second(
    send: Send, campaign: Campaign, sandbox: StripeSandbox, settings: Settings, seconds: int, status: int
) -> None:
    settings.GIVE_FASTEST_SECONDS = 2
    with clock.at(clock.now() - timedelta(seconds=seconds)):
        stamp = stamps.make(campaign.code)

    assert send(stamp=stamp).status_code == status


def test_a_mended_form_keeps_its_stamp_so_that_mending_is_never_too_fast(send: Send, campaign: Campaign) -> None:
    stamp = stamps.make(campaign.code, uuid4())

    assert value_of(send(stamp=stamp, email=""), "stamp") == stamp


@pytest.mark.parametrize("kind", ["address", "email", "session"])
def test_the_try_above_the_limit_is_refused_and_makes_nothing(
    client: Client, campaign: Campaign, sandbox: StripeSandbox, kind: str
) -> None:
    limit = abuse.LIMITS[kind].times
    statuses = []
    for number in range(limit + 1):
        visitor = Client() if kind != "session" else client
        email = f"donor-{number if kind != 'email' else 1}@example.org"
        address = f"192.0.2.{number if kind != 'address' else 1}"
        page = visitor.post("/en/give/neighbours/", answers(campaign, email=email), REMOTE_ADDR=address)
        statuses.append(page.status_code)

    assert statuses == [303] * limit + [429]
    assert "Try again in ten minutes." in text_of(page)
    assert value_of(page, "name") == "Dana Demo"
    assert OutboundCall.objects.count() == limit


def test_forms_with_mistakes_are_not_counted(send: Send, sandbox: StripeSandbox) -> None:
    for _ in range(abuse.LIMITS["email"].times + 3):
        send(amount="other", own="1")

    assert send().status_code == 303


def decline(campaign: Campaign, times: int) -> None:
    gift = make_gift(campaign)
    for _ in range(times):
        make_attempt(gift, payment=PaymentState.DECLINED, session=SessionState.OPEN)


def test_many_declines_pause_the_form_and_only_this_one(send: Send, campaign: Campaign, sandbox: StripeSandbox) -> None:
    decline(campaign, abuse.BREAKER_DECLINES)
    page = send()

    assert page.status_code == 429
    assert "one card after another" in text_of(page)
    assert not OutboundCall.objects.exists()
    assert not abuse.is_tripped(make_campaign())


def test_the_pause_ends_by_itself(campaign: Campaign) -> None:
    decline(campaign, abuse.BREAKER_DECLINES)
    with clock.at(clock.now() + abuse.BREAKER_WINDOW + timedelta(seconds=1)):
        assert not abuse.is_tripped(campaign)


def test_declines_among_as_many_payments_are_a_busy_day(campaign: Campaign) -> None:
    decline(campaign, abuse.BREAKER_DECLINES)
    gift = make_gift(campaign)
    for _ in range(abuse.BREAKER_DECLINES):
        make_attempt(gift, payment=PaymentState.SUCCEEDED, session=SessionState.COMPLETE)

    assert not abuse.is_tripped(campaign)
