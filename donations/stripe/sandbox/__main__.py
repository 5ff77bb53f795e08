"""Started by `python -m donations.stripe.sandbox --port 12111 --webhook http://localhost:8000/stripe/webhook/`."""

import argparse
import os
import signal
import sys
import threading

from donations.stripe.sandbox.server import Sandbox


def refusal(environment: dict[str, str], webhook: str) -> str:
    """Why the sandbox may not start here, or an empty string."""
    if environment.get("FUNDPORTAL_SANDBOX") != "1":
        return "The Stripe sandbox starts only where FUNDPORTAL_SANDBOX=1 is set: in the demo and in tests."
    if environment.get("STRIPE_API_KEY", "").startswith(("sk_live", "rk_live")):
        return "STRIPE_API_KEY is a live key. The Stripe sandbox never runs beside one."
    if webhook and not webhook.startswith(("http://", "https://")):
        return "--webhook needs an address that starts with http:// or https://."
    return ""


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="donations.stripe.sandbox", description="A stand-in for Stripe. No money moves."
    )
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--webhook", default="", help="where webhooks go; without it they wait in /_outbox")
    parser.add_argument("--secret", default="whsec_sandbox", help="signs the webhooks")
    parser.add_argument("--state", default=":memory:", help="a file that keeps payments over a restart")
    parser.add_argument("--announce", action="store_true", help="print the address once it answers")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    chosen = read(arguments)
    why = refusal(dict(os.environ), chosen.webhook)
    if why:
        sys.stderr.write(why + "\n")
        return 2
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    address = {"port": chosen.port, "host": chosen.host}
    try:
        sandbox = Sandbox(**address, webhook=chosen.webhook, secret=chosen.secret, path=chosen.state)
    except OSError as trouble:
        sys.stderr.write(f"The Stripe sandbox cannot listen on {chosen.host}:{chosen.port}: {trouble.strerror}\n")
        return 1
    with sandbox:
        if chosen.announce:
            sys.stdout.write(f"{sandbox.url}\n")
            sys.stdout.flush()
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
