"""The part of Stripe's API that one-off gifts use: routes, checks, lists, expansion."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from stripe.params import (
    BalanceRetrieveParams,
    BalanceTransactionListParams,
    BalanceTransactionRetrieveParams,
    ChargeListParams,
    ChargeRetrieveParams,
    CustomerCreateParams,
    CustomerRetrieveParams,
    EventListParams,
    EventRetrieveParams,
    PaymentIntentListParams,
    PaymentIntentRetrieveParams,
    RefundCreateParams,
    RefundListParams,
    RefundRetrieveParams,
)
from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionListParams,
    SessionRetrieveParams,
)

from donations.stripe.sandbox import acts, objects
from donations.stripe.sandbox.acts import Caller
from donations.stripe.sandbox.errors import ApiError, missing, wrong
from donations.stripe.sandbox.state import State

SMALLEST = 50
HALF_HOUR, DAY = 1_800, 86_400


@dataclass(frozen=True)
class Call:
    """One request that has been read and checked."""

    state: State
    given: dict[str, Any]
    caller: Caller
    base: str
    target: str = ""


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    contract: type
    answer: Callable[[Call], dict[str, Any]]


def create_session(call: Call) -> dict[str, Any]:
    given = call.given
    if given.get("mode") != "payment":
        raise wrong("This sandbox knows the payment mode only.", "mode", "parameter_missing")
    items = given.get("line_items") or []
    if not items:
        raise wrong("You must pass line_items in payment mode.", "line_items", "parameter_missing")
    for name in ("success_url", "cancel_url"):
        _check_url(given, name)
    _check_metadata(given)
    _check_metadata(given.get("payment_intent_data", {}))
    _check_expiry(call)
    amount, currency = _total(items)
    made = objects.session(call.state, given, amount, currency, call.base)
    call.state.add("checkout.session", made, call.caller.account)
    plan = {"id": f"plan_{made['id']}", "items": items, "payment_intent_data": given.get("payment_intent_data", {})}
    call.state.add("plan", plan, call.caller.account)
    call.state.schedule(made["expires_at"], "expire", made["id"])
    return made


def _check_url(given: dict[str, Any], name: str) -> None:
    if name == "success_url" and not given.get(name):
        raise wrong("You must pass success_url.", name, "parameter_missing")
    if given.get(name) and urlsplit(given[name]).scheme not in ("http", "https"):
        raise wrong("Not a valid URL", name, "url_invalid")


def _check_metadata(given: dict[str, Any]) -> None:
    metadata = given.get("metadata") or {}
    if len(metadata) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in metadata.items()):
        raise wrong(
            "Metadata takes 50 keys of 40 characters with 500 characters each.", "metadata", "metadata_too_long"
        )


def _check_expiry(call: Call) -> None:
    ends = call.given.get("expires_at")
    now = call.state.now()
    if ends is not None and not now + HALF_HOUR - 60 <= ends <= now + DAY + 60:
        raise wrong("The expires_at timestamp must be between 30 minutes and 24 hours from now.", "expires_at", "")


def _total(items: list[dict[str, Any]]) -> tuple[int, str]:
    total, currencies = 0, set()
    for place, item in enumerate(items):
        price = item.get("price_data") or {}
        if "unit_amount" not in price:
            where = f"line_items[{place}][price_data][unit_amount]"
            raise wrong(f"Missing required param: {where}.", where, "parameter_missing")
        total += price["unit_amount"] * item.get("quantity", 1)
        currencies.add(price["currency"].lower())
    if len(currencies) != 1 or not re.fullmatch("[a-z]{3}", min(currencies)):
        raise wrong("Invalid currency", "line_items[0][price_data][currency]", "parameter_invalid")
    if total < SMALLEST:
        raise ApiError(
            400, "The Checkout Session's total amount due must add up to at least $0.50", code="amount_too_small"
        )
    return total, currencies.pop()


def expire_session(call: Call) -> dict[str, Any]:
    return acts.expire(call.state, call.target, call.caller)


def create_refund(call: Call) -> dict[str, Any]:
    _check_metadata(call.given)
    return acts.give_back(call.state, call.given, call.caller)


def create_customer(call: Call) -> dict[str, Any]:
    _check_metadata(call.given)
    return call.state.add("customer", objects.customer(call.state, call.given), call.caller.account)


def read_balance(call: Call) -> dict[str, Any]:
    totals: dict[str, tuple[int, int]] = {}
    for moved in call.state.newest_first("balance_transaction", call.caller.account):
        available, pending = totals.get(moved["currency"], (0, 0))
        if moved["available_on"] <= call.state.now():
            available += moved["net"]
        else:
            pending += moved["net"]
        totals[moved["currency"]] = (available, pending)
    return objects.balance(totals or {"usd": (0, 0)})


def retrieve(kind: str) -> Callable[[Call], dict[str, Any]]:
    return lambda call: call.state.get(kind, call.target, call.caller.account)


def listing(kind: str, *equal: str) -> Callable[[Call], dict[str, Any]]:
    """A list, newest first, filtered by fields of the same name and by `created`, `type`, `types`."""

    def answer(call: Call) -> dict[str, Any]:
        found = [
            thing
            for thing in call.state.newest_first(kind, call.caller.account)
            if all(thing[name] == call.given[name] for name in equal if name in call.given)
            and _is_created(thing, call.given.get("created"))
            and _is_of_type(thing, call.given)
        ]
        return _page(found, call.given, kind)

    return answer


def _is_created(thing: dict[str, Any], wanted: Any) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return thing["created"] == wanted
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    return all(tests[name](thing["created"], bound) for name, bound in wanted.items())


def _is_of_type(thing: dict[str, Any], given: dict[str, Any]) -> bool:
    wanted = given.get("types") or ([given["type"]] if "type" in given else [])
    return not wanted or any(
        re.fullmatch(word.replace(".", r"\.").replace("*", ".*"), thing["type"]) for word in wanted
    )


def _page(found: list[dict[str, Any]], given: dict[str, Any], kind: str) -> dict[str, Any]:
    limit = given.get("limit", 10)
    if not 1 <= limit <= 100:
        raise wrong("This value must be between 1 and 100.", "limit", "parameter_invalid_integer")
    places = {thing["id"]: place for place, thing in enumerate(found)}
    for name in ("starting_after", "ending_before"):
        if name in given and given[name] not in places:
            raise missing(kind, given[name], name)
    if "ending_before" in given:
        stop = places[given["ending_before"]]
        start = max(0, stop - limit)
        return _as_list(found[start:stop], kind, has_more=start > 0)
    start = places[given["starting_after"]] + 1 if "starting_after" in given else 0
    return _as_list(found[start : start + limit], kind, has_more=len(found) > start + limit)


def _as_list(page: list[dict[str, Any]], kind: str, *, has_more: bool) -> dict[str, Any]:
    return {"object": "list", "data": page, "has_more": has_more, "url": f"/v1/{kind.replace('.', '/')}s"}


def _route(method: str, path: str, contract: type, answer: Callable[[Call], dict[str, Any]]) -> Route:
    return Route(method, re.compile(path.replace("{id}", "([A-Za-z0-9_]{1,90})")), contract, answer)


ROUTES = (
    _route("POST", "/v1/checkout/sessions", SessionCreateParams, create_session),
    _route(
        "GET",
        "/v1/checkout/sessions",
        SessionListParams,
        listing("checkout.session", "status", "payment_intent", "customer"),
    ),
    _route("GET", "/v1/checkout/sessions/{id}", SessionRetrieveParams, retrieve("checkout.session")),
    _route("POST", "/v1/checkout/sessions/{id}/expire", SessionExpireParams, expire_session),
    _route("POST", "/v1/customers", CustomerCreateParams, create_customer),
    _route("GET", "/v1/customers/{id}", CustomerRetrieveParams, retrieve("customer")),
    _route("GET", "/v1/payment_intents", PaymentIntentListParams, listing("payment_intent", "customer")),
    _route("GET", "/v1/payment_intents/{id}", PaymentIntentRetrieveParams, retrieve("payment_intent")),
    _route("GET", "/v1/charges", ChargeListParams, listing("charge", "payment_intent", "customer")),
    _route("GET", "/v1/charges/{id}", ChargeRetrieveParams, retrieve("charge")),
    _route("POST", "/v1/refunds", RefundCreateParams, create_refund),
    _route("GET", "/v1/refunds", RefundListParams, listing("refund", "payment_intent", "charge")),
    _route("GET", "/v1/refunds/{id}", RefundRetrieveParams, retrieve("refund")),
    _route(
        "GET",
        "/v1/balance_transactions",
        BalanceTransactionListParams,
        listing("balance_transaction", "source", "currency"),
    ),
    _route("GET", "/v1/balance_transactions/{id}", BalanceTransactionRetrieveParams, retrieve("balance_transaction")),
    _route("GET", "/v1/balance", BalanceRetrieveParams, read_balance),
    _route("GET", "/v1/events", EventListParams, listing("event")),
    _route("GET", "/v1/events/{id}", EventRetrieveParams, retrieve("event")),
)


def route_for(method: str, path: str) -> tuple[Route, str]:
    """Raises ApiError 404 with Stripe's own sentence."""
    for route in ROUTES:
        match = route.pattern.fullmatch(path)
        if route.method == method and match:
            return route, match[1] if match.groups() else ""
    message = f"Unrecognized request URL ({method}: {path[:100]})."
    raise ApiError(404, message)


def expand(state: State, answer: Any, paths: list[str]) -> Any:
    """Put whole objects in place of their ids. Raises ApiError 400 for a field that does not exist."""
    for path in paths:
        _expand_one(state, answer, path.split("."), path)
    return answer


def _expand_one(state: State, node: Any, steps: list[str], path: str) -> None:
    if isinstance(node, list):
        for item in node:
            _expand_one(state, item, steps, path)
        return
    if not isinstance(node, dict) or steps[0] not in node:
        raise wrong(f"This property cannot be expanded ({path}).", "expand", "")
    if isinstance(node[steps[0]], str):
        node[steps[0]] = state.find(node[steps[0]]) or node[steps[0]]
    if len(steps) > 1 and node[steps[0]] is not None:
        _expand_one(state, node[steps[0]], steps[1:], path)
