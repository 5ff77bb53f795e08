"""What the database refuses, by the name of the rule."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from fundportal import clock
from grants.applications.models import Application, Collaborator, Ineligibility
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application
from tests.factories.people import make_person

S = ApplicationState


@pytest.fixture
def draft(db):
    return make_application()


def breaks(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"submitted_at": True}, "an_application_is_received_exactly_when_it_says_when"),
        ({"resumes_to": "draft"}, "an_application_at_rest_knows_where_it_came_from"),
        ({"requested_minor": 0}, "an_application_asks_for_more_than_nothing_in_a_currency"),
        ({"currency": ""}, "an_application_asks_for_more_than_nothing_in_a_currency"),
        ({"unlocked_at": True}, "only_a_received_application_is_changed_again"),
        ({"lapsed_at": True}, "an_application_lapsed_exactly_when_it_says_when"),
        ({"held_at": True}, "an_application_is_held_exactly_when_it_says_since_when"),
        ({"withdrawn_at": True}, "an_application_is_withdrawn_exactly_when_it_says_when"),
        ({"disqualified_at": True}, "an_application_is_disqualified_exactly_when_dated"),
        ({"ineligible_at": True}, "an_application_is_ineligible_exactly_when_dated"),
    ],
)
def test_a_draft_has_only_the_facts_of_a_draft(draft, change, rule):
    facts = {column: clock.now() if value is True else value for column, value in change.items()}
    with breaks(rule), transaction.atomic():
        Application.objects.filter(pk=draft.pk).update(**facts)


@pytest.mark.parametrize("state", S)
def test_the_factory_makes_each_state_as_the_database_wants_it(db, state):
    assert make_application(state=state).state == state


def test_a_revision_and_a_census_are_written_once(db):
    revision = make_application(state=S.SUBMITTED).standing
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(revision).objects.filter(pk=revision.pk).update(title="Another")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(revision).objects.filter(pk=revision.pk).delete()


def test_a_person_writes_along_once(draft):
    person = make_person()
    Collaborator.objects.create(application=draft, user=person)
    with breaks("a_person_writes_along_once|UNIQUE"), transaction.atomic():
        Collaborator.objects.create(application=draft, user=person)


def test_nobody_confirms_what_they_proposed(db):
    application, officer = make_application(state=S.SCREENING), make_person()
    facts = {"application": application, "proposed_by": officer, "criterion": "in-a-city", "reason": "It is at sea."}
    with breaks("nobody_confirms_their_own_ineligibility"), transaction.atomic():
        Ineligibility.objects.create(confirmed_by=officer, confirmed_at=clock.now(), **facts)
    Ineligibility.objects.create(**facts)
    with breaks("one_ineligibility_is_proposed_at_a_time|UNIQUE"), transaction.atomic():
        Ineligibility.objects.create(**facts)
