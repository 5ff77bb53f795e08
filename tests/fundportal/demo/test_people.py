"""Whom the demo knows: every role, reviewers enough, applicants with their organisations."""

from importlib import import_module

import pytest

from fundportal.access import Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.demo.accounts import ORGANISATIONS, PEOPLE
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import may_edit, may_sign, signatories


@pytest.fixture
def loaded(db: None) -> None:
    for _time in range(2):
        for name in ("people", "organisations"):
            import_module(f"fundportal.demo.loaders.{name}").load(lambda _line: None)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    assert User.objects.filter(is_demo=True).count() == len(PEOPLE)
    assert Organisation.objects.filter(is_fictional=True).count() == len(ORGANISATIONS)


def test_every_role_has_somebody_and_five_review(loaded: None) -> None:
    held = list(RoleGrant.objects.in_force().values_list("role", flat=True))
    assert set(held) == set(Role.values)
    assert held.count(Role.REVIEWER) == 5


def test_first_names_are_addresses_and_differ() -> None:
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_each_organisation_has_one_who_signs_and_valmont_one_who_writes(loaded: None) -> None:
    valmont = Organisation.objects.get(name="City of Valmont")
    aya, aldo = User.objects.get(email="aya@example.org"), User.objects.get(email="aldo@example.org")
    assert may_sign(aya, valmont)
    assert [may_edit(aldo, valmont), may_sign(aldo, valmont)] == [True, False]
    assert all(signatories(each).count() == 1 for each in Organisation.objects.order_by("pk"))
