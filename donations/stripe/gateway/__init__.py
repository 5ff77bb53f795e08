"""The only door to Stripe. Its library stays behind it; what comes out are plain frozen values."""

from donations.stripe.gateway.calls import call_key
from donations.stripe.gateway.client import verify
from donations.stripe.gateway.errors import CallChangedError, OutcomeUnknownError, StripeRefusedError, UntrustedError
from donations.stripe.gateway.events import list_events
from donations.stripe.gateway.facts import (
    CheckoutOrder,
    EventFacts,
    MoneyFacts,
    PaymentFacts,
    RefundFacts,
    SessionFacts,
)
from donations.stripe.gateway.payments import retrieve_payment_intent
from donations.stripe.gateway.refunds import create_refund, list_refunds, retrieve_refund
from donations.stripe.gateway.sessions import (
    create_checkout_session,
    expire_checkout_session,
    language_at_stripe,
    retrieve_checkout_session,
)

__all__ = [
    "CallChangedError",
    "CheckoutOrder",
    "EventFacts",
    "MoneyFacts",
    "OutcomeUnknownError",
    "PaymentFacts",
    "RefundFacts",
    "SessionFacts",
    "StripeRefusedError",
    "UntrustedError",
    "call_key",
    "create_checkout_session",
    "create_refund",
    "expire_checkout_session",
    "language_at_stripe",
    "list_events",
    "list_refunds",
    "retrieve_checkout_session",
    "retrieve_payment_intent",
    "retrieve_refund",
    "verify",
]
