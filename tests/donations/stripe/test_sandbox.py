"""The stand-in itself: what it refuses, how it misbehaves on demand, what its pages say."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import stripe

from donations.stripe.sandbox import shapes
from donations.stripe.sandbox.server import Sandbox
from donations.stripe.sandbox.texts import TEXTS, amount
from tests.support.sandbox import SECRET, StripeSandbox

ITEM = {"quantity": 1, "price_data": {"currency": "usd", "unit_amount": 2_500, "product_data": {"name": "Gift <b>"}}}
ORDER = {
    "mode": "payment",
    "line_items": [ITEM],
    "success_url": "http://localhost:9/thanks/{CHECKOUT_SESSION_ID}",
    "cancel_url": "http://localhost:9/back",
}


class Listener:
    """A webhook endpoint that remembers what came, and refuses the first so many."""

    def __init__(self) -> None:
        self.came: list[stripe.Event] = []
        self.refusals = 0
        listener = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                happened = stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], SECRET)
                refused = listener.refusals > 0
                listener.refusals -= refused
                if not refused:
                    listener.came.append(happened)
                self.send_response(500 if refused else 200)
                self.end_headers()

            def log_message(self, *args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def types(self, count: int) -> list[str]:
        """Waits until so many have come."""
        deadline = time.monotonic() + 60
        while len(self.came) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return [happened.type for happened in self.came]


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    Thread(target=made.server.serve_forever, args=(0.05,), daemon=True).start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told(listener: Listener) -> Iterator[StripeSandbox]:
    """A sandbox that sends its webhooks to the listener."""
    with Sandbox(webhook=listener.url, secret=SECRET) as running:
        yield StripeSandbox(running.url)


def library(sandbox: StripeSandbox, key: str = "sk_test_x", version: str = "2026-10-28.endive") -> stripe.StripeClient:
    return stripe.StripeClient(key, base_addresses={"api": sandbox.url}, stripe_version=version)


def page(url: str, **form: str) -> tuple[int, str]:
    """Status and page, or 303 and where it leads."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None: ...

    data = urllib.parse.urlencode(form).encode() if form else None
    try:
        with urllib.request.build_opener(Stay).open(url, data) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as other:
        with other:
            return other.code, other.headers.get("Location") or other.read().decode()


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"sucess_url": "x"}, "sucess_url"),
        ({"mode": "pay"}, "mode"),
        ({"locale": "ar"}, "locale"),
        ({"metadata": "text"}, "metadata"),
        ({"line_items": [{"quantity": "many"}]}, "line_items[0][quantity]"),
        ({"line_items": [{"price_data": {"unit_amount": 5}}]}, "line_items[0][price_data][currency]"),
        ({"success_url": "javascript:alert(1)"}, "success_url"),
        ({"expires_at": 5}, "expires_at"),
    ],
)
def test_a_wrong_parameter_is_named(sandbox: StripeSandbox, changed: dict, param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        library(sandbox).v1.checkout.sessions.create(ORDER | changed)
    assert (refusal.value.http_status, refusal.value.param) == (400, param)


def test_live_keys_and_other_versions_are_refused(sandbox: StripeSandbox) -> None:
    with pytest.raises(stripe.AuthenticationError):
        library(sandbox, "sk_live_x").v1.balance.retrieve()
    with pytest.raises(stripe.InvalidRequestError, match="answers in version"):
        library(sandbox, version="2020-01-01").v1.balance.retrieve()


def test_the_version_is_echoed_and_a_repeated_key_says_so(sandbox: StripeSandbox) -> None:
    sessions = library(sandbox).v1.checkout.sessions
    first, second = (sessions.create(ORDER, {"idempotency_key": "k"}) for _ in range(2))
    assert first.id == second.id
    assert second.last_response.headers["Stripe-Version"] == "2026-10-28.endive"
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        sessions.create(ORDER | {"client_reference_id": "2"}, {"idempotency_key": "k"})


def test_an_object_with_a_field_that_stripe_has_not_is_never_sent() -> None:
    with pytest.raises(shapes.ShapeError, match="Refund has no colour"):
        shapes.complete(stripe.Refund, {"colour": "red"})
    with pytest.raises(shapes.ShapeError, match="needs"):
        shapes.complete(stripe.Refund, {"id": "re_1"})


def test_lists_are_paged_filtered_and_expanded(sandbox: StripeSandbox) -> None:
    v1 = library(sandbox).v1
    made = [v1.checkout.sessions.create(ORDER).id for _ in range(5)]
    assert [one.id for one in v1.checkout.sessions.list({"limit": 2}).auto_paging_iter()] == made[::-1]
    sandbox.pay(made[0])
    (charge,) = v1.charges.list({"expand": ["data.balance_transaction"]}).data
    assert charge.balance_transaction.net == 2_500 - 103
    assert v1.balance.retrieve().pending[0].amount == 2_397
    kinds = [one.type for one in v1.events.list({"types": ["charge.*", "checkout.session.completed"]}).data]
    assert kinds == ["checkout.session.completed", "charge.succeeded"]
    assert v1.customers.create({"email": "a@example.org"}).email == "a@example.org"


def test_webhooks_are_signed_and_tried_again_until_they_are_taken(told: StripeSandbox, listener: Listener) -> None:
    listener.refusals = 2
    told.chaos(retry_ms=20)
    told.pay(library(told).v1.checkout.sessions.create(ORDER).id)
    assert sorted(listener.types(4)) == [
        "charge.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]


def test_webhooks_are_doubled_dropped_and_held_back_on_demand(told: StripeSandbox, listener: Listener) -> None:
    session = library(told).v1.checkout.sessions.create(ORDER)
    told.chaos(duplicate=2, shuffle=True, delay=10, drop=1)
    told.pay(session.id)
    assert Counter(listener.types(9)) == {
        "charge.succeeded": 3,
        "payment_intent.succeeded": 3,
        "checkout.session.completed": 3,
    }


def test_a_webhook_can_arrive_before_the_answer_of_its_call(told: StripeSandbox, listener: Listener) -> None:
    v1 = library(told).v1
    session = v1.checkout.sessions.create(ORDER)
    told.pay(session.id)
    listener.types(4)
    told.chaos(while_open=True)
    v1.refunds.create({"payment_intent": v1.checkout.sessions.retrieve(session.id).payment_intent})
    assert "refund.created" in [happened.type for happened in listener.came]


def test_a_knob_that_does_not_exist_is_an_error(sandbox: StripeSandbox) -> None:
    with pytest.raises(urllib.error.HTTPError):
        sandbox.chaos(earthquake=1)


@pytest.mark.parametrize(("locale", "strip"), [("en", "Sandbox: no money moves"), ("fr", "aucun argent ne circule")])
def test_the_page_says_in_its_language_that_no_money_moves(sandbox: StripeSandbox, locale: str, strip: str) -> None:
    session = library(sandbox).v1.checkout.sessions.create(ORDER | {"locale": locale, "customer_email": "a@b.example"})
    status, text = page(session.url)
    assert status == 200
    assert f'<html lang="{locale}">' in text
    assert strip in text
    assert text.count("<h1>") == 1
    assert "Gift &lt;b&gt;" in text
    assert "a@b.example" in text


def test_a_donor_is_declined_asked_by_the_bank_and_brought_back(sandbox: StripeSandbox) -> None:
    session = library(sandbox).v1.checkout.sessions.create(ORDER)
    assert "The card was declined. Nothing was taken." in page(f"{session.url}/pay", card="9995")[1]
    assert "is this you?" in page(f"{session.url}/pay", card="3220")[1]
    assert "could not confirm" in page(f"{session.url}/bank", answer="no")[1]
    page(f"{session.url}/pay", card="3220")
    there = (303, f"http://localhost:9/thanks/{session.id}")
    assert page(f"{session.url}/bank", answer="yes") == there
    assert page(f"{session.url}/pay", card="4242") == there
    assert "This payment is complete" in page(session.url)[1]
    assert len(library(sandbox).v1.balance_transactions.list({}).data) == 1


def test_a_donor_who_left_may_pay_until_the_page_expires(sandbox: StripeSandbox) -> None:
    v1 = library(sandbox).v1
    late, later = v1.checkout.sessions.create(ORDER), v1.checkout.sessions.create(ORDER)
    assert 'href="http://localhost:9/back"' in page(late.url)[1]
    sandbox.clock_ahead(80_000)
    assert page(f"{late.url}/pay", card="4242")[0] == 303
    sandbox.clock_ahead(90_000)
    assert "has expired" in page(f"{later.url}/pay", card="4242")[1]
    assert v1.checkout.sessions.retrieve(later.id).status == "expired"


def test_pages_that_are_not_there_are_404(sandbox: StripeSandbox) -> None:
    assert [page(f"{sandbox.url}{path}")[0] for path in ("/checkout/cs_x", "/checkout/", "/other", "/_other")] == [
        404
    ] * 4


def test_both_languages_say_everything_and_amounts_read_as_written_there() -> None:
    assert TEXTS["en"].keys() == TEXTS["fr"].keys()
    assert amount(123_456, "usd", "en") == "USD\u00a01,234.56"
    assert amount(123_456, "usd", "fr") == "1\u202f234,56\u00a0USD"
    assert (amount(500, "jpy", "en"), amount(1_500, "kwd", "en")) == ("JPY\u00a0500", "KWD\u00a01.500")


def start(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "FUNDPORTAL_SANDBOX": "1"} | changed
    command = [sys.executable, "-m", "donations.stripe.sandbox", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"FUNDPORTAL_SANDBOX": ""}, "starts only where"), ({"STRIPE_API_KEY": "rk_live_1"}, "live key")],
)
def test_the_process_refuses_to_start_where_it_has_no_business(changed: dict[str, str], sentence: str) -> None:
    ended = start("--port", "0", **changed)
    assert ended.returncode == 2
    assert sentence in ended.stderr


def test_a_process_keeps_its_payments_over_a_restart_and_knows_neither_django_nor_us(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite3"
    code = (
        "import sys, donations.stripe.sandbox.__main__ as m\n"
        "assert not {'django', 'fundportal'} & set(sys.modules), sorted(sys.modules)\n"
        "sys.exit(m.main(sys.argv[1:]))"
    )
    made = ""
    for _ in range(2):
        command = [sys.executable, "-c", code, "--port", "0", "--state", str(state), "--announce"]
        environment = os.environ | {"FUNDPORTAL_SANDBOX": "1"}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            running = StripeSandbox(process.stdout.readline().strip())
            sessions = library(running).v1.checkout.sessions
            made = made or sessions.create(ORDER).id
            assert json.loads(str(sessions.retrieve(made)))["status"] == "open"
            process.terminate()
            assert process.wait(timeout=60) == 0
