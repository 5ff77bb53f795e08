"""Signed webhooks, sent in the background, tried again with a growing pause."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from donations.stripe.sandbox import acts
from donations.stripe.sandbox.state import State

TRIES = 12
SECONDS = 10
TICK = 0.2


def signature(payload: bytes, secret: str, at: int) -> str:
    """The value of the Stripe-Signature header."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Postman:
    """Sends what is due; without an address the letters wait and can be fetched from /_outbox."""

    def __init__(self, state: State, url: str, secret: str) -> None:
        self.state, self.url, self.secret = state, url, secret
        self._bell = threading.Event()
        self._stopped = False
        self._hands = ThreadPoolExecutor(max_workers=4, thread_name_prefix="webhook")
        self._thread = threading.Thread(target=self._round, name="postman", daemon=True)
        state.ring = self._bell.set

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped = True
        self._bell.set()
        self._thread.join(timeout=5)
        self._hands.shutdown(wait=True, cancel_futures=True)

    def _round(self) -> None:
        while not self._stopped:
            self._bell.wait(TICK)
            with self.state.act():
                acts.pass_time(self.state)
            if self.url and not self._stopped:
                self.send_due()
            self._bell.clear()  # the round's own acts rang it too; whoever rang meanwhile waits a tick

    def send_due(self, *, wait: bool = False) -> None:
        for future in [self._hands.submit(self._send, *letter) for letter in self._take()]:
            if wait:
                future.result()

    def _take(self) -> list[tuple[int, str, int]]:
        """Mark what is due as on its way, so that no second round sends it too."""
        with self.state.act():
            due = self.state.deliveries(time.time())
            for position, _, _ in due:
                self.state.hold_delivery(position)
        return due

    def _send(self, position: int, event: str, tries: int) -> None:
        with self.state.act():
            payload = json.dumps(self.state.get("event", event)).encode()
        arrived = self._post(payload)
        with self.state.act():
            if arrived:
                self.state.change(self.state.get("event", event), pending_webhooks=0)
                self.state.settle_delivery(position, "sent")
            elif tries + 1 >= TRIES:
                self.state.settle_delivery(position, "given up")
            else:
                pause = min(60, self.state.knobs.retry_ms / 1000 * 2**tries)
                self.state.settle_delivery(position, "waiting", time.time() + pause)

    def _post(self, payload: bytes) -> bool:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(payload, self.secret, int(time.time())),
            "User-Agent": "Stripe/1.0 (sandbox)",
        }
        request = urllib.request.Request(self.url, data=payload, headers=headers, method="POST")  # noqa: S310 - http(s) only, checked at start
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - the same address
                return 200 <= response.status < 300
        except (urllib.error.URLError, OSError, ValueError):
            return False
