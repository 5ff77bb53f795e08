"""Wall clocks and zones: what they mean where the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grants.calls.deadlines import happens_twice, instant, is_zone, never_happens, remark, wall_clock, wall_of

ZONES = some.sampled_from(sorted(available_timezones()))
WALLS = some.datetimes(wall_clock("2000-01-01T00:00"), wall_clock("2060-01-01T00:00")).map(
    lambda wall: wall.replace(second=0, microsecond=0)
)
NEW_YORK = "America/New_York"


@given(WALLS, ZONES)
def test_a_wall_clock_that_happens_is_what_the_wall_shows_at_its_instant(wall, zone):
    moment = instant(wall, zone)
    assert moment.tzinfo is UTC
    if never_happens(wall, zone):
        assert wall_of(moment, zone) > wall
    else:
        assert wall_of(moment, zone) == wall


@given(WALLS, ZONES)
def test_no_reading_of_a_wall_clock_is_later_than_the_one_that_counts(wall, zone):
    readings = [wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)]
    assert instant(wall, zone) == max(readings)
    assert bool(remark(wall, zone)) == (readings[0] != readings[1])
    assert not (happens_twice(wall, zone) and never_happens(wall, zone))


@given(WALLS, ZONES)
def test_the_wall_of_an_instant_leads_back_to_it_or_to_its_later_twin(naive, zone):
    moment = naive.replace(tzinfo=UTC)
    wall = wall_of(moment, zone)
    again = instant(wall, zone)
    seconds = moment.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() % 60
    if not seconds:
        assert again >= moment
        assert (again == moment) or happens_twice(wall, zone)


def test_where_the_clocks_go_back_the_second_hour_counts_and_it_says_so():
    wall = wall_clock("2026-11-01T01:30")
    assert happens_twice(wall, NEW_YORK)
    assert instant(wall, NEW_YORK) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert remark(wall, NEW_YORK) == ("The clocks go back in that hour, so 01:30 happens twice. The second one counts.")


def test_where_the_clocks_go_forward_the_hour_after_counts_and_it_says_so():
    wall = wall_clock("2027-03-14T02:30")
    assert never_happens(wall, NEW_YORK)
    assert instant(wall, NEW_YORK) == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert remark(wall, NEW_YORK) == ("The clocks go forward in that hour, so 02:30 never happens. 03:30 counts.")


def test_a_deadline_keeps_its_wall_clock_across_a_change_of_clocks():
    before, after = (instant(wall_clock(f"2026-{day}T17:00"), NEW_YORK) for day in ("10-31", "11-01"))
    assert after - before == timedelta(hours=25)


@pytest.mark.parametrize(
    "text", ["", "2027-01-29", "2027-01-29 17:00", "2027-02-30T10:00", "2027-01-29T17:00:00", "٢٠٢٧"]
)
def test_what_is_no_wall_clock_is_refused(text):
    with pytest.raises(ValueError, match=r"wall clock|out of range"):
        wall_clock(text)


def test_a_zone_is_named_by_its_place():
    assert is_zone("Europe/Paris")
    assert not is_zone("../etc/passwd")
    assert not is_zone("CEST+1")
