"""Every call of the gateway against a running sandbox."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import stripe
from django.db import transaction

from donations.stripe import gateway
from donations.stripe.gateway.client import client
from donations.stripe.models import OutboundCall
from donations.stripe.states import CallState
from fundportal import clock
from fundportal.money import Money
from tests.support.sandbox import StripeSandbox

GIFT = UUID("5f0c1f0e-8f4c-4f0e-9d53-0c1b6b8b7f11")
ORDER = gateway.CheckoutOrder(
    amount=Money(2_575, "USD"),
    name="A gift to the fund",
    success_url="http://localhost:8000/en/give/x/thanks/1/",
    cancel_url="http://localhost:8000/en/give/x/",
    language="fr",
    metadata={"gift": str(GIFT), "attempt": "1"},
    email="donor@example.org",
)
KEY = gateway.call_key(GIFT, 1, "checkout")


def opened() -> gateway.SessionFacts:
    return gateway.create_checkout_session(ORDER, key=KEY)


def paid(sandbox: StripeSandbox) -> gateway.PaymentFacts:
    sandbox.pay(opened().id)
    return gateway.retrieve_payment_intent(opened().payment_intent_id)


def test_the_key_names_gift_attempt_and_act() -> None:
    assert gateway.call_key(GIFT, 1, "checkout") == f"gift:{GIFT}:attempt:1:checkout"


@pytest.mark.django_db
def test_a_payment_page_is_open_and_carries_what_was_ordered(sandbox: StripeSandbox) -> None:
    session = opened()
    assert (session.status, session.payment_status, session.amount) == ("open", "unpaid", Money(2_575, "USD"))
    assert session.url.startswith(f"{sandbox.url}/checkout/")
    assert session.metadata == ORDER.metadata
    assert session.payment_intent_id == ""
    assert gateway.retrieve_checkout_session(session.id) == session


@pytest.mark.django_db
def test_the_same_key_gives_the_same_page_and_one_row(sandbox: StripeSandbox) -> None:
    assert opened().id == opened().id
    call = OutboundCall.objects.get()
    assert (call.state, call.object_id, call.tries) == (CallState.ANSWERED, opened().id, 1)


@pytest.mark.django_db
def test_a_key_used_for_another_order_never_reaches_stripe(sandbox: StripeSandbox) -> None:
    session = opened()
    with pytest.raises(gateway.CallChangedError):
        gateway.create_checkout_session(replace(ORDER, amount=Money(1, "USD")), key=KEY)
    assert OutboundCall.objects.get().object_id == session.id


@pytest.mark.django_db
def test_a_paid_page_tells_charge_card_and_money(sandbox: StripeSandbox) -> None:
    payment = paid(sandbox)
    assert (payment.status, payment.received, payment.card_last4) == ("succeeded", Money(2_575, "USD"), "4242")
    assert payment.money is not None
    assert (payment.money.gross, payment.money.fee) == (Money(2_575, "USD"), Money(105, "USD"))
    assert payment.money.net == Money(2_470, "USD")
    assert payment.money.source == payment.charge_id
    assert payment.metadata == ORDER.metadata
    assert opened().status == "complete"


@pytest.mark.django_db
def test_money_may_follow_later(sandbox: StripeSandbox) -> None:
    sandbox.chaos(lag_ms=3_600_000)
    assert paid(sandbox).money is None
    sandbox.clock_ahead(4_000)
    assert gateway.retrieve_payment_intent(opened().payment_intent_id).money is not None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("card", "code"), [("0002", "generic_decline"), ("9995", "insufficient_funds"), ("0069", "expired_card")]
)
def test_a_decline_says_why_and_the_page_stays_open(sandbox: StripeSandbox, card: str, code: str) -> None:
    sandbox.pay(opened().id, card)
    session = opened()
    payment = gateway.retrieve_payment_intent(session.payment_intent_id)
    assert (session.status, payment.status, payment.decline_code) == ("open", "requires_payment_method", code)
    assert (payment.charge_id, payment.money, payment.received) == ("", None, Money(0, "USD"))


@pytest.mark.django_db
def test_the_bank_asks_and_the_donor_approves_after_having_refused(sandbox: StripeSandbox) -> None:
    session = opened()
    sandbox.pay(session.id, "3220")
    sandbox.answer_bank(session.id, approved=False)
    refused = gateway.retrieve_payment_intent(opened().payment_intent_id)
    assert refused.decline_code == "payment_intent_authentication_failure"
    sandbox.pay(session.id, "3220")
    sandbox.answer_bank(session.id, approved=True)
    assert gateway.retrieve_payment_intent(opened().payment_intent_id).status == "succeeded"


@pytest.mark.django_db
def test_a_page_can_be_closed_once_and_not_when_it_is_paid(sandbox: StripeSandbox) -> None:
    session = opened()
    assert gateway.expire_checkout_session(session.id).status == "expired"
    with pytest.raises(gateway.StripeRefusedError):
        gateway.expire_checkout_session(session.id)


@pytest.mark.django_db
def test_a_page_ends_when_its_time_is_over(sandbox: StripeSandbox) -> None:
    ends = clock.now() + timedelta(hours=1)
    session = gateway.create_checkout_session(replace(ORDER, expires_at=ends), key=KEY)
    assert session.expires_at == ends.replace(microsecond=0)
    sandbox.clock_ahead(3_700)
    assert gateway.retrieve_checkout_session(session.id).status == "expired"


@pytest.mark.django_db
def test_a_part_is_given_back_once_per_key_and_never_more_than_is_left(sandbox: StripeSandbox) -> None:
    payment = paid(sandbox)
    refund = gateway.create_refund(
        payment.id, Money(1_000, "USD"), key="gift:r:attempt:1:refund", metadata={"refund": "1"}
    )
    again = gateway.create_refund(
        payment.id, Money(1_000, "USD"), key="gift:r:attempt:1:refund", metadata={"refund": "1"}
    )
    assert refund == again == gateway.retrieve_refund(refund.id)
    assert (refund.status, refund.amount) == ("succeeded", Money(1_000, "USD"))
    assert refund.money is not None
    assert (refund.money.gross, refund.money.fee) == (Money(-1_000, "USD"), Money(0, "USD"))
    with pytest.raises(gateway.StripeRefusedError):
        gateway.create_refund(payment.id, Money(1_576, "USD"), key="gift:r:attempt:2:refund", metadata={"refund": "2"})
    assert gateway.list_refunds(payment.id) == [refund]
    assert gateway.retrieve_payment_intent(payment.id).refunded == Money(1_000, "USD")


@pytest.mark.django_db
def test_a_refund_that_fails_brings_its_money_back(sandbox: StripeSandbox) -> None:
    payment = paid(sandbox)
    sandbox.chaos(pending_refunds=True)
    refund = gateway.create_refund(
        payment.id, payment.received, key="gift:r:attempt:1:refund", metadata={"refund": "1"}
    )
    assert refund.status == "pending"
    sandbox.settle_refund(refund.id, "failed")
    failed = gateway.retrieve_refund(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert failed.failure_money is not None
    assert failed.failure_money.gross == Money(2_575, "USD")


@pytest.mark.django_db
def test_objects_of_one_account_do_not_exist_for_another(sandbox: StripeSandbox) -> None:
    session = gateway.create_checkout_session(ORDER, key=KEY, account="acct_one")
    assert gateway.retrieve_checkout_session(session.id, account="acct_one").id == session.id
    with pytest.raises(gateway.StripeRefusedError) as refusal:
        gateway.retrieve_checkout_session(session.id, account="acct_two")
    assert refusal.value.code == "resource_missing"


@pytest.mark.django_db
def test_the_account_that_owns_the_key_is_not_named_to_stripe(sandbox: StripeSandbox, settings) -> None:
    settings.STRIPE_OWN_ACCOUNT = "acct_own"
    session = gateway.create_checkout_session(ORDER, key=KEY, account="acct_own")
    assert gateway.retrieve_checkout_session(session.id).id == session.id


@pytest.mark.django_db
def test_no_call_leaves_inside_a_transaction_of_the_caller(sandbox: StripeSandbox) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        opened()


def test_every_parameter_is_known_to_stripe_and_a_misspelt_one_is_refused(sandbox: StripeSandbox) -> None:
    item = {"quantity": 1, "price_data": {"currency": "usd", "unit_amuont": 500}}
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client().v1.checkout.sessions.create({"mode": "payment", "line_items": [item]})
    assert (refusal.value.code, refusal.value.param) == ("parameter_unknown", "line_items[0][price_data][unit_amuont]")


def test_a_language_that_stripe_has_not_falls_back() -> None:
    asked = ("fr", "fr-CA", "pt-AO", "ar")
    assert [gateway.language_at_stripe(language) for language in asked] == ["fr", "fr-CA", "pt", "en"]


def test_a_live_key_is_never_sent_to_another_address(settings) -> None:
    settings.STRIPE_API_KEY = "sk_live_x"
    with pytest.raises(Exception, match="never sent"):
        gateway.retrieve_checkout_session("cs_x")
