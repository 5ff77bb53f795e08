"""No webhook and no bell: the sweeper finishes what they would have."""

from datetime import timedelta

import pytest

from donations.gifts import services
from donations.gifts.models import Gift, Refund
from donations.gifts.queries import gifts_to_read
from donations.gifts.services.sweeping import PAUSE
from donations.gifts.states import GiftState, RefundState
from fundportal import clock
from fundportal.access import Role
from fundportal.ledger.models import Journal
from fundportal.money import Money
from tests.factories.gifts import make_attempt, make_gift, make_refund
from tests.factories.people import make_person


def sweep_later(minutes: int = 11) -> int:
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        return services.sweep()


def test_a_payment_no_event_told_of_is_found(gift, open_page, sandbox):
    sandbox.pay(open_page())

    assert services.sweep() == 0
    assert sweep_later() == 1
    assert Gift.objects.get().state == GiftState.RECEIVED
    assert sweep_later(30) == 0


def test_a_received_gift_without_its_money_is_read_until_it_has_it(gift, open_page, sandbox):
    sandbox.chaos(lag_ms=3_600_000)
    sandbox.pay(open_page())
    services.reread_gift(gift.pk)

    assert sweep_later() == 1
    sandbox.clock_ahead(4_000)
    assert sweep_later(30) == 1
    assert Journal.objects.count() == 1


def test_an_approved_refund_whose_bell_was_lost_is_sent(paid_gift):
    maker = make_person("Mira", Role.OFFICER, fund=paid_gift.fund)
    checker = make_person("Che", Role.MANAGER, fund=paid_gift.fund)
    refund = services.request_refund(paid_gift.pk, amount=Money(100, "USD"), reason="Asked.", by=maker)
    services.approve_refund(refund.pk, by=checker)

    assert services.sweep() == 1
    assert Refund.objects.get().state == RefundState.SUCCEEDED


def test_one_gift_that_cannot_be_read_does_not_hold_up_the_next(gift, open_page, sandbox):
    broken = make_gift(gift.campaign, created_at=clock.now() - timedelta(days=1))
    make_attempt(broken, session_id="cs_test_of_nobody")
    sandbox.pay(open_page())

    assert sweep_later() == 2
    assert Gift.objects.get(pk=gift.pk).state == GiftState.RECEIVED


@pytest.mark.parametrize("state", GiftState)
def test_which_gifts_are_read_again(db, state):
    """At Stripe's page, at the bank, or received without its money; never one whose story is over."""
    gift = make_gift(state=state)
    expected = state not in (GiftState.DRAFT, GiftState.ABANDONED)

    with clock.at(clock.now() + PAUSE * 2):
        assert gifts_to_read(pause=PAUSE).filter(pk=gift.pk).exists() is expected


def test_a_gift_whose_refund_is_with_stripe_is_read_again(paid_gift):
    with clock.at(clock.now() + PAUSE * 2):
        assert not gifts_to_read(pause=PAUSE).exists()
        make_refund(paid_gift, state=RefundState.SENT)
        assert gifts_to_read(pause=PAUSE).get() == paid_gift
