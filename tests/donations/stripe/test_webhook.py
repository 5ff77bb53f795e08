"""Whatever knocks: 200 for an event of ours, 400 or 413 for everything else, never 500."""

import hashlib
import hmac
import json
import time

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.stripe.models import Event
from donations.stripe.states import EventState
from donations.stripe.views.webhook import LARGEST
from fundportal.funds.models import Fund, StripeAccount
from tests.support.sandbox import SECRET, StripeSandbox, post

ADDRESS = "/stripe/webhook/"
FUZZ = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEADERS = st.one_of(
    st.text(max_size=200),
    st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from(
        ["t=1,v1=é", "t=,v1=", "t=1", "v1=x", "t=x,v1=y", "t=1,v1", "=", ",,,", "t=99999999999999999999,v1=a"]
    ),
)
BODIES = st.one_of(
    st.binary(max_size=400), st.sampled_from([b"", b"[]", b"null", b"{}", b"\xff\xfe", b'{"id": 1}', b"[" * 300])
)


def signed(body: bytes, secret: str = SECRET, at: int | None = None) -> str:
    at = int(time.time()) if at is None else at
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def knock(client: Client, body: bytes, signature: str) -> int:
    return client.generic(
        "POST", ADDRESS, body, content_type="application/json", HTTP_STRIPE_SIGNATURE=signature
    ).status_code


def event(**changed: object) -> bytes:
    told = {
        "id": "evt_1",
        "object": "event",
        "type": "checkout.session.completed",
        "api_version": "2026-10-28.endive",
        "created": 1_760_000_000,
        "livemode": False,
        "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
    }
    return json.dumps({name: value for name, value in (told | changed).items() if value is not ...}).encode()


def test_the_address_is_the_one_given_to_stripe() -> None:
    assert reverse("stripe_webhook:webhook") == ADDRESS


@pytest.mark.django_db
def test_a_signed_event_is_kept_byte_for_byte(client: Client) -> None:
    body = event()
    assert knock(client, body, signed(body)) == 200
    kept = Event.objects.get()
    assert bytes(kept.payload) == body
    assert (kept.event_id, kept.type, kept.object_id) == ("evt_1", "checkout.session.completed", "cs_test_1")
    assert (kept.state, kept.attempts, kept.account) == (EventState.RECEIVED, 0, "")


@pytest.mark.django_db
def test_a_repeated_event_is_welcome_and_kept_once(client: Client) -> None:
    body = event()
    assert [knock(client, body, signed(body)) for _ in range(3)] == [200, 200, 200]
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_type_nobody_knows_is_kept_too(client: Client) -> None:
    body = event(id="evt_new", type="moon.landing.announced", data={"object": {}})
    assert knock(client, body, signed(body)) == 200
    assert Event.objects.get().type == "moon.landing.announced"


@pytest.mark.django_db
@FUZZ
@given(header=HEADERS, body=BODIES)
def test_any_bytes_are_answered_with_400(client: Client, header: str, body: bytes) -> None:
    assert knock(client, body, header.encode("utf-8", "replace").decode("latin-1")) == 400
    assert not Event.objects.exists()


@pytest.mark.django_db
@FUZZ
@given(body=BODIES)
def test_any_signed_bytes_that_are_no_event_are_answered_with_400(client: Client, body: bytes) -> None:
    assert knock(client, body, signed(body)) == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.django_db
@FUZZ
@given(
    field=st.sampled_from(["id", "object", "type", "api_version", "created", "livemode", "data", "account"]), value=JSON
)
def test_a_signed_event_with_any_value_in_any_field_is_kept_or_refused(
    client: Client, field: str, value: object
) -> None:
    body = event(**{field: value})
    assert knock(client, body, signed(body)) in (200, 400)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"livemode": True},
        {"livemode": "false"},
        {"account": "acct_strange"},
        {"id": "evt_\x00"},
        {"object": "v2.core.event"},
    ],
    ids=["real money", "a word for a mode", "another account", "a zero byte", "a thin event"],
)
def test_a_signed_event_of_another_mode_account_or_kind_is_refused(client: Client, changed: dict) -> None:
    body = event(**changed)
    assert knock(client, body, signed(body)) == 400
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_event_of_an_account_of_ours_is_kept_with_its_account(client: Client) -> None:
    fund = Fund.objects.create(code="practice", names={"en": "Practice"}, contact_email="fund@example.org")
    StripeAccount.objects.create(fund=fund, account_id="acct_practice")
    body = event(account="acct_practice")
    assert knock(client, body, signed(body)) == 200
    assert Event.objects.get().account == "acct_practice"


@pytest.mark.django_db
def test_both_secrets_are_good_while_they_are_exchanged(client: Client, settings) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", "whsec_old"]
    bodies = [event(id=f"evt_{secret}") for secret in ("new", "old", "older")]
    answers = [
        knock(client, body, signed(body, f"whsec_{body.decode().split('evt_')[1].split(chr(34))[0]}"))
        for body in bodies
    ]
    assert answers == [200, 200, 400]


@pytest.mark.django_db
def test_without_any_secret_nothing_is_believed(client: Client, settings) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = []
    assert knock(client, event(), signed(event())) == 400


@pytest.mark.django_db
def test_a_signature_older_than_five_minutes_is_refused(client: Client) -> None:
    body = event()
    assert knock(client, body, signed(body, at=int(time.time()) - 301)) == 400


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_refused_before_it_is_looked_at(client: Client) -> None:
    body = b"x" * (LARGEST + 1)
    assert knock(client, body, signed(body)) == 413
    assert knock(client, b"x" * LARGEST, signed(b"x" * LARGEST)) == 400


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_only_posts_are_taken(client: Client, method: str) -> None:
    assert client.generic(method, ADDRESS).status_code == 405


@pytest.mark.django_db
def test_the_webhook_needs_no_csrf_token(sandbox: StripeSandbox) -> None:
    sandbox.invent("checkout.session.completed", {"id": "cs_1"})
    (delivery,) = sandbox.take_deliveries()
    assert post(Client(enforce_csrf_checks=True), delivery) == 200
