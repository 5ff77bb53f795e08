"""One API request from headers and bytes to status and JSON: key, version, checks, idempotency, chaos."""

import hashlib
import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from donations.stripe.sandbox import api, objects, parameters, wire
from donations.stripe.sandbox.acts import Caller
from donations.stripe.sandbox.errors import ApiError
from donations.stripe.sandbox.state import State, new_id


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    base: str


@dataclass(frozen=True)
class Answer:
    """`hangs` says that the connection shall be left without an answer."""

    status: int
    body: bytes
    headers: dict[str, str]
    hangs: bool = False


def answer(state: State, request: Request) -> Answer:
    headers = {"Content-Type": "application/json", "Request-Id": new_id("req"), "Stripe-Version": objects.VERSION}
    try:
        status, body, extra, hangs = _act(state, request)
        return Answer(status, body, headers | extra, hangs)
    except ApiError as error:
        return Answer(error.status, error.as_json(), headers)
    except Exception:  # noqa: BLE001  (whatever else happens is a fault of the sandbox and must reach the terminal)
        traceback.print_exc()
        return Answer(500, ApiError(500, "The sandbox itself failed.", kind="api_error").as_json(), headers)


def _act(state: State, request: Request) -> tuple[int, bytes, dict[str, str], bool]:
    _check_key(request.headers.get("Authorization", ""))
    _check_version(request.headers.get("Stripe-Version", objects.VERSION))
    split = urlsplit(request.target)
    route, target = api.route_for(request.method, split.path)
    raw = wire.read(request.body if request.method == "POST" else split.query)
    caller = Caller(request.headers.get("Stripe-Account", ""), request.headers.get("Idempotency-Key") or None)
    if request.method != "POST":
        with state.act():
            return 200, _write(_run(state, route, api.Call(state, raw, caller, request.base, target))), {}, False
    with state.act():
        return _write_once(state, route, api.Call(state, raw, caller, request.base, target))


def _check_key(authorization: str) -> None:
    key = authorization.removeprefix("Bearer ")
    if key.startswith(("sk_live", "rk_live")):
        raise ApiError(401, "This is a sandbox. It takes no live key.", code="api_key_invalid")
    if not key.startswith(("sk_test_", "rk_test_")):
        raise ApiError(401, "You did not provide an API key.", code="")


def _check_version(version: str) -> None:
    if version != objects.VERSION:
        message = f"This sandbox answers in version {objects.VERSION} only; the request asks for {version[:40]}."
        raise ApiError(400, message)


def _run(state: State, route: api.Route, call: api.Call) -> dict[str, Any]:
    given = parameters.check(route.contract, call.given)
    paths = given.pop("expand", [])
    done = route.answer(api.Call(state, given, call.caller, call.base, call.target))
    return api.expand(state, done, paths)


def _write_once(state: State, route: api.Route, call: api.Call) -> tuple[int, bytes, dict[str, str], bool]:
    """The same key answers the same, even a 500; with other parameters it is refused."""
    fingerprint = _fingerprint(route, call)
    key, account = call.caller.key, call.caller.account
    before = state.replay(account, key) if key else None
    if before is not None:
        if before[0] != fingerprint:
            message = (
                f"Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request."
            )
            raise ApiError(400, message, kind="idempotency_error")
        return before[1], _write(before[2]), {"Idempotent-Replayed": "true"} | _advice(before[1]), False
    status, body = 200, _run(state, route, call)
    hangs = state.knobs.hang > 0
    if hangs:
        state.knobs = state.knobs.spent("hang")
    elif state.knobs.fail:
        state.knobs = state.knobs.spent("fail")
        status, body = 500, ApiError(500, "Something went wrong on Stripe's end.", kind="api_error").body()
    if key:
        state.remember(account, key, fingerprint, status, body)
    return status, _write(body), _advice(status), hangs


def _advice(status: int) -> dict[str, str]:
    return {"Stripe-Should-Retry": "false"} if status >= 500 else {}


def _fingerprint(route: api.Route, call: api.Call) -> str:
    told = json.dumps([route.pattern.pattern, call.target, call.given], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _write(body: dict[str, Any]) -> bytes:
    return json.dumps(body, indent=2).encode()
