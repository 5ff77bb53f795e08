"""When the clock will next do something by itself. Slices say so here; the demo's clock jumps to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache

from fundportal import clock

KEPT: Final = 15  # seconds

NextDue = Callable[[], datetime | None]
_providers: dict[NextDue, object] = {}


@dataclass(frozen=True)
class Due:
    """What will happen, in words that may be translated lazily, and when."""

    what: object
    at: datetime


def register(what: object, provider: NextDue) -> None:
    """`provider` returns the earliest moment at which its slice has work to do, or None."""
    _providers[provider] = what


def next_due() -> Due | None:
    """The earliest coming work of any slice, or None when nothing is planned."""
    now = clock.now()
    coming = [Due(what, moment) for provider, what in _providers.items() if (moment := provider()) and moment > now]
    return min(coming, key=lambda due: due.at, default=None)


def next_due_kept() -> Due | None:
    """The same for whoever only reads it: asked for everybody together, once in fifteen seconds and when it is past."""
    kept: tuple[Due | None] | None = cache.get("due.next")
    if kept is None or (kept[0] is not None and kept[0].at <= clock.now()):
        kept = (next_due(),)
        cache.set("due.next", kept, KEPT)
    return kept[0]
