"""What the database refuses, by the name of the rule."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from donations.gifts.states import GiftState, MovementKind, PaymentState, RefundState
from fundportal import clock
from tests.factories.gifts import account_of, make_attempt, make_gift, make_refund
from tests.factories.people import make_person


def breaks(name: str):
    return pytest.raises(IntegrityError, match=name)


def make_movement(gift: Gift, **facts):
    row = {"kind": MovementKind.CHARGE, "txn": "txn_1", "object_id": "ch_1", "gross_minor": 100, "fee_minor": 3}
    row |= {"net_minor": 97, "currency": "USD", "occurred_at": clock.now(), "account": account_of(gift.fund)}
    return MoneyMovement.objects.create(gift=gift, **(row | facts))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_gift_is_more_than_nothing", {"amount_minor": 0}),
        ("a_fee_cover_takes_nothing_away", {"fee_cover_minor": -1}),
        ("a_gift_is_received_exactly_when_it_says_since_when", {"received_at": clock.now()}),
        ("a_gift_is_received_exactly_when_it_says_since_when", {"state": GiftState.RECEIVED, "received_at": None}),
        ("a_gift_is_abandoned_exactly_when_it_says_since_when", {"abandoned_at": clock.now()}),
        ("a_gift_is_abandoned_exactly_when_it_says_since_when", {"state": GiftState.ABANDONED, "abandoned_at": None}),
        ("a_gift_is_given_back_exactly_when_it_says_since_when", {"refunded_at": clock.now()}),
        ("a_gift_is_given_back_exactly_when_it_says_since_when", {"state": GiftState.REFUNDED, "refunded_at": None}),
    ],
)
def test_a_gift_that_contradicts_itself(name, facts):
    with breaks(name):
        make_gift(**facts)


@pytest.mark.django_db
def test_a_form_sent_twice():
    gift = make_gift()
    with pytest.raises(IntegrityError, match=r"form_key|one_form_sent_twice_is_one_gift"):
        make_gift(gift.campaign, form_key=gift.form_key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"payment": PaymentState.SUCCEEDED, "paid_minor": 0},
        {"payment": PaymentState.SUCCEEDED, "paid_at": None},
        {"payment": PaymentState.DECLINED, "paid_minor": 5},
    ],
)
def test_an_attempt_that_contradicts_itself(facts):
    gift = make_gift()
    with breaks("an_attempt_succeeded_exactly_when_it_says_what_was_paid"):
        make_attempt(gift, **facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("attempts_of_a_gift_are_numbered", "number"),
        ("a_payment_page_belongs_to_one_attempt", "session_id"),
        ("a_payment_intent_belongs_to_one_attempt", "intent_id"),
    ],
)
def test_an_attempt_twice(name, column):
    gift = make_gift()
    first = make_attempt(gift, payment=PaymentState.WAITING)
    with pytest.raises(IntegrityError, match=f"{column}|{name}"):
        make_attempt(gift, payment=PaymentState.WAITING, **{column: getattr(first, column)})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_movement_nets_to_gross_less_fee", {"net_minor": 98}),
        ("only_a_refund_takes_money_out", {"gross_minor": -100, "net_minor": -103}),
        ("only_a_refund_takes_money_out", {"kind": MovementKind.REFUND}),
    ],
)
def test_a_movement_that_contradicts_itself(name, facts):
    gift = make_gift()
    with breaks(name):
        make_movement(gift, **facts)


@pytest.mark.django_db
def test_a_balance_transaction_twice():
    gift = make_gift()
    make_movement(gift)
    with pytest.raises(IntegrityError, match="txn"):
        make_movement(gift)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_refund_is_more_than_nothing", {"amount_minor": 0}),
        ("a_refund_is_decided_exactly_when_it_says_by_whom_and_when", {"decided_at": clock.now()}),
        (
            "a_refund_is_decided_exactly_when_it_says_by_whom_and_when",
            {"state": RefundState.APPROVED, "decided_by": None},
        ),
        ("a_refund_is_settled_exactly_when_it_says_since_when", {"settled_at": clock.now()}),
        ("a_refund_is_settled_exactly_when_it_says_since_when", {"state": RefundState.SUCCEEDED, "settled_at": None}),
        ("a_refund_was_asked_for_here_or_found_at_stripe", {"requested_by": None}),
    ],
)
def test_a_refund_that_contradicts_itself(name, facts):
    gift = make_gift()
    with breaks(name):
        make_refund(gift, **facts)


@pytest.mark.django_db
def test_whoever_asked_and_whoever_decided_are_two_people():
    gift, person = make_gift(), make_person()
    with breaks("nobody_decides_on_a_refund_they_asked_for"):
        make_refund(gift, state=RefundState.APPROVED, asked_by=person, decided_by=person)


@pytest.mark.django_db
def test_a_refund_at_stripe_twice():
    gift = make_gift()
    first = make_refund(gift, state=RefundState.SENT)
    with pytest.raises(IntegrityError, match=r"stripe_id|a_refund_at_stripe_is_one_refund_here"):
        make_refund(gift, state=RefundState.SENT, stripe_id=first.stripe_id)


def test_every_rule_of_the_database_is_broken_here_by_its_name():
    """A new constraint without a test that breaks it fails here."""
    words = Path(__file__).read_text(encoding="utf-8")
    rules = [rule.name for model in (Gift, Attempt, MoneyMovement, Refund) for rule in model._meta.constraints]
    assert [name for name in rules if name not in words] == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", GiftState)
def test_gifts_of_every_state_can_be_written(state):
    with transaction.atomic():
        assert make_gift(state=state).state == state
