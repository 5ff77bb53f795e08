import pytest

from fundportal import clock
from fundportal.due import next_due, next_due_kept
from grants.calls.states import FORECAST
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db


def test_what_comes_next_is_asked_once_for_everybody_and_anew_when_it_is_past(django_assert_num_queries):
    make_call(state=FORECAST)
    make_call()
    first = next_due_kept()
    assert first == next_due()
    with django_assert_num_queries(0):
        assert next_due_kept() == first
    with clock.at(first.at):
        second = next_due_kept()
    assert second.at > first.at


def test_that_nothing_comes_is_kept_too(django_assert_num_queries):
    assert next_due_kept() is None
    with django_assert_num_queries(0):
        assert next_due_kept() is None
