"""What Stripe says of a gift becomes its state and its journals."""

import pytest

from donations.gifts import services
from donations.gifts.models import Gift, MoneyMovement, Refund
from donations.gifts.states import GiftState, MovementKind, RefundState
from donations.stripe import gateway
from donations.stripe.models import Event
from donations.stripe.services import drain_inbox
from donations.stripe.states import EventState
from fundportal.ledger import queries as books
from fundportal.ledger.invariants import check_invariants
from fundportal.ledger.models import Journal
from fundportal.money import Money
from tests.factories.gifts import make_refund


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def all_is_well() -> bool:
    return not any(check_invariants().values())


def test_a_paid_gift_is_received_and_booked_gross_fee_and_net(paid_gift):
    fund = paid_gift.fund

    assert paid_gift.state == GiftState.RECEIVED
    assert paid_gift.received_at == paid_gift.attempts.get().paid_at
    assert books.total(fund) == usd(10_330)
    assert books.total(fund, "fees") == usd(330)
    assert books.total(fund, "stripe") == usd(10_000)
    assert Journal.objects.get().postings.get(account__code="contributions").purpose == paid_gift.purpose
    assert (paid_gift.paid, paid_gift.kept, paid_gift.refundable) == (usd(10_330), usd(10_330), usd(10_330))
    assert all_is_well()


def test_reading_again_books_nothing_again(paid_gift):
    again = services.reread_gift(paid_gift.pk)

    assert again.state == GiftState.RECEIVED
    assert (Journal.objects.count(), MoneyMovement.objects.count()) == (1, 1)


def test_money_that_lags_behind_is_booked_when_it_comes(gift, open_page, sandbox):
    sandbox.chaos(lag_ms=3_600_000)
    sandbox.pay(open_page())

    assert services.reread_gift(gift.pk).state == GiftState.RECEIVED
    assert not Journal.objects.exists()

    sandbox.clock_ahead(4_000)
    services.reread_gift(gift.pk)
    assert Journal.objects.count() == 1


def test_a_card_that_asks_the_bank_is_received_once_the_donor_approved(gift, open_page, sandbox):
    session = open_page()
    sandbox.pay(session, "3220")
    assert services.reread_gift(gift.pk).state == GiftState.CHECKOUT_OPEN

    sandbox.answer_bank(session, approved=True)
    assert services.reread_gift(gift.pk).state == GiftState.RECEIVED


def test_a_gift_left_behind_is_received_when_it_succeeds_late(gift, open_page, sandbox):
    """The page was called closed by a reading that was wrong or old; the payment that came counts."""
    session = open_page()
    closed = services.AttemptReading(1, session, "expired", "")
    services.apply_facts(gift.pk, services.Reading(number=99, attempts=(closed,)))
    assert Gift.objects.get().state == GiftState.ABANDONED
    sandbox.pay(session)

    received = services.reread_gift(gift.pk)

    assert (received.state, received.abandoned_at) == (GiftState.RECEIVED, None)


def test_events_lead_to_the_same_gift_and_books(gift, open_page, sandbox, client):
    sandbox.pay(open_page())

    assert set(sandbox.deliver(client)) == {200}
    drain_inbox()

    assert Gift.objects.get().state == GiftState.RECEIVED
    assert Journal.objects.count() == 1
    assert not Event.objects.exclude(state__in=(EventState.DONE, EventState.IGNORED)).exists()


def test_an_event_that_comes_before_our_call_was_answered_brings_the_page(gift, open_page, sandbox, client):
    session = open_page()
    gift.attempts.update(session_id="", session_url="", session_state="")
    sandbox.pay(session)
    sandbox.deliver(client)
    drain_inbox()

    assert Gift.objects.get().state == GiftState.RECEIVED
    assert gift.attempts.get().session_id == session


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"object": "charge", "payment_intent": "pi_of_somebody_else"},
        {"object": "charge", "payment_intent": {"id": "pi_expanded"}},
        {"object": "checkout.session", "metadata": {"gift": "no uuid"}},
        {"object": "checkout.session", "metadata": {"gift": "00000000-0000-0000-0000-000000000000"}},
    ],
)
def test_an_event_of_a_payment_that_is_not_ours_changes_nothing(paid_gift, sandbox, client, subject):
    sandbox.take_deliveries()
    sandbox.invent("charge.updated", subject)
    sandbox.deliver(client)
    drain_inbox()

    assert Event.objects.get().state == EventState.DONE
    assert Gift.objects.get().last_reading == paid_gift.last_reading


def test_a_refund_made_in_stripes_dashboard_is_booked_and_shown_as_found(paid_gift, sandbox, client):
    attempt = paid_gift.attempts.get()
    account = attempt.account.account_id
    gateway.create_refund(attempt.intent_id, usd(3_000), key="by hand", metadata={}, account=account)
    sandbox.deliver(client)
    drain_inbox()

    refund = Refund.objects.get()
    assert (refund.was_found_at_stripe, refund.state) == (True, RefundState.SUCCEEDED)
    assert Gift.objects.get().state == GiftState.PARTLY_REFUNDED
    assert books.total(paid_gift.fund) == usd(7_330)
    assert all_is_well()


def test_a_refund_that_comes_back_puts_the_money_back(paid_gift, sandbox):
    attempt = paid_gift.attempts.get()
    account = attempt.account.account_id
    made = gateway.create_refund(attempt.intent_id, paid_gift.paid, key="by hand", metadata={}, account=account)
    assert services.reread_gift(paid_gift.pk).state == GiftState.REFUNDED
    assert books.total(paid_gift.fund) == usd(0)

    sandbox.settle_refund(made.id, "failed")
    back = services.reread_gift(paid_gift.pk)

    assert (back.state, back.refunded_at, back.kept) == (GiftState.RECEIVED, None, usd(10_330))
    assert set(MoneyMovement.objects.values_list("kind", flat=True)) == set(MovementKind.values)
    assert books.total(paid_gift.fund) == usd(10_330)
    assert all_is_well()


def test_an_older_reading_changes_nothing_a_newer_one_said(gift, open_page):
    session = open_page()
    services.apply_facts(gift.pk, services.Reading(5, (services.AttemptReading(1, session, "expired", ""),)))

    services.apply_facts(gift.pk, services.Reading(4, (services.AttemptReading(1, session, "open", "waiting"),)))

    assert Gift.objects.get().state == GiftState.ABANDONED


def test_stripe_that_does_not_answer_changes_nothing(paid_gift, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    with pytest.raises(gateway.OutcomeUnknownError):
        services.reread_gift(paid_gift.pk)

    assert Gift.objects.get().state == GiftState.RECEIVED


def test_a_refund_nobody_approved_here_is_not_moved_by_its_uuid_at_stripe(paid_gift, sandbox):
    """Metadata can be typed in a dashboard; a request that waits for its second person goes on waiting."""
    waiting = make_refund(paid_gift)
    attempt = paid_gift.attempts.get()
    account = attempt.account.account_id
    given = {"refund": str(waiting.uuid)}
    gateway.create_refund(attempt.intent_id, usd(1_000), key="by hand", metadata=given, account=account)

    services.reread_gift(paid_gift.pk)

    assert Refund.objects.get(pk=waiting.pk).state == RefundState.REQUESTED
    assert Refund.objects.filter(requested_by__isnull=True, state=RefundState.SUCCEEDED).count() == 1
