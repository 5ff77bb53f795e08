"""Writing calls: a committed row first, then the request; the same key for as long as the outcome is unknown."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from donations.stripe.gateway.client import errors_told
from donations.stripe.gateway.errors import CallChangedError, OutcomeUnknownError, StripeRefusedError
from donations.stripe.models import OutboundCall
from donations.stripe.states import CallState
from fundportal.lifecycle import move


def call_key(gift: UUID, attempt: int, op: str) -> str:
    return f"gift:{gift}:attempt:{attempt}:{op}"


@dataclass(frozen=True)
class Call:
    """`send(idempotency_key)` makes the object; `find(since)` looks for one a lost call made; `get(id)` reads it."""

    key: str
    op: str
    account: str
    params: dict[str, Any]
    send: Callable[[str], Any]
    find: Callable[[int], Any | None]
    get: Callable[[str], Any]


def once(call: Call) -> Any:
    """The object this key stands for, made now or before.

    Must not run inside a transaction of the caller: the row has to be committed before the request leaves, so Django
    raises RuntimeError there. Raises OutcomeUnknownError, StripeRefusedError, CallChangedError.
    """
    row, is_new = _begin(call)
    if row.state == CallState.ANSWERED:
        with errors_told():
            return call.get(row.object_id)
    made = None if is_new else _found(call, row)
    return _settled(row, made) if made else _ask(call, row)


def _ask(call: Call, row: OutboundCall) -> Any:
    try:
        with errors_told():
            made = call.send(row.idempotency_key)
    except StripeRefusedError as refusal:
        _end(row, "refuse", error=f"{refusal.code}: {refusal.message}")
        raise
    except OutcomeUnknownError as silence:
        _end(row, "lose", error=silence.message)
        made = _found_after(call, row, silence)
        if made is None:
            raise
    return _settled(row, made)


def _found(call: Call, row: OutboundCall) -> Any | None:
    """What an earlier try under this key has made, if anything. An hour of margin for two clocks."""
    with errors_told():
        return call.find(int(row.asked_at.timestamp()) - 3600)


def _found_after(call: Call, row: OutboundCall, silence: OutcomeUnknownError) -> Any | None:
    """Stripe saves its own errors under the key and repeats them; what it made nevertheless can be found."""
    try:
        made = _found(call, row)
    except (OutcomeUnknownError, StripeRefusedError):
        return None
    if made is None and silence.was_replayed:
        with transaction.atomic(durable=True):
            again = OutboundCall.objects.select_for_update().get(pk=row.pk)
            again.round += 1
            again.save()
    return made


def _begin(call: Call) -> tuple[OutboundCall, bool]:
    digest = hashlib.sha256(json.dumps([call.op, call.account, call.params], sort_keys=True).encode()).hexdigest()
    facts = {"op": call.op, "account": call.account, "digest": digest}
    with transaction.atomic(durable=True):
        row, is_new = OutboundCall.objects.select_for_update().get_or_create(key=call.key, defaults=facts)
        if row.digest != digest:
            raise CallChangedError(f"{call.key} was used before with other parameters")
        if not is_new and row.state != CallState.ANSWERED:
            move(row, "ask_again")
            row.save()
    return row, is_new


def _settled(row: OutboundCall, made: Any) -> Any:
    _end(row, "answer", object_id=made.id)
    return made


def _end(row: OutboundCall, name: str, **facts: str) -> None:
    """A second worker with the same key may have ended it already; both were given the same object."""
    with transaction.atomic(durable=True):
        current = OutboundCall.objects.select_for_update().get(pk=row.pk)
        if current.state == CallState.ANSWERED:
            return
        if current.state != CallState.ASKED:
            move(current, "ask_again")
        move(current, name, **facts)
        current.save()
