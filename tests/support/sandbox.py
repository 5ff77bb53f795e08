"""The Stripe sandbox beside a test: a real server, spoken to over HTTP, a new one for each test."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from donations.stripe.sandbox.server import Sandbox

SECRET = "whsec_sandbox"


@dataclass(frozen=True)
class Delivery:
    """A signed webhook that waits in the sandbox's outbox."""

    event: str
    payload: str
    signature: str

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.payload)


@dataclass(frozen=True)
class StripeSandbox:
    """What donors, banks and bad networks do, at a sandbox that listens at `url`."""

    url: str

    def control(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        body = json.dumps(given).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self.url}/_{path}", data=body, method=method)
        with urllib.request.urlopen(request, timeout=90) as answer:
            return json.loads(answer.read())

    def pay(self, session_id: str, card: str = "4242") -> dict[str, Any]:
        """4242 goes through, 3220 asks the bank, 0002, 9995 and 0069 are declined."""
        return self.control("POST", f"cards/{session_id}", card=card)

    def answer_bank(self, session_id: str, *, approved: bool) -> dict[str, Any]:
        return self.control("POST", f"challenges/{session_id}", approved=approved)

    def expire(self, session_id: str) -> dict[str, Any]:
        return self.control("POST", f"sessions/{session_id}")

    def settle_refund(self, refund_id: str, status: str) -> dict[str, Any]:
        return self.control("POST", f"refunds/{refund_id}", status=status)

    def chaos(self, **knobs: Any) -> dict[str, Any]:
        return self.control("POST", "chaos", **knobs)

    def invent(self, kind: str, subject: dict[str, Any] | None = None, account: str = "") -> dict[str, Any]:
        return self.control("POST", "events", type=kind, object=subject or {}, account=account)

    def clock_ahead(self, seconds: int) -> None:
        self.control("POST", "clock", offset=seconds)

    def take_deliveries(self) -> list[Delivery]:
        """What Stripe would have sent by now, in its order; the outbox is empty afterwards."""
        return [Delivery(**letter) for letter in self.control("DELETE", "outbox")["letters"]]

    def deliver(self, client: Client) -> list[int]:
        """Posts what waits to the portal; returns the statuses."""
        return [post(client, delivery) for delivery in self.take_deliveries()]


def post(client: Client, delivery: Delivery) -> int:
    address = reverse("stripe_webhook:webhook")
    headers = {"Stripe-Signature": delivery.signature}
    return client.post(address, delivery.payload, content_type="application/json", headers=headers).status_code


@pytest.fixture
def sandbox(settings: Settings) -> Iterator[StripeSandbox]:
    with Sandbox(secret=SECRET) as running:
        settings.STRIPE_API_BASE = running.url
        settings.STRIPE_WEBHOOK_SECRETS = [SECRET]
        yield StripeSandbox(running.url)
