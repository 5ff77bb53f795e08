"""Who may come in is said at every door."""

from django.urls import path

from fundportal.access import policies
from fundportal.access.urls import PUBLIC, SIGNED_IN, THIRD_PARTY, _walk, registry


def test_every_address_declares_who_may_come_in():
    assert [route for route, policy in registry() if policy is None] == []


def test_an_address_without_a_policy_is_found():
    assert list(_walk([path("open/", lambda _request: None)], "", None)) == [("open/", None)]


def test_every_declared_policy_is_defined():
    """A misspelt permission would refuse everybody, or on the day somebody defines it, admit the wrong people."""
    known = {PUBLIC, SIGNED_IN, *THIRD_PARTY.values(), *policies.all_policies()}
    assert {policy for _route, policy in registry()} - known == set()
