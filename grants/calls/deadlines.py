"""A deadline is what the clock on the wall of one place says: a wall clock and an IANA zone.

Where the clocks change, some wall clocks happen twice and some never. The later reading counts: nobody who trusts their
own watch is late.
"""

import re
from datetime import UTC, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.templatetags.words import LONG_DAY_FORMAT, local_hour

WALL: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
PLACE: Final = re.compile(r"(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/")


def wall_clock(text: str) -> datetime:
    """The naive moment of an ISO text like 2027-01-29T17:00. Raises ValueError."""
    if not WALL.fullmatch(text):
        message = f"{text!r} is no wall clock like 2027-01-29T17:00"
        raise ValueError(message)
    return datetime.fromisoformat(text)


@cache
def zones() -> tuple[str, ...]:
    """Places and UTC; bare offsets and old names without a place are left out."""
    return ("UTC", *sorted(name for name in available_timezones() if PLACE.match(name)))


def is_zone(name: str) -> bool:
    return name in zones()


def instant(wall: datetime, zone: str) -> datetime:
    """The aware moment, in UTC. Of two readings the later one; one that never happens is moved past the gap."""
    return max(_readings(wall, zone))


def wall_of(moment: datetime, zone: str) -> datetime:
    """What the wall shows there at that moment, naive, to the minute."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def happens_twice(wall: datetime, zone: str) -> bool:
    first, second = _readings(wall, zone)
    return first < second


def never_happens(wall: datetime, zone: str) -> bool:
    first, second = _readings(wall, zone)
    return first > second


def remark(wall: datetime, zone: str) -> str:
    """What a reader has to know where the clocks change at that hour; empty on every other day."""
    if happens_twice(wall, zone):
        sentence = _("The clocks go back in that hour, so %(time)s happens twice. The second one counts.")
    elif never_happens(wall, zone):
        sentence = _("The clocks go forward in that hour, so %(time)s never happens. %(later)s counts.")
    else:
        return ""
    later = wall_of(instant(wall, zone), zone)
    return sentence % {"time": date_format(wall, "H:i"), "later": date_format(later, "H:i")}


def in_words(moment: datetime, zone: str) -> str:
    """Friday 29 January 2027, 17:00, New York time: for a sentence or a letter."""
    day = date_format(moment.astimezone(ZoneInfo(zone)), LONG_DAY_FORMAT)
    return f"{day}, {local_hour(moment, zone)}"


def _readings(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """With the offset before and after a change of clocks; equal on every other day."""
    place = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second
