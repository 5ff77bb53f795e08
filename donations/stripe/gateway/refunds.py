"""Money going back to a donor."""

from typing import Any

import stripe

from donations.stripe.gateway.amounts import from_stripe, to_stripe
from donations.stripe.gateway.calls import Call, once
from donations.stripe.gateway.client import client, errors_told, identifier, moment, options, words
from donations.stripe.gateway.facts import RefundFacts
from donations.stripe.gateway.payments import money_facts_of
from fundportal.money import Money

PAGE = 100
WITH_MONEY = ["balance_transaction", "failure_balance_transaction"]


def create_refund(
    intent_id: str, amount: Money, *, key: str, metadata: dict[str, str], account: str = ""
) -> RefundFacts:
    """Gives back this much of a payment, once per key. Errors as in `calls.once`; more than is left is refused."""
    params: Any = {"payment_intent": intent_id, "amount": to_stripe(amount), "metadata": metadata, "expand": WITH_MONEY}
    refunds = client().v1.refunds
    call = Call(
        key=key,
        op="refund.create",
        account=account,
        params=params,
        send=lambda sent_key: refunds.create(params, options(account, sent_key)),
        find=lambda _since: _find(intent_id, metadata, account),
        get=lambda refund_id: _read(refund_id, account),
    )
    return refund_facts_of(once(call))


def retrieve_refund(refund_id: str, *, account: str = "") -> RefundFacts:
    with errors_told():
        return refund_facts_of(_read(refund_id, account))


def list_refunds(intent_id: str, *, account: str = "") -> list[RefundFacts]:
    """Every refund of a payment, oldest first, those made in Stripe's dashboard too."""
    with errors_told():
        return [refund_facts_of(found) for found in reversed(list(_of(intent_id, account)))]


def _read(refund_id: str, account: str) -> stripe.Refund:
    params: Any = {"expand": WITH_MONEY}
    return client().v1.refunds.retrieve(refund_id, params, options(account))


def _of(intent_id: str, account: str) -> Any:
    params: Any = {"payment_intent": intent_id, "limit": PAGE, "expand": [f"data.{name}" for name in WITH_MONEY]}
    return client().v1.refunds.list(params, options(account)).auto_paging_iter()


def _find(intent_id: str, metadata: dict[str, str], account: str) -> stripe.Refund | None:
    for refund in _of(intent_id, account):
        if metadata.items() <= words(refund.metadata).items():
            return refund
    return None


def refund_facts_of(refund: stripe.Refund) -> RefundFacts:
    return RefundFacts(
        id=refund.id,
        status=refund.status or "",
        amount=from_stripe(refund.amount, refund.currency),
        payment_intent_id=identifier(refund.payment_intent),
        charge_id=identifier(refund.charge),
        failure_reason=refund.failure_reason or "",
        created_at=moment(refund.created),
        money=money_facts_of(refund.balance_transaction),
        failure_money=money_facts_of(getattr(refund, "failure_balance_transaction", None)),
        metadata=words(refund.metadata),
    )
