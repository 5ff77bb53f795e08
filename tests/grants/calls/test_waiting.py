"""What a manager finds in the letter of the day: calls that closed and wait for their assessment."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.calls import services
from grants.calls.queries import to_assess
from grants.calls.states import CLOSED, CallState
from tests.factories.calls import make_call
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return make_fund()


def places(person):
    return [item.url for item in to_assess(person)]


def page(call):
    return reverse("calls:call", args=[call.code])


@pytest.mark.parametrize("state", CallState)
def test_a_closed_call_waits_and_no_other(fund, state):
    call = make_call(fund, state=state)
    manager = make_person("", Role.MANAGER, fund=fund)
    assert places(manager) == ([page(call)] if state == CLOSED else [])


def test_it_waits_among_everything_else_until_the_assessment_begins(fund):
    call = make_call(fund, state=CLOSED)
    manager = make_person("", Role.MANAGER, fund=fund)
    assert page(call) in [item.url for item in waiting_for(manager)]
    services.start_assessment(call.pk, by=manager)
    assert page(call) not in [item.url for item in waiting_for(manager)]


@pytest.mark.parametrize("role", Role)
def test_it_waits_for_managers_only(fund, role):
    call = make_call(fund, state=CLOSED)
    assert places(make_person("", role, fund=fund)) == ([page(call)] if role == Role.MANAGER else [])
    assert places(make_person("", role, fund=make_fund())) == []


def test_the_longest_closed_comes_first_in_one_question(fund, django_assert_num_queries):
    now = clock.now()
    later, earlier = (make_call(fund, state=CLOSED, closed_at=now - timedelta(days=days)) for days in (1, 9))
    manager = make_person("", Role.MANAGER, fund=fund)
    places(manager)
    with django_assert_num_queries(1):
        assert places(manager) == [page(earlier), page(later)]
