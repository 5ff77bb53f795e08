"""A grant under way, its organisation's people, and an officer, a manager and an editor of the fund."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from grants.awards.models import Award
from tests.factories.organisations import make_member
from tests.factories.people import make_person
from tests.factories.reports import make_running_award, signatory_of_award


@dataclass(frozen=True)
class House:
    award: Award
    signatory: User
    writer: User
    officer: User
    manager: User
    editor: User


@pytest.fixture(scope="module")
def standing_house(build_once: Callable[[Callable[[], House]], House]) -> House:
    return build_once(make_house)


@pytest.fixture
def house(own: Callable[[House], House], standing_house: House) -> House:
    return own(standing_house)


def make_house() -> House:
    award = make_running_award()
    return House(
        award,
        signatory_of_award(award),
        make_member(award.organisation, "Aldo Demo"),
        make_person("Omar Demo", Role.OFFICER, fund=award.fund),
        make_person("Mara Demo", Role.MANAGER, fund=award.fund),
        make_person("Edda Demo", Role.EDITOR, fund=award.fund),
    )
