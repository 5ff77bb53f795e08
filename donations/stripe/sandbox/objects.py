"""New Stripe objects, complete to the last field the stripe package names."""

from typing import Any

import stripe
from stripe.checkout import Session

from donations.stripe.sandbox.shapes import complete
from donations.stripe.sandbox.state import State, new_id

VERSION = stripe.api_version
DAY = 86_400
ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


def fee_on(amount: int) -> int:
    """2.9 % and 30 of the smallest unit, halves rounded up."""
    return (amount * 29 + 500) // 1000 + 30


PASSED_ON = (
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_email",
    "locale",
    "mode",
    "submit_type",
    "success_url",
)


def session(state: State, given: dict[str, Any], amount: int, currency: str, base: str) -> dict[str, Any]:
    identifier, now = new_id("cs_test"), int(state.now())
    made = {
        "id": identifier,
        "object": "checkout.session",
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": {"enabled": False},
        "created": now,
        "currency": currency,
        "custom_fields": [],
        "custom_text": {},
        "customer_creation": "if_required",
        "expires_at": given.get("expires_at") or now + DAY,
        "livemode": False,
        "metadata": given.get("metadata") or {},
        "payment_method_types": given.get("allowed_payment_method_types") or ["card"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "ui_mode": "hosted_page",
        "url": f"{base}/checkout/{identifier}",
    }
    return complete(Session, {name: given.get(name) for name in PASSED_ON} | made)


def payment_intent(state: State, checkout: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    identifier = new_id("pi")
    return complete(
        stripe.PaymentIntent,
        {
            "id": identifier,
            "object": "payment_intent",
            "amount": checkout["amount_total"],
            "amount_capturable": 0,
            "amount_received": 0,
            "capture_method": "automatic_async",
            "client_secret": f"{identifier}_secret_{new_id('x')}",
            "confirmation_method": "automatic",
            "created": int(state.now()),
            "currency": checkout["currency"],
            "customer": checkout["customer"],
            "description": data.get("description"),
            "livemode": False,
            "metadata": data.get("metadata") or {},
            "payment_method_types": checkout["payment_method_types"],
            "receipt_email": data.get("receipt_email"),
            "statement_descriptor_suffix": data.get("statement_descriptor_suffix"),
            "status": "requires_payment_method",
        },
    )


def charge(
    state: State, intent: dict[str, Any], last4: str, email: str | None, refusal: dict[str, str] | None
) -> dict[str, Any]:
    made = {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_refunded": 0,
        "billing_details": {"address": dict(ADDRESS), "email": email},
        "created": int(state.now()),
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "payment_intent": intent["id"],
        "payment_method": new_id("pm"),
        "payment_method_details": _method(last4),
        "refunded": False,
    }
    return complete(stripe.Charge, made | _outcome(refusal, intent["amount"]))


def _outcome(refusal: dict[str, str] | None, amount: int) -> dict[str, Any]:
    """What the bank said: all of it was taken, or nothing."""
    if refusal is None:
        said = {"network_status": "approved_by_network", "type": "authorized", "risk_level": "normal"}
        return {"status": "succeeded", "paid": True, "captured": True, "amount_captured": amount, "outcome": said}
    reason = refusal.get("decline_code") or refusal["code"]
    said = {"network_status": "declined_by_network", "type": "issuer_declined", "reason": reason}
    why = {"failure_code": refusal["code"], "failure_message": refusal["message"]}
    return {"status": "failed", "paid": False, "captured": False, "amount_captured": 0, "outcome": said} | why


def _method(last4: str) -> dict[str, Any]:
    card = {"brand": "visa", "country": "US", "exp_month": 12, "exp_year": 2034, "funding": "credit", "last4": last4}
    return {"type": "card", "card": card | {"network": "visa"}}


def balance_transaction(state: State, source: dict[str, Any], kind: str, amount: int, fee: int) -> dict[str, Any]:
    now = int(state.now())
    detail = {"amount": fee, "currency": source["currency"], "type": "stripe_fee", "description": "Processing fees"}
    return complete(
        stripe.BalanceTransaction,
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": now + 2 * DAY if amount > 0 else now,
            "balance_type": "payments",
            "created": now,
            "currency": source["currency"],
            "description": source["description"],
            "fee": fee,
            "fee_details": [detail] if fee else [],
            "net": amount - fee,
            "reporting_category": kind,
            "source": source["id"],
            "status": "pending" if amount > 0 else "available",
            "type": kind,
        },
    )


def refund(state: State, paid: dict[str, Any], amount: int, given: dict[str, Any]) -> dict[str, Any]:
    return complete(
        stripe.Refund,
        {
            "id": new_id("re"),
            "object": "refund",
            "amount": amount,
            "charge": paid["id"],
            "created": int(state.now()),
            "currency": paid["currency"],
            "destination_details": {"type": "card", "card": {"type": "refund"}},
            "metadata": given.get("metadata") or {},
            "payment_intent": paid["payment_intent"],
            "reason": given.get("reason"),
            "status": "pending",
        },
    )


def customer(state: State, given: dict[str, Any]) -> dict[str, Any]:
    taken = ("description", "email", "name", "phone", "preferred_locales")
    return complete(
        stripe.Customer,
        {name: given.get(name) for name in taken}
        | {
            "id": new_id("cus"),
            "object": "customer",
            "created": int(state.now()),
            "livemode": False,
            "metadata": given.get("metadata") or {},
        },
    )


def event(state: State, kind: str, subject: dict[str, Any], account: str, key: str | None) -> dict[str, Any]:
    made = complete(
        stripe.Event,
        {
            "id": new_id("evt"),
            "object": "event",
            "account": account or None,
            "api_version": VERSION,
            "created": int(state.now()),
            "data": {"object": subject},
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": new_id("req"), "idempotency_key": key},
            "type": kind,
        },
    )
    absent = {"account", "context"} - ({"account"} if account else set())
    made["data"].pop("previous_attributes")
    return {name: value for name, value in made.items() if name not in absent}


def balance(totals: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """From currency -> (available, pending)."""
    return complete(
        stripe.Balance,
        {
            "object": "balance",
            "available": [{"amount": sums[0], "currency": code} for code, sums in sorted(totals.items())],
            "livemode": False,
            "pending": [{"amount": sums[1], "currency": code} for code, sums in sorted(totals.items())],
        },
    )
