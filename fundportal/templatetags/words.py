"""Dates and times as a person says them, in the zone that counts for them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from fundportal.templatetags.library import register

DAY_FORMAT = "j F Y"
LONG_DAY_FORMAT = "l j F Y"


@register.simple_tag
def local_day(day: date | datetime, zone: str = "UTC", weekday: bool = False) -> SafeString:  # noqa: FBT001, FBT002  (templates write weekday=True)
    """22 November 2026, in the zone of the fund; an instant near midnight belongs to the day it has there."""
    local = day.astimezone(ZoneInfo(zone)) if isinstance(day, datetime) else day
    written = date_format(local, LONG_DAY_FORMAT if weekday else DAY_FORMAT)
    return format_html('<time datetime="{}">{}</time>', local.strftime("%Y-%m-%d"), written)


@register.simple_tag
def local_time(moment: datetime, zone: str = "UTC") -> SafeString:
    """22 November 2026, 16:58 (New York time)."""
    local = moment.astimezone(ZoneInfo(zone))
    words = {"day": date_format(local, DAY_FORMAT), "time": time_of_day(local), "zone": zone_name(zone)}
    written = gettext("%(day)s, %(time)s (%(zone)s)") % words
    return format_html('<time datetime="{}">{}</time>', moment.astimezone(UTC).isoformat(timespec="seconds"), written)


def local_hour(moment: datetime, zone: str = "UTC") -> str:
    """16:58, New York time, unbroken: the second line of a cell whose first is the day."""
    words = {"time": time_of_day(moment.astimezone(ZoneInfo(zone))), "zone": zone_name(zone)}
    return (gettext("%(time)s, %(zone)s") % words).replace(" ", "\u00a0")


def time_of_day(local: datetime) -> str:
    # Translators: hours and minutes in Django's date format; French writes H \h i
    return date_format(local, pgettext("time of day", "H:i"))


def zone_name(zone: str) -> str:
    """A zone named by its city, as people say it."""
    if zone == "UTC":
        return gettext("universal time")
    return gettext("%(city)s time") % {"city": zone.rsplit("/", 1)[-1].replace("_", " ")}
