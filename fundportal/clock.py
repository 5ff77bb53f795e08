"""The one place that asks what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_held: ContextVar[datetime | None] = ContextVar("held moment", default=None)
_offset: list[Callable[[], timedelta]] = []


def now() -> datetime:
    """The held moment if there is one, else the machine's time, moved by the demo clock where one is installed."""
    held = _held.get()
    if held is not None:
        return held
    moment = datetime.now(UTC)
    return moment + _offset[-1]() if _offset else moment


def today(zone: str) -> date:
    """The calendar day in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Holds the clock at an aware moment within the block, for this thread or task only."""
    if moment.tzinfo is None:
        message = "The clock is held at aware moments only."
        raise ValueError(message)
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def move_by(offset: Callable[[], timedelta]) -> None:
    """Installs what moves the clock; only the demo does."""
    _offset[:] = [offset]
