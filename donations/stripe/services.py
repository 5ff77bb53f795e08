"""The inbox: what Stripe says is kept first and applied afterwards, once."""

import json
import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Max

from donations.stripe import gateway, inbox
from donations.stripe.models import Event
from fundportal import clock
from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.funds.models import StripeAccount
from fundportal.lifecycle import move, why_not
from fundportal.tasks import after_commit

logger = logging.getLogger(__name__)
EVENT_ID = re.compile(r"[A-Za-z0-9_]{4,255}")
EVENT_TYPE = re.compile(r"[a-z0-9_.]{1,120}")
WORD = re.compile(r"[A-Za-z0-9_.-]{0,60}")
LOOK_BACK = timedelta(days=3)


def receive(raw: bytes, signature: str) -> bool:
    """Keeps a delivery; says whether it is new. Raises UntrustedError for whatever is not an event of ours."""
    gateway.verify(raw, signature)
    return keep(raw)


def keep(raw: bytes) -> bool:
    """Stores the bytes of an event that is known to come from Stripe, unless it is here already."""
    try:
        event = _read(raw)
    except Exception as trouble:  # signed, yet not an event: json and the checks raise many kinds
        raise gateway.UntrustedError("not an event for this portal") from trouble
    before = Event.objects.filter(event_id=event.event_id).exists()
    with transaction.atomic():
        Event.objects.bulk_create([event], ignore_conflicts=True)
        after_commit("stripe.drain_inbox")
    return not before


def _read(raw: bytes) -> Event:
    told = json.loads(raw.decode("utf-8"))
    subject = told["data"]["object"]
    account = told.get("account") or settings.STRIPE_OWN_ACCOUNT
    event = Event(
        event_id=_fitting(EVENT_ID, told["id"]),
        type=_fitting(EVENT_TYPE, told["type"]),
        account=_fitting(WORD, account),
        api_version=_fitting(WORD, told.get("api_version") or ""),
        livemode=told["livemode"],
        object_id=_fitting(WORD, str(subject.get("id") or "")[:60]) if isinstance(subject, dict) else "",
        payload=raw,
        happened_at=datetime.fromtimestamp(int(told["created"]), UTC),
    )
    if told.get("object") != "event" or event.livemode is not settings.STRIPE_LIVEMODE or not _is_ours(account):
        raise ValueError("an event of another kind, mode or account")
    return event


def _fitting(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"does not fit {pattern.pattern}")
    return value


def _is_ours(account: str) -> bool:
    return account == settings.STRIPE_OWN_ACCOUNT or StripeAccount.objects.filter(account_id=account).exists()


def drain_inbox(limit: int = 500) -> int:
    """Applies what is due, one event per transaction; returns how many were taken. Any number of workers may run."""
    taken = 0
    while taken < limit and apply_next():
        taken += 1
    return taken


@transaction.atomic
def apply_next() -> bool:
    """Takes one due event that no other worker holds. A worker that dies here leaves it as it was."""
    due = Event.objects.due().order_by("next_at", "pk")
    event = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if event is None:
        return False
    _apply(event)
    event.save()
    return True


def _apply(event: Event) -> None:
    handler = inbox.handler_for(event.type)
    if handler is None:
        move(event, "ignore")
        return
    try:
        with transaction.atomic():
            handler(event)
    except Exception as trouble:
        if isinstance(trouble, OperationalError | InterfaceError) and not connection.is_usable():
            raise
        logger.warning("Event %s could not be applied.", event.event_id, exc_info=True)
        _put_back(event, f"{type(trouble).__name__}: {trouble}")
    else:
        move(event, "finish")


def _put_back(event: Event, error: str) -> None:
    error = error.replace("\x00", "")
    move(event, "give_up" if why_not(event, "postpone") else "postpone", error=error)


@transaction.atomic
def retry_event(event_id: int, *, by: Actor) -> Event:
    """A person asks for a failed event to be tried again. Raises NotAllowed, or Refusal when it has not failed."""
    event = Event.objects.visible_to(by).select_for_update(of=("self",)).get(pk=event_id)
    account = StripeAccount.objects.filter(account_id=event.account).select_related("fund").first()
    fund = account.fund if account else None
    authorise(by, "stripe.retry", fund=fund)
    before = event.state
    move(event, "retry")
    event.save()
    record("stripe.retry", event, by=by, fund=fund, before=before, after=event.state)
    after_commit("stripe.drain_inbox")
    return event


def poll_events() -> int:
    """Asks Stripe for what it never managed to deliver; returns how many events were new."""
    accounts = list(StripeAccount.objects.order_by("pk").values_list("account_id", flat=True))
    return sum(_poll(account) for account in accounts or [settings.STRIPE_OWN_ACCOUNT])


def _poll(account: str) -> int:
    newest = Event.objects.filter(account=account).aggregate(at=Max("happened_at"))["at"] or clock.now()
    told = list(gateway.list_events(newest - LOOK_BACK, account=account))
    known = set(Event.objects.filter(event_id__in=[event.id for event in told]).values_list("event_id", flat=True))
    return sum(keep(event.payload) for event in reversed(told) if event.id not in known)
