"""A call whose answer is lost: nothing is made twice, nothing is forgotten."""

from collections.abc import Iterator

import pytest
import stripe

from donations.stripe import gateway
from donations.stripe.gateway import client as gateway_client
from donations.stripe.gateway.client import client
from donations.stripe.models import OutboundCall
from donations.stripe.states import CallState
from tests.donations.stripe.test_gateway import KEY, ORDER, opened, paid
from tests.support.sandbox import StripeSandbox


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same client with shorter waits, so that a test of silence does not take half a minute."""
    monkeypatch.setattr(gateway_client, "READ_SECONDS", 0.4)
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    gateway_client._client.cache_clear()
    yield
    gateway_client._client.cache_clear()


def sessions_made() -> int:
    return len(client().v1.checkout.sessions.list({"limit": 100}).data)


@pytest.mark.django_db
def test_an_answer_that_never_comes_is_asked_for_again_under_the_same_key(sandbox: StripeSandbox, impatient) -> None:
    sandbox.chaos(hang=1, hang_ms=900)
    assert opened().status == "open"
    assert sessions_made() == 1


@pytest.mark.django_db
def test_silence_keeps_the_key_and_the_next_try_gets_what_was_made(
    sandbox: StripeSandbox, impatient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway_client, "RETRIES", 0)
    gateway_client._client.cache_clear()
    sandbox.chaos(hang=1, hang_ms=900)
    session = opened()
    assert sessions_made() == 1
    assert OutboundCall.objects.get().object_id == session.id


@pytest.mark.django_db
def test_an_error_after_the_act_is_answered_with_what_was_made(sandbox: StripeSandbox, impatient) -> None:
    sandbox.chaos(fail=1)
    session = opened()
    assert session.status == "open"
    assert sessions_made() == 1
    assert OutboundCall.objects.get().state == CallState.ANSWERED


@pytest.mark.django_db
def test_a_stripe_that_is_away_leaves_a_row_without_outcome(settings, impatient) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(gateway.OutcomeUnknownError) as silence:
        opened()
    assert silence.value.status == 503
    call = OutboundCall.objects.without_outcome().get()
    assert (call.key, call.state, call.object_id) == (KEY, CallState.UNKNOWN, "")


@pytest.mark.django_db
def test_a_row_left_by_a_worker_that_died_is_taken_up(sandbox: StripeSandbox, settings, impatient) -> None:
    reachable = settings.STRIPE_API_BASE
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(gateway.OutcomeUnknownError):
        opened()
    settings.STRIPE_API_BASE = reachable
    session = opened()
    call = OutboundCall.objects.get()
    assert (call.state, call.object_id, call.tries) == (CallState.ANSWERED, session.id, 2)


@pytest.mark.django_db
def test_a_refusal_is_written_down_and_may_be_asked_again(sandbox: StripeSandbox) -> None:
    payment = paid(sandbox)
    from fundportal.money import Money

    for _ in range(2):
        with pytest.raises(gateway.StripeRefusedError):
            gateway.create_refund(payment.id, Money(999_999, "USD"), key="gift:x:attempt:1:refund", metadata={})
    call = OutboundCall.objects.get(op="refund.create")
    assert (call.state, call.tries) == (CallState.REFUSED, 2)
    assert "greater than unrefunded amount" in call.error


@pytest.mark.django_db
def test_a_refund_whose_answer_was_lost_is_found_by_its_metadata(sandbox: StripeSandbox, impatient) -> None:
    payment = paid(sandbox)
    sandbox.chaos(fail=1)
    refund = gateway.create_refund(payment.id, ORDER.amount, key="gift:x:attempt:1:refund", metadata={"refund": "7"})
    assert refund.metadata == {"refund": "7"}
    assert len(gateway.list_refunds(payment.id)) == 1
