"""Stripe's own list of what happened, kept by it for 30 days."""

import json
from collections.abc import Iterator
from datetime import datetime

from donations.stripe.gateway.client import client, errors_told, options
from donations.stripe.gateway.facts import EventFacts

PAGE = 100


def list_events(since: datetime, *, account: str = "") -> Iterator[EventFacts]:
    """Newest first. Raises OutcomeUnknownError or StripeRefusedError, also in the middle of the list."""
    with errors_told():
        listed = client().v1.events.list({"created": {"gte": int(since.timestamp())}, "limit": PAGE}, options(account))
        for event in listed.auto_paging_iter():
            told = event.to_dict(for_json=True)
            if account:
                told.setdefault("account", account)
            yield EventFacts(event.id, json.dumps(told).encode())
