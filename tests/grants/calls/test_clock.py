"""What the clock does by itself, and what it is asked."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.due import next_due
from grants.calls import queries, services
from grants.calls.deadlines import wall_of
from grants.calls.models import Call
from grants.calls.states import CLOSED, DRAFT, FORECAST, OPEN
from tests.factories.calls import make_call
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_calls_open_by_the_clock_at_their_first_opening():
    call, draft = make_call(state=FORECAST, stages=2), make_call(state=DRAFT)
    opens_at = call.stages.get(number=1).opens_at
    with clock.at(opens_at - timedelta(seconds=1)):
        assert services.open_due() == []
    with clock.at(opens_at):
        assert services.open_due() == [call]
        assert services.open_due() == []
    opened = Call.objects.get(pk=call.pk)
    assert (opened.state, opened.opened_at) == (OPEN, opens_at)
    assert Call.objects.get(pk=draft.pk).state == DRAFT


def test_a_call_is_due_to_close_after_the_grace_of_its_last_stage():
    call = make_call(stages=2)
    make_call(state=CLOSED)
    last = call.stages.get(number=2)
    assert queries.calls_due_to_close(last.closes_at) == []
    assert queries.calls_due_to_close(last.closes_at + timedelta(seconds=1)) == [call.pk]


def test_the_open_stage_is_the_one_that_accepts_now():
    call = make_call(stages=2)
    first, second = call.stages.order_by("number")
    assert queries.open_stage(call, clock.now()) == first
    assert queries.open_stage(call, first.closes_at) == first
    assert queries.open_stage(call, first.closes_at + timedelta(minutes=1)) is None
    assert queries.open_stage(call, second.opens_at) == second


def test_the_next_opening_and_closing_are_known_to_the_demos_clock():
    call = make_call(state=FORECAST)
    assert queries.next_closing_at() is None
    assert next_due().at == queries.next_opening_at() == call.stages.get().opens_at
    closing = make_call().stages.get().closes_at
    assert queries.next_closing_at() == closing


def test_an_extension_is_written_down_for_everybody_and_moves_the_closing():
    call = make_call()
    stage = call.stages.get()
    manager = make_person("", Role.MANAGER, fund=call.fund)
    later = wall_of(stage.deadline_at + timedelta(days=7), stage.zone)
    made = services.extend(stage.pk, deadline=later, reason=" A storm closed the offices. ", by=manager)
    assert (made.deadline_before, made.reason) == (stage.deadline_wall, "A storm closed the offices.")
    stage.refresh_from_db()
    assert made.deadline_after == stage.deadline_wall == later.isoformat(timespec="minutes")
    assert Call.objects.get().version == call.version + 1
