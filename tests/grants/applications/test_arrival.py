"""The moment that counts: the trusted front server's word where it can be true, else our own first look."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as ours
from django.test import RequestFactory

from fundportal import clock
from grants.applications.arrival import ArrivalMiddleware, arrival_of

SEEN = datetime(2027, 1, 29, 22, 0, 30, tzinfo=UTC)
SECONDS = int(SEEN.timestamp())


def arrival(header=None, **more):
    headers = {"X-Request-Start": header} if header is not None else {}
    request = RequestFactory().post("/", headers=headers, **more)
    with clock.at(SEEN):
        ArrivalMiddleware(lambda _request: None)(request)
    return arrival_of(request)


@pytest.fixture
def trusted(settings):
    settings.PROXY_HOPS, settings.TRUST_REQUEST_START = 1, True


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (f"t={SECONDS - 20}.500", -19.5),
        (f"{SECONDS - 20}500", -19.5),
        (f"t={SECONDS - 20}500000", -19.5),
        (f"{SECONDS - 20}", -20),
    ],
)
@pytest.mark.usefixtures("trusted")
def test_the_front_servers_word_counts_in_every_way_it_is_written(header, seconds):
    assert arrival(header) == SEEN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "header", [f"t={SECONDS + 5}", f"t={SECONDS - 3600}", "t=soon", "", "12", f"t=-{SECONDS}", "٣" * 10]
)
@pytest.mark.usefixtures("trusted")
def test_a_word_that_cannot_be_true_does_not(header):
    assert arrival(header.encode("utf-8").decode("latin-1")) == SEEN


@pytest.mark.parametrize(("hops", "trust"), [(0, True), (1, False), (0, False)])
def test_nobody_is_believed_unless_a_front_server_is_trusted(settings, hops, trust):
    settings.PROXY_HOPS, settings.TRUST_REQUEST_START = hops, trust
    assert arrival(f"t={SECONDS - 20}") == SEEN


def test_the_stamp_is_put_on_before_anything_else():
    assert ours.MIDDLEWARE[0] == "grants.applications.arrival.ArrivalMiddleware"


def test_without_the_middleware_it_is_now():
    with clock.at(SEEN):
        assert arrival_of(RequestFactory().get("/")) == SEEN
