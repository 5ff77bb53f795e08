"""The connection to Stripe: version, timeouts, retries, and what its errors mean here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

import stripe
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from donations.stripe.gateway.errors import OutcomeUnknownError, StripeRefusedError, UntrustedError

RETRIES = 2
CONNECT_SECONDS, READ_SECONDS = 3, 10
SERVER_ERROR, TOO_MANY = 500, 429
LIVE = ("sk_live", "rk_live")
logging.getLogger("stripe").setLevel(logging.WARNING)


def client() -> stripe.StripeClient:
    return _client(settings.STRIPE_API_KEY, settings.STRIPE_API_BASE, settings.STRIPE_API_VERSION)


@cache
def _client(key: str, base: str | None, version: str) -> stripe.StripeClient:
    if base and key.startswith(LIVE):
        raise ImproperlyConfigured("A live Stripe key is never sent to STRIPE_API_BASE.")
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": base} if base else {},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, READ_SECONDS)),
    )


def options(account: str, key: str = "") -> Any:
    """Headers of one request. The account that owns the key is not named: naming it is for connected accounts."""
    chosen = {}
    if account and account != settings.STRIPE_OWN_ACCOUNT:
        chosen["stripe_account"] = account
    if key:
        chosen["idempotency_key"] = key
    return chosen


@contextmanager
def errors_told() -> Iterator[None]:
    """Turns the library's errors into the two that matter: refused (nothing was made) and unknown."""
    try:
        yield
    except stripe.APIConnectionError as trouble:
        raise OutcomeUnknownError(str(trouble.user_message or trouble)) from trouble
    except stripe.StripeError as trouble:
        status = trouble.http_status or SERVER_ERROR
        if status >= SERVER_ERROR or status == TOO_MANY:
            unknown = OutcomeUnknownError(f"{status}: {trouble.user_message or trouble}")
            unknown.was_replayed = (trouble.headers or {}).get("Idempotent-Replayed") == "true"
            raise unknown from trouble
        raise StripeRefusedError(trouble.code or type(trouble).__name__, str(trouble.user_message)) from trouble


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def identifier(value: Any) -> str:
    """Of a field that holds an id, an expanded object or nothing."""
    return "" if value is None else value if isinstance(value, str) else str(value.id)


def words(metadata: Any) -> dict[str, str]:
    return dict(metadata.to_dict()) if metadata else {}


def verify(raw: bytes, signature: str) -> None:
    """Raises UntrustedError unless one of our secrets signed these bytes in the last five minutes.

    The library raises whatever it stumbles over (TypeError, UnicodeDecodeError, AttributeError): all of it means no.
    """
    trouble: Exception | None = None
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(raw, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
        except Exception as caught:  # noqa: BLE001  (see above: whoever sends chooses the bytes, so any error is a no)
            trouble = caught
        else:
            return
    raise UntrustedError("no secret of ours signed this") from trouble
