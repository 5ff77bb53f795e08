"""How often one visitor may try a public door, counted in the database so that all processes count together."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from fundportal import clock
from fundportal.knocks.models import Knock

KEPT_FOR: Final = timedelta(days=2)
ONE_LINE_OF_IPV6: Final = 64


@dataclass(frozen=True)
class Limit:
    times: int
    within: timedelta


def knock(door: str, marks: Mapping[str, str], limits: Mapping[str, Limit]) -> bool:
    """Count one try under each mark (kind → value) and say whether every kind stays within its limit.

    The try is written before it is counted: of tries that arrive together, at most `times` are let in, and who goes on
    knocking stays out.
    """
    digests = {kind: _digest(door, kind, value) for kind, value in marks.items() if value}
    Knock.objects.bulk_create(Knock(mark=mark) for mark in digests.values())
    return all(_count(mark, limits[kind]) <= limits[kind].times for kind, mark in digests.items())


def address_of(request: HttpRequest) -> str:
    """The visitor's network address: one IPv4 address, or the /64 an IPv6 household has.

    Behind `PROXY_HOPS` trusted proxies it is the entry that the outermost of them wrote; what a visitor writes into
    the header stands further left and is not read.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_HOPS:
        entries = request.headers.get("X-Forwarded-For", "").split(",")[-settings.PROXY_HOPS :]
        address = entries[0].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(ipaddress.ip_network((parsed, ONE_LINE_OF_IPV6), strict=False))


def forget() -> int:
    """Delete tries that no limit looks at any more; how many went."""
    return Knock.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]


def _count(mark: str, limit: Limit) -> int:
    return Knock.objects.filter(mark=mark, at__gt=clock.now() - limit.within).count()


def _digest(door: str, kind: str, value: str) -> str:
    return salted_hmac("fundportal.knocks", f"{door}\n{kind}\n{value}", algorithm="sha256").hexdigest()
