from django.utils import translation

from donations.gifts.queries import gift_timeline
from donations.gifts.states import GiftState, PaymentState, RefundState, SessionState
from fundportal import clock
from tests.factories.gifts import make_attempt, make_gift, make_refund
from tests.factories.people import make_person


def titles(gift) -> list[str]:
    return [moment.title for moment in gift_timeline(gift)]


def test_a_gift_that_was_tried_declined_left_and_paid(db):
    now = clock.now()
    with clock.at(now):
        gift = make_gift(fee_cover_minor=330)
        make_attempt(gift, payment=PaymentState.DECLINED, session=SessionState.EXPIRED, changed_at=now)
        make_attempt(gift, payment=PaymentState.PROCESSING, session=SessionState.COMPLETE, changed_at=now)
        make_attempt(gift, payment=PaymentState.SUCCEEDED, session=SessionState.COMPLETE)

    assert titles(gift) == [
        "Begun",
        "Sent to the payment page",
        "Declined",
        "Left without paying",
        "Sent to the payment page",
        "The bank is working on it",
        "Sent to the payment page",
        "Paid",
    ]
    assert gift_timeline(gift)[0].sentence == (
        f"Dana Demo chose to give $100.00 and to add $3.30 for the card fee. It is for: {gift.purpose.name}."
    )


def test_a_refund_names_whoever_asked_and_whoever_decided(db):
    gift = make_gift(state=GiftState.RECEIVED)
    make_refund(
        gift, state=RefundState.FAILED, asked_by=make_person("Mira Maker"), decided_by=make_person("Che Checker")
    )

    told = {moment.title: moment.by for moment in gift_timeline(gift)}

    assert (told["Refund asked for"], told["Refund approved"]) == ("Mira Maker", "Che Checker")
    assert "Refund failed" in told


def test_moments_come_in_the_order_of_time(db):
    gift = make_gift(state=GiftState.PARTLY_REFUNDED)

    moments = [moment.at.replace(microsecond=0) for moment in gift_timeline(gift)]

    assert moments == sorted(moments)


def test_amounts_are_written_in_the_readers_language(db):
    gift = make_gift()
    with translation.override("fr"):
        assert "100,00\u00a0$" in gift_timeline(gift)[0].sentence
