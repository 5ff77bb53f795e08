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
from tests.grants.rows import undone

pytestmark = pytest.mark.django_db


def test_an_award_at_every_state_stands_in_the_books():
    for state in AwardState:
        award = make_award(state=state)
        make_indicator(award)
        make_budget_line(award)
    assert broken() == {}


def test_an_agreement_at_every_state():
    award = make_award()
    for state in AgreementState:
        with undone():
            assert make_agreement(award, state=state).state == state


def test_a_tranche_at_every_state_stands_in_the_books():
    award = make_award(state=AwardState.ACTIVE)
    for state in TrancheState:
        with undone():
            tranche = make_tranche(award, state=state)
            for kind in ConditionKind:
                make_condition(tranche, kind)
            assert broken() == {}, state


def test_a_report_at_every_state():
    award = make_award(state=AwardState.ACTIVE)
    assert [make_report_due(award, state=state).state for state in ReportState] == list(ReportState)
