"""An open call, an organisation with people who sign, write and write along, and two officers and a manager."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.organisations.models import Organisation
from grants.calls.models import Stage
from tests.factories.calls import make_call
from tests.factories.organisations import make_member, make_organisation, make_signatory
from tests.factories.people import make_person


@dataclass(frozen=True)
class House:
    stage: Stage
    organisation: Organisation
    signatory: User
    writer: User
    officer: User
    second: User
    manager: User


@pytest.fixture(scope="module")
def standing_house(build_once: Callable[[Callable[[], House]], House]) -> House:
    return build_once(make_house)


@pytest.fixture
def house(own: Callable[[House], House], standing_house: House) -> House:
    return own(standing_house)


def make_house() -> House:
    stage = make_call().stages.select_related("call__fund").get(number=1)
    organisation = make_organisation("City of Valmont")
    fund = stage.call.fund
    return House(
        stage,
        organisation,
        make_signatory(organisation, "Aya Demo"),
        make_member(organisation, "Aldo Demo"),
        make_person("Omar Demo", Role.OFFICER, fund=fund),
        make_person("Olga Demo", Role.OFFICER, fund=fund),
        make_person("Mara Demo", Role.MANAGER, fund=fund),
    )
