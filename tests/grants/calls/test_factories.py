import pytest

from fundportal import clock
from fundportal.lifecycle import why_not
from grants.calls.states import DRAFT, CallState
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", CallState)
def test_a_call_can_stand_at_every_state(state):
    call = make_call(state=state)
    assert call.state == state
    assert [criterion.key for criterion in call.stages.get().criteria.all()] == ["need", "design", "delivery", "stays"]


def test_the_form_is_frozen_once_it_is_announced():
    assert make_call(state=DRAFT).stages.get().form_version is None
    assert make_call().stages.get().form_version.form.questions


def test_a_draft_lacks_nothing():
    assert why_not(make_call(state=DRAFT, stages=2), "publish") == []


def test_an_open_call_accepts_now_and_a_closed_one_does_not():
    assert make_call().stages.get().accepts(clock.now())
    assert not make_call(state=CallState.CLOSED).stages.get().accepts(clock.now())
