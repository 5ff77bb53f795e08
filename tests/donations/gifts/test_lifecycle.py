"""Every move from every state: the machine makes it or refuses it."""

import itertools

import pytest

from donations.gifts.lifecycle.gift import path_to
from donations.gifts.models import Gift, Refund
from donations.gifts.states import BEFORE_MONEY, WITH_MONEY, GiftState, RefundState
from fundportal import clock
from fundportal.lifecycle import move, why_not
from fundportal.refusals import Refusal

DRAFT, CHECKOUT_OPEN, PROCESSING, ABANDONED = BEFORE_MONEY
RECEIVED, PARTLY_REFUNDED, REFUNDED = WITH_MONEY

GIFT_MOVES = {
    "show_payment_page": ({DRAFT, PROCESSING, ABANDONED}, CHECKOUT_OPEN),
    "decline": ({CHECKOUT_OPEN, PROCESSING, ABANDONED}, DRAFT),
    "wait_for_bank": ({DRAFT, CHECKOUT_OPEN, ABANDONED}, PROCESSING),
    "abandon": ({DRAFT, CHECKOUT_OPEN, PROCESSING}, ABANDONED),
    "receive": (set(BEFORE_MONEY), RECEIVED),
    "give_back_a_part": ({RECEIVED, REFUNDED}, PARTLY_REFUNDED),
    "give_back": ({RECEIVED, PARTLY_REFUNDED}, REFUNDED),
    "keep_after_all": ({PARTLY_REFUNDED, REFUNDED}, RECEIVED),
}
REFUND_MOVES = {
    "approve": ({RefundState.REQUESTED}, RefundState.APPROVED),
    "refuse": ({RefundState.REQUESTED}, RefundState.REFUSED),
    "send": ({RefundState.APPROVED}, RefundState.SENT),
    "succeed": ({RefundState.SENT}, RefundState.SUCCEEDED),
    "fail": ({RefundState.APPROVED, RefundState.SENT, RefundState.SUCCEEDED}, RefundState.FAILED),
}


@pytest.mark.parametrize(("name", "start"), list(itertools.product(GIFT_MOVES, GiftState)))
def test_a_gift_moves_only_where_the_table_says(name, start):
    sources, target = GIFT_MOVES[name]
    gift = Gift(state=start)

    if start in sources:
        move(gift, name)
        assert gift.state == target
    else:
        with pytest.raises(Refusal):
            move(gift, name)
        assert gift.state == start


@pytest.mark.parametrize(("name", "start"), list(itertools.product(REFUND_MOVES, RefundState)))
def test_a_refund_moves_only_where_the_table_says(name, start):
    sources, target = REFUND_MOVES[name]
    refund = Refund(state=start, requested_by_id=1, decided_by_id=2, stripe_id="re_1")

    if start in sources:
        move(refund, name)
        assert refund.state == target
    else:
        with pytest.raises(Refusal):
            move(refund, name)
        assert refund.state == start


@pytest.mark.parametrize("start", GiftState)
def test_the_path_to_a_state_is_made_of_moves_the_machine_allows(start):
    targets = [state for state in GiftState if start in BEFORE_MONEY or state in WITH_MONEY]
    for target in targets:
        gift = Gift(state=start)
        for name in path_to(target, start=start):
            move(gift, name)
        assert gift.state == target


@pytest.mark.parametrize("act", ["approve", "refuse"])
def test_whoever_asked_for_a_refund_cannot_decide_on_it(act):
    refund = Refund(requested_by_id=1, decided_by_id=1)

    assert why_not(refund, act) == ["You asked for this refund. Somebody else has to decide on it."]


def test_a_refund_is_not_sent_before_stripe_knows_it():
    assert why_not(Refund(state=RefundState.APPROVED), "send") == ["Stripe has not been told of this refund yet."]


def test_a_gift_is_received_at_the_moment_of_the_charge():
    charged = clock.now().replace(year=2020)
    gift = Gift(state=ABANDONED, abandoned_at=clock.now())

    move(gift, "receive", at=charged)

    assert (gift.received_at, gift.abandoned_at) == (charged, None)


def test_the_state_of_a_gift_is_never_set_by_hand():
    gift = Gift()
    with pytest.raises(AttributeError):
        gift.state = RECEIVED
