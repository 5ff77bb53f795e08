"""What the factories write, the database takes and the books agree with."""

import pytest

from grants.awards.states import AgreementState, AwardState, ConditionKind, ReportState, TrancheState
from tests.factories.awards import (
    make_agreement,
    make_award,
    make_budget_line,
    make_condition,
    make_indicator,
    make_report_due,
    make_tranche,
)
from tests.grants.awards.conftest import broken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", AwardState)
def test_an_award_at_every_state_stands_in_the_books(state):
    award = make_award(state=state)
    make_indicator(award)
    make_budget_line(award)
    assert broken() == {}


@pytest.mark.parametrize("state", AgreementState)
def test_an_agreement_at_every_state(state):
    assert make_agreement(state=state).state == state


@pytest.mark.parametrize("state", TrancheState)
def test_a_tranche_at_every_state_stands_in_the_books(state):
    tranche = make_tranche(state=state)
    for kind in ConditionKind:
        make_condition(tranche, kind)
    assert broken() == {}


@pytest.mark.parametrize("state", ReportState)
def test_a_report_at_every_state(state):
    assert make_report_due(state=state).state == state
