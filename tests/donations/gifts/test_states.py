"""Where a gift stands follows from its facts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.gifts.lifecycle.gift import path_to
from donations.gifts.states import (
    BEFORE_MONEY,
    AttemptFacts,
    GiftState,
    PaymentState,
    SessionState,
    state_from,
)

SUCCESS = AttemptFacts(1, SessionState.COMPLETE, PaymentState.SUCCEEDED)


@pytest.mark.parametrize(
    ("session", "payment", "state"),
    [
        ("", "", GiftState.DRAFT),
        ("open", "", GiftState.CHECKOUT_OPEN),
        ("open", "waiting", GiftState.CHECKOUT_OPEN),
        ("open", "declined", GiftState.DRAFT),
        ("complete", "processing", GiftState.PROCESSING),
        ("complete", "waiting", GiftState.PROCESSING),
        ("complete", "declined", GiftState.DRAFT),
        ("expired", "", GiftState.ABANDONED),
        ("expired", "declined", GiftState.ABANDONED),
        ("open", "cancelled", GiftState.ABANDONED),
        ("complete", "succeeded", GiftState.RECEIVED),
    ],
)
def test_one_attempt_decides_where_the_gift_stands(session, payment, state):
    paid = 10_000 if payment == "succeeded" else 0

    assert state_from([AttemptFacts(1, session, payment)], paid_minor=paid, refunded_minor=0) == state


def test_a_gift_without_an_attempt_is_not_paid_yet():
    assert state_from([], paid_minor=0, refunded_minor=0) == GiftState.DRAFT


@pytest.mark.parametrize(
    ("refunded", "state"),
    [
        (0, GiftState.RECEIVED),
        (1, GiftState.PARTLY_REFUNDED),
        (9_999, GiftState.PARTLY_REFUNDED),
        (10_000, GiftState.REFUNDED),
    ],
)
def test_what_went_back_decides_between_received_and_given_back(refunded, state):
    assert state_from([SUCCESS], paid_minor=10_000, refunded_minor=refunded) == state


@given(
    later=st.lists(
        st.builds(
            AttemptFacts,
            st.integers(2, 9),
            st.sampled_from(SessionState.values),
            st.sampled_from([value for value in PaymentState.values if value != PaymentState.SUCCEEDED]),
        ),
        max_size=4,
    )
)
def test_no_failure_of_another_attempt_outweighs_a_success(later):
    assert state_from([*later, SUCCESS], paid_minor=10_000, refunded_minor=0) == GiftState.RECEIVED


@given(
    attempts=st.lists(
        st.builds(
            AttemptFacts, st.integers(1, 5), st.sampled_from(SessionState.values), st.sampled_from(PaymentState.values)
        ),
        unique_by=lambda attempt: attempt.number,
        max_size=5,
    ),
    refunded=st.integers(0, 20_000),
    data=st.data(),
)
def test_the_order_of_attempts_plays_no_part(attempts, refunded, data):
    shuffled = data.draw(st.permutations(attempts))

    first = state_from(attempts, paid_minor=0, refunded_minor=refunded)

    assert state_from(shuffled, paid_minor=0, refunded_minor=refunded) == first


def test_there_is_a_path_to_every_state_the_facts_can_say():
    """From before the money anywhere; from money never back to before it, which the facts never say."""
    for start in GiftState:
        reachable = [state for state in GiftState if start in BEFORE_MONEY or state not in BEFORE_MONEY]
        for target in reachable:
            assert bool(path_to(target, start=start)) == (start != target)
