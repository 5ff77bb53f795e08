"""Confluence: the same events in any order, told any number of times, end in the same gift and the same books.

A story is what happens at Stripe, one fact after the other; after each of them a reading can be taken. Workers apply
readings late, twice, in any order or not at all: as long as the last one is applied somewhere, the end is the same.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.gifts.models import Gift
from donations.gifts.services import AttemptReading, MovementReading, Reading, RefundReading, apply_facts
from donations.gifts.states import GiftState, MovementKind, PaymentState, RefundState, SessionState
from fundportal.ledger.invariants import check_invariants
from fundportal.ledger.models import Journal, Posting
from tests.factories.gifts import make_attempt, make_gift

PAID = 10_000
FEE = 320
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Story:
    """Stripe's side of one gift, and the readings one could have taken of it on the way."""

    def __init__(self) -> None:
        self.attempts: dict[int, AttemptReading] = {}
        self.movements: list[MovementReading] = []
        self.refunds: dict[str, RefundReading] = {}
        self.readings: list[Reading] = []

    def tell(self) -> None:
        number = len(self.readings) + 1
        known = (tuple(self.attempts.values()), tuple(self.movements), tuple(self.refunds.values()))
        self.readings.append(Reading(number, *known))

    def attempt(self, number: int, session: str, payment: str = PaymentState.NONE) -> None:
        paid = payment == PaymentState.SUCCEEDED
        self.attempts[number] = AttemptReading(
            number=number,
            session_id=f"cs_{number}",
            session_state=session,
            payment_state=payment,
            intent_id=f"pi_{number}",
            paid_minor=PAID if paid else 0,
            paid_at=START if paid else None,
        )
        self.tell()

    def money(self, kind: str, gross: int, fee: int = 0) -> None:
        place = len(self.movements)
        moment = START + timedelta(minutes=place)
        self.movements.append(MovementReading(f"txn_{place}", kind, "object", 1, gross, fee, "USD", moment))
        self.tell()

    def refund(self, name: str, amount: int, state: str) -> None:
        self.refunds[name] = RefundReading(name, "", amount, "USD", state, START)
        self.tell()


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Pages opened, declined, left; perhaps a payment; perhaps refunds of parts, of which some come back."""
    story = Story()
    words = st.sampled_from(["", "waiting", "declined"])
    story.attempt(1, SessionState.OPEN)
    for payment in draw(st.lists(words, max_size=3)):
        story.attempt(1, SessionState.OPEN, payment)
    ending = draw(st.sampled_from(["left", "paid", "bank", "nothing"]))
    if ending == "bank":
        story.attempt(1, SessionState.COMPLETE, PaymentState.PROCESSING)
        ending = draw(st.sampled_from(["paid", "refused"]))
    if ending == "left":
        story.attempt(1, SessionState.EXPIRED)
        story.attempt(2, SessionState.OPEN)
    if ending == "refused":
        story.attempt(1, SessionState.COMPLETE, PaymentState.DECLINED)
    if ending == "paid":
        story.attempt(1, SessionState.COMPLETE, PaymentState.SUCCEEDED)
        story.money(MovementKind.CHARGE, PAID, FEE)
        draw_refunds(draw, story)
    return story


def draw_refunds(draw: st.DrawFn, story: Story) -> None:
    for place, amount in enumerate(draw(st.sampled_from([[], [PAID], [1_000], [1_000, 9_000], [1, 2, 3]]))):
        name = f"re_{place}"
        story.refund(name, amount, RefundState.SENT)
        story.money(MovementKind.REFUND, -amount)
        if draw(st.booleans()):
            story.refund(name, amount, RefundState.SUCCEEDED)
        if draw(st.booleans()):
            story.refund(name, amount, RefundState.FAILED)
            story.money(MovementKind.REFUND_FAILURE, amount)


def outcome(gift: Gift, readings: list[Reading]) -> tuple[object, ...]:
    """Where the gift stands and what the books say after these readings; everything is undone again."""
    with transaction.atomic():
        for reading in readings:
            apply_facts(gift.pk, reading)
        after = Gift.objects.get(pk=gift.pk)
        refunds = sorted(after.refunds.values_list("stripe_id", "state", "amount_minor"))
        attempts = sorted(after.attempts.values_list("number", "session_state", "payment_state", "paid_minor"))
        journals = sorted(Journal.objects.values_list("source_id", "kind", "business_on"))
        lines = sorted(Posting.objects.values_list("journal__source_id", "account__code", "amount_minor"))
        assert not any(check_invariants().values())
        end = (after.state, after.received_at, after.kept, tuple(attempts), tuple(refunds), journals, lines)
        transaction.set_rollback(True)
    return end


@pytest.fixture
def gift(db: None) -> Gift:
    gift = make_gift(amount_minor=PAID)
    for number in (1, 2):
        make_attempt(gift, number=number, session="", session_id=f"cs_{number}")
    return gift


@given(story=stories(), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_and_repetition_of_readings_ends_in_the_same_gift_and_books(gift, story, data):
    in_order = outcome(gift, story.readings)

    again = data.draw(st.lists(st.sampled_from(story.readings), max_size=6))
    shuffled = data.draw(st.permutations([*story.readings, *again]))

    assert outcome(gift, shuffled) == in_order


@given(story=stories(), data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_readings_that_were_lost_do_not_matter_once_the_last_is_applied(gift, story, data):
    kept = data.draw(st.lists(st.sampled_from(story.readings), unique_by=lambda reading: reading.number))
    shuffled = data.draw(st.permutations([*kept, story.readings[-1]]))

    assert outcome(gift, shuffled) == outcome(gift, story.readings)


@given(story=stories())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_gift_counts_as_received_exactly_when_the_story_has_a_payment(gift, story):
    paid = any(attempt.payment_state == PaymentState.SUCCEEDED for attempt in story.attempts.values())

    state, *_rest = outcome(gift, story.readings)

    assert (state in (GiftState.RECEIVED, GiftState.PARTLY_REFUNDED, GiftState.REFUNDED)) is paid
