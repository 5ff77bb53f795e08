from datetime import UTC, date, datetime, timedelta

import pytest

from fundportal import clock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_held_moment_is_now_and_is_let_go_after_the_block():
    with clock.at(NOON):
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_a_hold_within_a_hold_ends_with_the_outer_moment():
    with clock.at(NOON):
        with clock.at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 3, 1)):  # noqa: DTZ001  (the mistake itself)
        pass


def test_today_is_the_day_where_the_fund_lives():
    with clock.at(datetime(2026, 3, 1, 3, tzinfo=UTC)):
        assert clock.today("America/New_York") == date(2026, 2, 28)
        assert clock.today("Europe/Paris") == date(2026, 3, 1)
