"""When a request arrived. That moment decides whether an application is in time, never the one its row is written."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fundportal import clock

# Nobody waits longer in front of us: whatever claims to is a clock that goes wrong.
LONGEST_QUEUE: Final = timedelta(minutes=10)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# nginx writes `t=1700000000.123`, others whole milliseconds or microseconds.
WRITTEN: Final = re.compile(r"(?:t=)?(?P<whole>\d{10})\.?(?P<part>\d{0,6})\d*", re.ASCII)


class ArrivalMiddleware:
    """Stands first, so that no other work of ours counts against the applicant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = clock.now()
        return self.get_response(request)


def arrival_of(request: HttpRequest) -> datetime:
    """What the front server wrote, where one is trusted and its word can be true; else when we first saw it."""
    seen: datetime = getattr(request, "arrived_at", None) or clock.now()
    queued = _written_by_front_server(request)
    return queued if queued is not None and seen - LONGEST_QUEUE <= queued <= seen else seen


def _written_by_front_server(request: HttpRequest) -> datetime | None:
    if not (settings.PROXY_HOPS and settings.TRUST_REQUEST_START):
        return None
    found = WRITTEN.fullmatch(request.headers.get("X-Request-Start", ""))
    if found is None:
        return None
    return EPOCH + timedelta(seconds=int(found["whole"]), microseconds=int(found["part"].ljust(6, "0")))
