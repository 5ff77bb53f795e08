import pytest

from fundportal.funds.models import Fund, Purpose
from tests.factories.books import make_books


@pytest.fixture
def fund(db) -> Fund:
    return make_books("general", "housing")


@pytest.fixture
def general(fund) -> Purpose:
    return fund.purposes.get(code="general")


@pytest.fixture
def housing(fund) -> Purpose:
    return fund.purposes.get(code="housing")
