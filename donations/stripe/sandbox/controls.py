"""Controls for tests and the demo; nothing of this exists at Stripe. All take and answer JSON."""

import json
import time
from typing import TYPE_CHECKING, Any

from donations.stripe.sandbox import acts
from donations.stripe.sandbox.chaos import Knobs
from donations.stripe.sandbox.delivery import signature
from donations.stripe.sandbox.errors import ApiError

if TYPE_CHECKING:
    from donations.stripe.sandbox.server import Sandbox


def control(sandbox: "Sandbox", method: str, path: str, given: dict[str, Any]) -> dict[str, Any]:
    """Raises ApiError 404 for a control that does not exist."""
    word, _, target = path.removeprefix("/_").partition("/")
    known = {"chaos": _chaos, "clock": _clock, "outbox": _outbox, "cards": _pay, "challenges": _challenge}
    known |= {"refunds": _refund, "sessions": _expire, "events": _invent, "webhook": _webhook}
    if word not in known:
        raise ApiError(404, f"No such control: {path[:80]}")
    with sandbox.state.act():
        return known[word](sandbox, method, target, given)


def _chaos(sandbox: "Sandbox", method: str, _: str, given: dict[str, Any]) -> dict[str, Any]:
    """GET reads the knobs, POST turns some, DELETE turns all off."""
    if method == "DELETE":
        sandbox.state.knobs = Knobs()
    elif method == "POST":
        sandbox.state.knobs = sandbox.state.knobs.turned(given)
    return sandbox.state.knobs.as_dict()


def _clock(sandbox: "Sandbox", method: str, _: str, given: dict[str, Any]) -> dict[str, Any]:
    """`{"offset": seconds}` sets how far the sandbox's clock is ahead; what falls due happens at once."""
    if method == "POST":
        offset = given.get("offset")
        if type(offset) is not int or offset < 0:
            raise ApiError(400, "offset: whole seconds, 0 or more", param="offset")
        sandbox.state.offset = offset
        acts.pass_time(sandbox.state)
    return {"offset": sandbox.state.offset, "now": int(sandbox.state.now())}


def _outbox(sandbox: "Sandbox", method: str, _: str, _given: dict[str, Any]) -> dict[str, Any]:
    """The signed webhooks that wait, in the order they would leave; DELETE also empties it."""
    letters = []
    for position, event, _tries in sandbox.state.deliveries(time.time() + 3_600):
        payload = json.dumps(sandbox.state.get("event", event))
        header = signature(payload.encode(), sandbox.postman.secret, int(time.time()))
        letters.append({"event": event, "payload": payload, "signature": header})
        if method == "DELETE":
            sandbox.state.settle_delivery(position, "fetched")
    return {"letters": letters}


def _pay(sandbox: "Sandbox", _method: str, session_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """`{"card": "4242"}`: what the donor does on the payment page, without the page."""
    last4 = given.get("card", "4242")
    if last4 not in acts.CARDS:
        raise ApiError(400, "No such test card", param="card")
    return acts.try_card(sandbox.state, session_id, last4)


def _challenge(sandbox: "Sandbox", _method: str, session_id: str, given: dict[str, Any]) -> dict[str, Any]:
    return acts.answer_challenge(sandbox.state, session_id, approved=given.get("approved") is True)


def _refund(sandbox: "Sandbox", _method: str, refund_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """What becomes of it: `{"status": "succeeded"}` or `{"status": "failed"}`."""
    if given.get("status") not in ("succeeded", "failed"):
        raise ApiError(400, "status: succeeded or failed", param="status")
    return acts.settle_refund(sandbox.state, refund_id, given["status"])


def _expire(sandbox: "Sandbox", _method: str, session_id: str, _given: dict[str, Any]) -> dict[str, Any]:
    return acts.expire(sandbox.state, session_id)


def _invent(sandbox: "Sandbox", _method: str, _: str, given: dict[str, Any]) -> dict[str, Any]:
    """`{"type": ..., "object": {...}}`: an event that nothing here would cause, such as a type yet unknown."""
    acts.tell(
        sandbox.state, str(given.get("type", "")), given.get("object") or {}, acts.Caller(given.get("account", ""))
    )
    return sandbox.state.newest_first("event", given.get("account", ""))[0]


def _webhook(sandbox: "Sandbox", _method: str, _: str, given: dict[str, Any]) -> dict[str, Any]:
    """`{"url": ...}` sends webhooks elsewhere from now on, an empty one keeps them in the outbox."""
    url = given.get("url", "")
    if url and not url.startswith(("http://127.0.0.1", "http://localhost")):
        raise ApiError(400, "Only this machine", param="url")
    sandbox.postman.url = url
    return {"url": url}
