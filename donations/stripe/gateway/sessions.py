"""Payment pages: Checkout Sessions in payment mode."""

from typing import Any

import stripe

from donations.stripe.gateway.amounts import from_stripe, to_stripe
from donations.stripe.gateway.calls import Call, once
from donations.stripe.gateway.client import client, errors_told, identifier, moment, options, words
from donations.stripe.gateway.facts import CheckoutOrder, SessionFacts

PAGE = 100
LANGUAGES = frozenset(
    {
        *("bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hi-IN", "hr"),
        *(
            "hu",
            "id",
            "it",
            "ja",
            "ko",
            "lt",
            "lv",
            "ms",
            "mt",
            "nb",
            "nl",
            "pl",
            "pt",
            "pt-BR",
            "ro",
            "ru",
            "sk",
            "sl",
        ),
        *("sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW"),
    }
)


def create_checkout_session(order: CheckoutOrder, *, key: str, account: str = "") -> SessionFacts:
    """The payment page for this order; the same key gives the same page. Errors as in `calls.once`."""
    params = _params(order)
    sessions = client().v1.checkout.sessions
    call = Call(
        key=key,
        op="checkout.session.create",
        account=account,
        params=params,
        send=lambda sent_key: sessions.create(params, options(account, sent_key)),  # type: ignore[arg-type]  # a TypedDict built by parts
        find=lambda since: _find(order.metadata, since, account),
        get=lambda session_id: sessions.retrieve(session_id, None, options(account)),
    )
    return facts_of(once(call))


def retrieve_checkout_session(session_id: str, *, account: str = "") -> SessionFacts:
    with errors_told():
        return facts_of(client().v1.checkout.sessions.retrieve(session_id, None, options(account)))


def expire_checkout_session(session_id: str, *, account: str = "") -> SessionFacts:
    """Closes an open page so that nobody can pay there any more. Raises StripeRefusedError when it is not open."""
    with errors_told():
        return facts_of(client().v1.checkout.sessions.expire(session_id, None, options(account)))


def language_at_stripe(language: str) -> str:
    """Stripe's page has no Arabic, among others; English is shown instead, and our page says so."""
    base = language.partition("-")[0]
    return language if language in LANGUAGES else base if base in LANGUAGES else "en"


def _params(order: CheckoutOrder) -> dict[str, Any]:
    price = {
        "currency": order.amount.currency.lower(),
        "unit_amount": to_stripe(order.amount),
        "product_data": {"name": order.name},
    }
    params: dict[str, Any] = {
        "mode": "payment",
        "submit_type": "donate",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "locale": language_at_stripe(order.language),
        "metadata": order.metadata,
        "payment_intent_data": {"metadata": order.metadata},
        "allowed_payment_method_types": ["card"],
    }
    if order.email:
        params["customer_email"] = order.email
    if order.expires_at:
        params["expires_at"] = int(order.expires_at.timestamp())
    return params


def _find(metadata: dict[str, str], since: int, account: str) -> stripe.checkout.Session | None:
    listed = client().v1.checkout.sessions.list({"created": {"gte": since}, "limit": PAGE}, options(account))
    for session in listed.auto_paging_iter():
        if metadata.items() <= words(session.metadata).items():
            return session
    return None


def facts_of(session: stripe.checkout.Session) -> SessionFacts:
    return SessionFacts(
        id=session.id,
        status=session.status or "",
        payment_status=session.payment_status,
        url=session.url or "",
        amount=from_stripe(session.amount_total or 0, session.currency or ""),
        payment_intent_id=identifier(session.payment_intent),
        expires_at=moment(session.expires_at),
        created_at=moment(session.created),
        metadata=words(session.metadata),
    )
