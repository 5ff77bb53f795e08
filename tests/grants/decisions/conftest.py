"""A call with money, one stage, and the people who recommend, prepare, approve and decide."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from grants.calls.models import Call, Stage
from tests.factories.decisions import make_funded_call
from tests.factories.people import make_person


@dataclass(frozen=True)
class House:
    call: Call
    stage: Stage
    chair: User
    officer: User
    manager: User
    clerk: User


@pytest.fixture(scope="module")
def standing_house(build_once: Callable[[Callable[[], House]], House]) -> House:
    return build_once(make_house)


@pytest.fixture
def house(own: Callable[[House], House], standing_house: House) -> House:
    return own(standing_house)


def make_house() -> House:
    call = make_funded_call()
    stage = call.stages.select_related("call__fund").get(number=1)
    people = {
        "chair": make_person("Carla Demo", Role.CHAIR, fund=call.fund),
        "officer": make_person("Omar Demo", Role.OFFICER, fund=call.fund),
        "manager": make_person("Mara Demo", Role.MANAGER, fund=call.fund),
        "clerk": make_person("Colin Demo", Role.CLERK, fund=call.fund),
    }
    return House(call, stage, **people)
