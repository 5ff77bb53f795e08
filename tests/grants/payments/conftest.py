"""A fund with money at its bank, a call in it, and the people who check, make and approve."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.funds.models import BankAccount, Fund
from grants.calls.models import Call
from tests.factories.decisions import make_funded_call
from tests.factories.payments import make_account
from tests.factories.people import make_person


@dataclass(frozen=True)
class House:
    call: Call
    fund: Fund
    account: BankAccount
    maker: User
    checker: User
    manager: User
    officer: User


@pytest.fixture(scope="module")
def standing_house(build_once: Callable[[Callable[[], House]], House]) -> House:
    return build_once(make_house)


@pytest.fixture
def house(own: Callable[[House], House], standing_house: House) -> House:
    return own(standing_house)


def make_house() -> House:
    call = make_funded_call()
    fund = call.fund
    people = {
        "maker": make_person("Mats Demo", Role.FINANCE_MAKER, fund=fund),
        "checker": make_person("Cleo Demo", Role.FINANCE_CHECKER, fund=fund),
        "manager": make_person("Mara Demo", Role.MANAGER, fund=fund),
        "officer": make_person("Omar Demo", Role.OFFICER, fund=fund),
    }
    return House(call, fund, make_account(fund), **people)
