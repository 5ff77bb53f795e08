"""What the clock does after a deadline: nothing too early, nothing twice, and nothing lost."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed
from grants.applications import services
from grants.applications.models import Application, Census
from grants.applications.queries import next_count_at
from grants.applications.states import ApplicationState
from grants.calls.models import Call, Extension
from grants.calls.services import extend
from grants.questionnaires.definition import fingerprint
from tests.factories.applications import make_application
from tests.factories.questionnaires import make_answers

S = ApplicationState


@pytest.fixture
def over(house):
    """The moment from which the clock closes the stage."""
    return house.stage.closes_at + services.IN_FLIGHT + timedelta(seconds=1)


@pytest.fixture
def draft(house):
    return make_application(house.stage, organisation=house.organisation, by=house.signatory)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def test_drafts_lapse_with_a_copy_of_the_answers_and_what_arrived_is_counted(house, draft, over):
    sent = make_application(house.stage, state=S.SUBMITTED)
    with clock.at(over):
        assert services.close_due_calls() == [house.stage.call_id]
    assert (state_of(draft), state_of(sent)) == (S.LAPSED, S.SCREENING)
    census = Census.objects.get(stage=house.stage)
    assert (census.received, census.lapsed, census.sha256) == (1, 1, fingerprint([sent.standing.sha256]))
    letters = Letter.objects.filter(template="applications/lapsed")
    assert {letter.to_address for letter in letters} == {house.signatory.email, house.writer.email}
    assert all(make_answers()["summary"] in letter.text_body for letter in letters)
    assert Call.objects.get(pk=house.stage.call_id).state == "closed"


def test_twice_is_once(house, draft, over):
    with clock.at(over):
        services.close_due_calls()
        assert services.close_due_calls() == []
        services.close_stage(house.stage.pk)
    assert Census.objects.count() == 1
    assert Letter.objects.count() == 2


def test_nothing_closes_while_requests_may_still_be_on_their_way(house, draft):
    with clock.at(house.stage.closes_at + timedelta(seconds=30)):
        assert services.close_due_calls() == []
    assert state_of(draft) == S.DRAFT


def test_an_application_that_waited_in_the_queue_is_not_lost(house, draft):
    """It arrived in the last second of the grace; the clock ticks before its row is written."""
    with clock.at(house.stage.closes_at + timedelta(seconds=20)):
        services.close_due_calls()
        arrived_at = house.stage.closes_at
        services.submit(draft.pk, version=draft.draft.version, by=house.signatory, at=arrived_at)
    assert state_of(draft) == S.SUBMITTED


def test_an_extended_deadline_is_the_one_that_counts(house, draft, over):
    later = house.stage.deadline_at.replace(tzinfo=None) + timedelta(days=5)
    extend(house.stage.pk, deadline=later, reason="The form was down for a day.", by=house.manager)
    assert Extension.objects.count() == 1
    with clock.at(over):
        assert services.close_due_calls() == []
    assert state_of(draft) == S.DRAFT


def test_an_unlocked_application_is_checked_as_it_was_sent(house, over):
    sent = make_application(house.stage, organisation=house.organisation, by=house.signatory, state=S.SUBMITTED)
    services.unlock(sent.pk, by=house.writer)
    with clock.at(over):
        services.close_due_calls()
    found = Application.objects.get(pk=sent.pk)
    assert (found.state, found.unlocked_at, found.standing) == (S.SCREENING, None, sent.standing)


def test_only_the_clock_closes(house, over):
    with clock.at(over), pytest.raises(NotAllowed):
        services.close_due_calls(by=house.manager)
    assert SYSTEM.is_system


def test_the_next_closing_is_known(house):
    assert next_count_at(services.IN_FLIGHT) == house.stage.closes_at + services.IN_FLIGHT
