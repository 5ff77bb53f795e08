"""What donors, time and the API do to payments. Every act runs inside `state.act()` and tells its events."""

import random
import time
from dataclasses import dataclass
from typing import Any

from donations.stripe.sandbox import objects
from donations.stripe.sandbox.errors import ApiError
from donations.stripe.sandbox.state import State

CARDS: dict[str, dict[str, str] | None] = {
    "4242": None,
    "3220": None,
    "0002": {"code": "card_declined", "decline_code": "generic_decline", "message": "Your card was declined."},
    "9995": {
        "code": "card_declined",
        "decline_code": "insufficient_funds",
        "message": "Your card has insufficient funds.",
    },
    "0069": {"code": "expired_card", "decline_code": "expired_card", "message": "Your card has expired."},
}
CHALLENGE = "3220"
REFUSED_CHALLENGE = {
    "code": "payment_intent_authentication_failure",
    "message": "We are unable to authenticate your payment method. Please choose a different payment method.",
}


@dataclass(frozen=True)
class Caller:
    """On whose behalf an act happens; the events it causes carry both."""

    account: str = ""
    key: str | None = None


def tell(state: State, kind: str, subject: dict[str, Any], caller: Caller) -> None:
    """Write the event; it leaves as the knobs say."""
    happened = objects.event(state, kind, subject, caller.account, caller.key)
    state.add("event", happened, caller.account)
    if state.knobs.drop:
        state.knobs = state.knobs.spent("drop")
        return
    for _ in range(1 + state.knobs.duplicate):
        jitter = random.uniform(0, 0.4) if state.knobs.shuffle else 0  # noqa: S311 - chaos, not a secret
        state.send_later(happened["id"], time.time() + state.knobs.delay / 1000 + jitter)


def open_payment(state: State, checkout: dict[str, Any]) -> dict[str, Any]:
    """The intent of a session is made with its first attempt, not before."""
    if checkout["payment_intent"]:
        return state.get("payment_intent", checkout["payment_intent"])
    account = state.account_of(checkout["id"])
    data = state.get("plan", f"plan_{checkout['id']}")["payment_intent_data"]
    intent = state.add("payment_intent", objects.payment_intent(state, checkout, data), account)
    state.change(checkout, payment_intent=intent["id"])
    tell(state, "payment_intent.created", intent, Caller(account))
    return intent


def try_card(state: State, session_id: str, last4: str) -> dict[str, Any]:
    """The donor pays with a test card. Answers the session; its intent says what the bank said."""
    checkout = state.get("checkout.session", session_id)
    if checkout["status"] != "open":
        return checkout
    intent = open_payment(state, checkout)
    if last4 == CHALLENGE:
        state.change(intent, status="requires_action", next_action=_ask_bank(checkout))
        tell(state, "payment_intent.requires_action", intent, Caller(state.account_of(session_id)))
        return checkout
    refusal = CARDS[last4]
    return (
        _take(state, checkout, intent, last4) if refusal is None else _decline(state, checkout, intent, last4, refusal)
    )


def _ask_bank(checkout: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "redirect_to_url",
        "redirect_to_url": {"return_url": checkout["url"], "url": f"{checkout['url']}/bank"},
    }


def answer_challenge(state: State, session_id: str, *, approved: bool) -> dict[str, Any]:
    """The donor's bank has asked and heard. Without a question there is nothing to answer."""
    checkout = state.get("checkout.session", session_id)
    if checkout["status"] != "open" or not checkout["payment_intent"]:
        return checkout
    intent = state.get("payment_intent", checkout["payment_intent"])
    if intent["status"] != "requires_action":
        return checkout
    if approved:
        return _take(state, checkout, intent, CHALLENGE)
    _refuse(state, intent, REFUSED_CHALLENGE, None)
    return checkout


def _take(state: State, checkout: dict[str, Any], intent: dict[str, Any], last4: str) -> dict[str, Any]:
    caller = Caller(state.account_of(checkout["id"]))
    email = checkout["customer_email"]
    paid = state.add("charge", objects.charge(state, intent, last4, email, None), caller.account)
    if state.knobs.lag_ms:
        state.schedule(state.now() + state.knobs.lag_ms / 1000, "book", paid["id"])
    else:
        book(state, paid)
    state.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=paid["id"],
        payment_method=paid["payment_method"],
        next_action=None,
        last_payment_error=None,
    )
    details = {"email": email, "name": None, "phone": None, "address": dict(objects.ADDRESS), "tax_exempt": "none"}
    details |= {"tax_ids": [], "business_name": None, "individual_name": None}
    state.change(checkout, status="complete", payment_status="paid", customer_details=details, url=None)
    tell(state, "charge.succeeded", paid, caller)
    tell(state, "payment_intent.succeeded", intent, caller)
    tell(state, "checkout.session.completed", checkout, caller)
    return checkout


def book(state: State, paid: dict[str, Any]) -> None:
    amount = paid["amount"]
    booked = objects.balance_transaction(state, paid, "charge", amount, objects.fee_on(amount))
    state.add("balance_transaction", booked, state.account_of(paid["id"]))
    state.change(paid, balance_transaction=booked["id"])


def _decline(
    state: State, checkout: dict[str, Any], intent: dict[str, Any], last4: str, why: dict[str, str]
) -> dict[str, Any]:
    caller = Caller(state.account_of(checkout["id"]))
    failed = state.add("charge", objects.charge(state, intent, last4, checkout["customer_email"], why), caller.account)
    tell(state, "charge.failed", failed, caller)
    _refuse(state, intent, why, failed["id"])
    return checkout


def _refuse(state: State, intent: dict[str, Any], why: dict[str, str], failed: str | None) -> None:
    error = {"type": "card_error" if failed else "invalid_request_error", "charge": failed, **why}
    state.change(
        intent,
        status="requires_payment_method",
        last_payment_error=error,
        next_action=None,
        latest_charge=failed or intent["latest_charge"],
    )
    tell(state, "payment_intent.payment_failed", intent, Caller(state.account_of(intent["id"])))


def expire(state: State, session_id: str, caller: Caller | None = None) -> dict[str, Any]:
    """Raises ApiError 400 when the session is no longer open."""
    checkout = state.get("checkout.session", session_id, caller.account if caller else None)
    if checkout["status"] != "open":
        message = f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {checkout["status"]}.'
        raise ApiError(400, message)
    state.change(checkout, status="expired", url=None)
    whose = caller or Caller(state.account_of(session_id))
    if checkout["payment_intent"]:
        intent = state.get("payment_intent", checkout["payment_intent"])
        state.change(
            intent, status="canceled", canceled_at=int(state.now()), cancellation_reason="expired", next_action=None
        )
        tell(state, "payment_intent.canceled", intent, whose)
    tell(state, "checkout.session.expired", checkout, whose)
    return checkout


def give_back(state: State, given: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """A refund of a charge, whole or part. Raises ApiError 400 above what is left."""
    paid = _charge_of(state, given, caller)
    amount, left = given.get("amount"), paid["amount"] - paid["amount_refunded"]
    if not left:
        raise ApiError(400, f"Charge {paid['id']} has already been refunded.", code="charge_already_refunded")
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise ApiError(
            400, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount"
        )
    made = state.add("refund", objects.refund(state, paid, amount, given), caller.account)
    source = made | {"description": paid["description"]}
    moved = objects.balance_transaction(state, source, "refund", -amount, 0)
    state.add("balance_transaction", moved, caller.account)
    state.change(made, balance_transaction=moved["id"])
    state.change(paid, amount_refunded=paid["amount_refunded"] + amount, refunded=amount == left)
    tell(state, "refund.created", made, caller)
    tell(state, "charge.refunded", paid, caller)
    return made if state.knobs.pending_refunds else settle_refund(state, made["id"], "succeeded", caller)


def _charge_of(state: State, given: dict[str, Any], caller: Caller) -> dict[str, Any]:
    if given.get("charge"):
        paid = state.get("charge", given["charge"], caller.account)
    elif given.get("payment_intent"):
        intent = state.get("payment_intent", given["payment_intent"], caller.account)
        if intent["status"] != "succeeded":
            raise ApiError(400, f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
        paid = state.get("charge", intent["latest_charge"])
    else:
        raise ApiError(400, "One of the following params should be provided: payment_intent or charge.")
    if paid["status"] != "succeeded":
        raise ApiError(400, f"Charge {paid['id']} did not succeed and cannot be refunded.")
    return paid


def settle_refund(state: State, refund_id: str, status: str, caller: Caller | None = None) -> dict[str, Any]:
    """`failed` brings the money back to the balance, as a card that no longer exists does."""
    made = state.get("refund", refund_id)
    whose = caller or Caller(state.account_of(refund_id))
    if made["status"] == status:
        return made
    if status == "failed":
        _bring_back(state, made, whose)
    state.change(made, status=status)
    tell(state, "refund.updated", made, whose)
    if status == "failed":
        tell(state, "refund.failed", made, whose)
    return made


def _bring_back(state: State, made: dict[str, Any], whose: Caller) -> None:
    paid = state.get("charge", made["charge"])
    source = made | {"description": paid["description"]}
    back = objects.balance_transaction(state, source, "refund_failure", made["amount"], 0)
    state.add("balance_transaction", back, whose.account)
    state.change(made, failure_balance_transaction=back["id"], failure_reason="expired_or_canceled_card")
    state.change(paid, amount_refunded=paid["amount_refunded"] - made["amount"], refunded=False)


def pass_time(state: State) -> None:
    """Do what is due by the sandbox's clock."""
    for act, target in state.take_due():
        if act == "book":
            paid = state.get("charge", target)
            book(state, paid)
            tell(state, "charge.updated", paid, Caller(state.account_of(target)))
        elif act == "expire" and state.get("checkout.session", target)["status"] == "open":
            expire(state, target)
