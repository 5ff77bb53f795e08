import pytest

from donations.gifts import services
from donations.gifts.models import Attempt, Gift
from donations.gifts.states import GiftState, PaymentState, SessionState
from donations.stripe import gateway
from fundportal.refusals import Refusal
from tests.donations.gifts.conftest import URLS


def state_of(gift: Gift) -> str:
    return Gift.objects.get(pk=gift.pk).state


def test_the_page_asks_for_gift_and_cover_together(gift, open_page):
    session = gateway.retrieve_checkout_session(open_page(), account=gift.attempts.get().account.account_id)

    assert session.amount == gift.total
    assert session.metadata == {"gift": str(gift.uuid), "attempt": "1"}
    assert state_of(gift) == GiftState.CHECKOUT_OPEN


def test_a_page_that_is_open_is_shown_again(gift, sandbox):
    first = services.open_checkout(gift.pk, return_urls=URLS)
    second = services.open_checkout(
        gift.pk, return_urls=services.ReturnUrls("http://localhost/fr/", "http://localhost/")
    )

    assert first == second
    assert gift.attempts.count() == 1


def test_a_declined_card_leads_back_to_the_same_page(gift, open_page, sandbox):
    session = open_page()
    sandbox.pay(session, "0002")

    assert services.reread_gift(gift.pk).state == GiftState.DRAFT
    assert gift.attempts.get().decline_code == "generic_decline"
    assert open_page() == session


def test_a_closed_page_is_followed_by_a_second_attempt(gift, open_page, sandbox):
    first = open_page()
    sandbox.expire(first)

    assert services.reread_gift(gift.pk).state == GiftState.ABANDONED
    assert open_page() != first
    assert state_of(gift) == GiftState.CHECKOUT_OPEN
    assert [attempt.number for attempt in gift.attempts.order_by("number")] == [1, 2]


def test_a_page_closed_unseen_is_not_shown_again(gift, open_page, sandbox):
    """Stripe closed it and no event came: past its time Stripe is asked before anybody is sent there."""
    first = open_page()
    sandbox.expire(first)
    Attempt.objects.filter(gift=gift).update(expires_at=gift.created_at)

    assert open_page() != first


def test_a_page_past_its_time_by_our_clock_alone_stays_the_only_one(gift, open_page, sandbox):
    first = open_page()
    Attempt.objects.filter(gift=gift).update(expires_at=gift.created_at)

    assert open_page() == first


def test_a_gift_that_was_paid_unseen_is_not_paid_again(gift, open_page, sandbox):
    sandbox.pay(open_page())
    Attempt.objects.filter(gift=gift).update(expires_at=gift.created_at)

    with pytest.raises(Refusal, match="arrived already"):
        open_page()
    assert state_of(gift) == GiftState.RECEIVED


def test_a_gift_the_bank_works_on_cannot_be_paid_again(gift, open_page, sandbox):
    open_page()
    reading = services.Reading(
        number=9,
        attempts=(
            services.AttemptReading(1, gift.attempts.get().session_id, SessionState.COMPLETE, PaymentState.PROCESSING),
        ),
    )
    services.apply_facts(gift.pk, reading)
    Attempt.objects.filter(gift=gift).update(session_id="")

    with pytest.raises(Refusal, match="still working"):
        services.open_checkout(gift.pk, return_urls=URLS)


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(gift, sandbox):
    sandbox.chaos(fail=1)

    url = services.open_checkout(gift.pk, return_urls=URLS)

    assert services.open_checkout(gift.pk, return_urls=URLS) == url
    assert gift.attempts.count() == 1


def test_a_silent_stripe_is_said_and_the_attempt_waits(gift, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    with pytest.raises(gateway.OutcomeUnknownError):
        services.open_checkout(gift.pk, return_urls=URLS)

    assert gift.attempts.get().session_state == SessionState.UNKNOWN
    assert state_of(gift) == GiftState.DRAFT


def test_a_fund_without_an_account_says_so(gift, sandbox):
    gift.fund.stripe_accounts.all().delete()

    with pytest.raises(Refusal, match="cannot take gifts by card"):
        services.open_checkout(gift.pk, return_urls=URLS)
