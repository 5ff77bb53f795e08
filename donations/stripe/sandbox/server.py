"""The sandbox as an HTTP server on loopback: the API, the payment page, the controls."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from donations.stripe.sandbox import acts, answers, pages
from donations.stripe.sandbox.controls import control
from donations.stripe.sandbox.delivery import Postman
from donations.stripe.sandbox.errors import ApiError
from donations.stripe.sandbox.state import State

LARGEST = 512 * 1024


class Sandbox:
    """`with Sandbox(port=0, webhook=..., secret=...) as sandbox:` serves until the block ends."""

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        webhook: str = "",
        secret: str = "whsec_sandbox",  # noqa: S107  (what it signs is worth nothing)
        path: str = ":memory:",
    ) -> None:
        self.state = State(path)
        self.postman = Postman(self.state, webhook, secret)
        self.server = ThreadingHTTPServer((host, port), Handler)
        self.server.daemon_threads = True
        self.server.sandbox = self  # type: ignore[attr-defined]  # the handler is made by the server and finds us there
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104 - compared, not bound
        self.url = f"http://{shown}:{self.server.server_address[1]}"

    def __enter__(self) -> Self:
        self.postman.start()
        threading.Thread(target=self.server.serve_forever, args=(0.05,), name="sandbox", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.postman.stop()
        self.state.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "StripeSandbox"
    timeout = 60
    wbufsize = 1 << 16  # head and body leave as one packet; as two, the second waits 40 ms for a delayed ACK (RFC 896)

    @property
    def sandbox(self) -> Sandbox:
        return self.server.sandbox  # type: ignore[attr-defined, no-any-return]  # see Sandbox

    def log_message(self, *_: Any) -> None:
        """Quiet: the demo's terminal belongs to the demo."""

    def do_GET(self) -> None:
        self._answer("GET", b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST:
            self.close_connection = True
            return self._send(413, b"", {})
        return self._answer("POST", self.rfile.read(int(length)))

    def do_DELETE(self) -> None:
        self._answer("DELETE", b"")

    def _answer(self, method: str, body: bytes) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            return self._api(method, body)
        if path.startswith("/_"):
            return self._control(method, path, body)
        if path.startswith("/checkout/"):
            return self._page(method, path, body)
        if path == "/page.css":
            return self._send(
                200, pages.CSS, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600"}
            )
        return self._html(404, pages.gone(), None)

    def _api(self, method: str, body: bytes) -> None:
        base = self._base()
        answer = answers.answer(self.sandbox.state, answers.Request(method, self.path, self.headers, body, base))
        knobs = self.sandbox.state.knobs
        if knobs.while_open and method == "POST":
            self.sandbox.postman.send_due(wait=True)
        if answer.hangs:
            time.sleep(knobs.hang_ms / 1000)
            self.close_connection = True
            return
        self._send(answer.status, answer.body, answer.headers)

    def _base(self) -> str:
        """Checkout links name the host by which the caller reached us, as long as it is this machine."""
        host = self.headers.get("Host", "")
        return f"http://{host}" if host.split(":")[0] in ("localhost", "127.0.0.1") else self.sandbox.url

    def _control(self, method: str, path: str, body: bytes) -> None:
        try:
            given = json.loads(body or b"{}")
            told = control(self.sandbox, method, path, given if isinstance(given, dict) else {})
            self._send(200, json.dumps(told, indent=2).encode(), {"Content-Type": "application/json"})
        except ApiError as error:
            self._send(error.status, error.as_json(), {"Content-Type": "application/json"})
        except ValueError:
            self._send(400, b'{"error": "JSON expected"}', {"Content-Type": "application/json"})

    def _page(self, method: str, path: str, body: bytes) -> None:
        _, _, session_id, *rest = path.split("/")
        step = rest[0] if rest else ""
        state = self.sandbox.state
        try:
            with state.act():
                if method == "POST":
                    trouble = _take_part(state, session_id, step, parse_qs(body.decode("utf-8", "replace")))
                else:
                    trouble = ""
                checkout = state.get("checkout.session", session_id)
                items = state.get("plan", f"plan_{session_id}")["items"]
                asked = bool(checkout["payment_intent"]) and _is_asked(state, checkout)
        except ApiError:
            return self._html(404, pages.gone(), None)
        if method == "POST" and checkout["status"] == "complete":
            return self._redirect(pages.success_url(checkout), checkout)
        if checkout["status"] != "open":
            return self._html(200, pages.closed(checkout), checkout)
        if asked and (step == "bank" or method == "POST"):
            return self._html(200, pages.bank(checkout, items), checkout)
        return self._html(200, pages.pay(checkout, items, trouble), checkout)

    def _redirect(self, url: str, checkout: dict[str, Any]) -> None:
        self._send(303, b"", {"Location": url, "Content-Security-Policy": pages.policy(checkout)})

    def _html(self, status: int, page: bytes, checkout: dict[str, Any] | None) -> None:
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        }
        self._send(status, page, headers | {"Content-Security-Policy": pages.policy(checkout)})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


def _take_part(state: State, session_id: str, step: str, form: dict[str, list[str]]) -> str:
    """The donor's choice; answers the name of the sentence when it failed."""
    if step == "bank":
        checkout = acts.answer_challenge(state, session_id, approved=form.get("answer") == ["yes"])
        return "" if checkout["status"] != "open" else "no_challenge"
    last4 = form.get("card", ["4242"])[0]
    if last4 not in acts.CARDS:
        return "declined_more"
    checkout = acts.try_card(state, session_id, last4)
    return "declined_more" if checkout["status"] == "open" else ""


def _is_asked(state: State, checkout: dict[str, Any]) -> bool:
    return bool(state.get("payment_intent", checkout["payment_intent"])["status"] == "requires_action")
