from types import SimpleNamespace

import pytest

from fundportal.access import ALL, SYSTEM, Role, authorise, funds_where, may, policies, policy
from fundportal.refusals import NotAllowed

VIEW = "test.view"
BY_CLOCK = "test.by_clock"


@pytest.fixture(autouse=True)
def _permissions(monkeypatch):
    monkeypatch.setattr(policies, "_policies", {})
    policy(VIEW, Role.OFFICER)
    policy(BY_CLOCK, by_system=True)


def person(*held, is_superuser=False):
    return SimpleNamespace(is_authenticated=True, is_superuser=is_superuser, grants_held=lambda: list(held))


def test_a_role_in_one_fund_opens_that_fund_only():
    officer = person((Role.OFFICER, 7))
    assert may(officer, VIEW, 7)
    assert not may(officer, VIEW, 8)
    assert funds_where(officer, VIEW) == frozenset({7})


def test_a_role_without_a_fund_opens_every_fund():
    assert funds_where(person((Role.OFFICER, None)), VIEW) == ALL


def test_without_a_fund_any_grant_of_the_role_is_enough():
    assert may(person((Role.OFFICER, 7)), VIEW)
    assert not may(person((Role.AUDITOR, None)), VIEW)


def test_a_superuser_without_a_role_may_nothing():
    assert not may(person(is_superuser=True), VIEW)


def test_somebody_not_signed_in_may_nothing():
    assert not may(SimpleNamespace(is_authenticated=False), VIEW)


def test_the_system_may_only_what_names_it():
    assert may(SYSTEM, BY_CLOCK)
    assert not may(SYSTEM, VIEW)


def test_authorise_refuses_with_a_sentence_and_403():
    with pytest.raises(NotAllowed) as refusal:
        authorise(person(), VIEW)
    assert refusal.value.status == 403
    assert "role" in str(refusal.value)


def test_an_unknown_permission_is_a_mistake_and_not_a_no():
    with pytest.raises(KeyError):
        may(person(), "test.misspelt")


def test_a_permission_defined_twice_with_other_roles_is_a_mistake():
    policy(VIEW, Role.OFFICER)
    with pytest.raises(ValueError, match="already defined"):
        policy(VIEW, Role.AUDITOR)


def test_a_permission_for_a_role_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="no such role"):
        policy("test.other", "treasurer")
