from datetime import timedelta

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from fundportal import clock
from fundportal.knocks.models import Knock
from fundportal.knocks.services import KEPT_FOR, Limit, address_of, forget, knock

LIMITS = {"address": Limit(3, timedelta(minutes=10)), "email": Limit(1, timedelta(hours=1))}


def from_address(address: str) -> bool:
    return knock("door", {"address": address}, LIMITS)


@pytest.mark.django_db
def test_the_fourth_try_in_ten_minutes_is_too_many() -> None:
    assert [from_address("192.0.2.1") for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_who_goes_on_knocking_stays_out() -> None:
    start = clock.now()
    for minute in range(20):
        with clock.at(start + timedelta(minutes=minute)):
            let_in = from_address("192.0.2.1")

    assert not let_in


@pytest.mark.django_db
def test_after_a_quiet_while_the_door_opens_again() -> None:
    for _ in range(4):
        from_address("192.0.2.1")
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert from_address("192.0.2.1")


@pytest.mark.django_db
def test_one_kind_over_its_limit_is_enough() -> None:
    assert knock("door", {"address": "192.0.2.1", "email": "a@example.org"}, LIMITS)
    assert not knock("door", {"address": "192.0.2.2", "email": "a@example.org"}, LIMITS)


@pytest.mark.django_db
def test_doors_and_visitors_are_counted_apart_and_nobody_can_read_them_back() -> None:
    for _ in range(3):
        from_address("192.0.2.1")

    assert from_address("192.0.2.9")
    assert knock("another door", {"address": "192.0.2.1"}, LIMITS)
    assert not any("192.0" in mark for mark in Knock.objects.values_list("mark", flat=True))


@pytest.mark.django_db
def test_an_empty_mark_is_not_counted() -> None:
    assert all(from_address("") for _ in range(9))
    assert not Knock.objects.exists()


@pytest.mark.django_db
def test_old_tries_are_forgotten() -> None:
    from_address("192.0.2.1")
    with clock.at(clock.now() + KEPT_FOR + timedelta(seconds=1)):
        from_address("192.0.2.1")
        assert forget() == 1

    assert Knock.objects.count() == 1


@pytest.mark.parametrize(
    ("remote", "shown"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_a_household_is_one_address(remote: str, shown: str) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote)) == shown


@pytest.mark.parametrize(
    ("hops", "header", "shown"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (1, "", "192.0.2.7"),
        (1, "203.0.113.9, \x00", ""),
    ],
)
def test_only_what_a_trusted_proxy_wrote_is_read(settings: Settings, hops: int, header: str, shown: str) -> None:
    settings.PROXY_HOPS = hops
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": header})

    assert address_of(request) == shown
