"""What became of a payment: intent, charge and the money it moved, read in one request."""

from typing import Any

import stripe

from donations.stripe.gateway.amounts import from_stripe
from donations.stripe.gateway.client import client, errors_told, identifier, moment, options, words
from donations.stripe.gateway.facts import MoneyFacts, PaymentFacts

SUCCEEDED = "succeeded"


def retrieve_payment_intent(intent_id: str, *, account: str = "") -> PaymentFacts:
    params: Any = {"expand": ["latest_charge.balance_transaction"]}
    with errors_told():
        return payment_facts_of(client().v1.payment_intents.retrieve(intent_id, params, options(account)))


def payment_facts_of(intent: stripe.PaymentIntent) -> PaymentFacts:
    charge: Any = intent.latest_charge
    paid = charge is not None and charge.status == SUCCEEDED
    return PaymentFacts(
        id=intent.id,
        status=intent.status,
        amount=from_stripe(intent.amount, intent.currency),
        received=from_stripe(intent.amount_received, intent.currency),
        refunded=from_stripe(charge.amount_refunded if paid else 0, intent.currency),
        decline_code=_decline_code(intent.last_payment_error),
        charge_id=charge.id if paid else "",
        card_last4=_last4(charge) if paid else "",
        paid_at=moment(charge.created) if paid else None,
        money=money_facts_of(charge.balance_transaction) if paid else None,
        metadata=words(intent.metadata),
    )


def _decline_code(error: Any) -> str:
    """Stripe leaves out the words that do not apply."""
    words_of = (getattr(error, name, None) for name in ("decline_code", "code", "type"))
    return next((str(word) for word in words_of if word), "")


def _last4(charge: Any) -> str:
    """Empty for ways to pay that have no card."""
    details = charge.payment_method_details
    card = getattr(details, "card", None) if details else None
    return str(card.last4 or "") if card else ""


def money_facts_of(moved: Any) -> MoneyFacts | None:
    """None while Stripe has not booked it, or has given only its id."""
    if moved is None or isinstance(moved, str):
        return None
    return MoneyFacts(
        id=moved.id,
        type=moved.type,
        gross=from_stripe(moved.amount, moved.currency),
        fee=from_stripe(moved.fee, moved.currency),
        net=from_stripe(moved.net, moved.currency),
        source=identifier(moved.source),
        created_at=moment(moved.created),
        available_on=moment(moved.available_on),
    )
