"""Two people at once, on PostgreSQL: the second waits for the first. Each guard has a canary without it."""

import pytest

from fundportal import clock
from fundportal.access import Role
from fundportal.refusals import Refusal
from grants.applications import services
from grants.applications.models import Application, Draft
from grants.applications.services import closing, locking, sending, starting, writing
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.organisations import make_organisation, make_signatory
from tests.factories.people import make_person
from tests.factories.questionnaires import add_a_question
from tests.support.sessions import is_waiting, meanwhile

pytestmark = pytest.mark.postgres
S = ApplicationState


@pytest.fixture
def stage(committed_db):
    return make_call().stages.select_related("call", "form_version").get(number=1)


@pytest.fixture
def draft(stage):
    return make_application(stage)


def state_of(application):
    return Application.objects.get(pk=application.pk).state


def rewrite(application, by, **changes):
    form = application.draft.form_version.form
    section = form.section_of("title")
    answers = {one.key: application.draft.answers.get(one.key) for one in section.questions} | changes
    return services.save_section(
        application.pk,
        section=section.key,
        answers={key: answer for key, answer in answers.items() if answer is not None},
        version=application.draft.version,
        by=by,
    )


def test_sent_twice_at_once_is_one_revision(draft):
    by = draft.started_by
    with meanwhile(lambda: services.submit(draft.pk, version=1, by=by)) as (made, thread):
        first = services.submit(draft.pk, version=1, by=by)
        assert is_waiting(thread)
    assert made[0] == first
    assert draft.revisions.count() == 1


def test_two_people_save_one_section_at_once_and_the_second_is_told(draft):
    """What the second has waited for is read after the wait: joined to the lock it would be the old draft."""
    colleague = make_signatory(draft.organisation)
    with meanwhile(lambda: rewrite(draft, colleague, title="The second")) as (made, thread):
        rewrite(draft, draft.started_by, title="The first")
        assert is_waiting(thread)
    assert isinstance(made[0], services.StaleSection)
    assert Draft.objects.get(application=draft).answers["title"] == "The first"


def test_canary_a_draft_read_with_the_lock_is_written_over(draft, monkeypatch):
    def joined(application_id):
        known = Application.objects.select_for_update(of=("self",))
        return known.select_related("stage__call__fund", "organisation", "draft__form_version").get(pk=application_id)

    monkeypatch.setattr(writing, "lock_application", joined)
    monkeypatch.setattr(writing, "_refuse_stale", lambda *_facts: None)
    colleague = make_signatory(draft.organisation)
    with meanwhile(lambda: rewrite(draft, colleague, title="The second")) as (_made, thread):
        rewrite(draft, draft.started_by, title="The first")
        assert is_waiting(thread)
    kept = Draft.objects.get(application=draft)
    assert (kept.answers["title"], kept.version) == ("The second", 2)


def test_what_is_being_sent_does_not_lapse(stage, draft):
    """The clock comes while the row is being written: it waits, and finds it received."""
    late = stage.closes_at + services.IN_FLIGHT

    def clock_comes():
        with clock.at(late):
            return services.lapse(draft.pk)

    with meanwhile(clock_comes) as (made, thread):
        services.submit(draft.pk, version=1, by=draft.started_by, at=stage.closes_at)
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert state_of(draft) == S.SUBMITTED


def test_canary_without_the_lock_it_lapses(stage, draft, monkeypatch):
    def unlocked(application_id):
        return Application.objects.select_related("stage__call__fund", "organisation").get(pk=application_id)

    monkeypatch.setattr(closing, "lock_application", unlocked)
    late = stage.closes_at + services.IN_FLIGHT

    def clock_comes():
        with clock.at(late):
            return services.lapse(draft.pk)

    with meanwhile(clock_comes) as (_made, thread):
        services.submit(draft.pk, version=1, by=draft.started_by, at=stage.closes_at)
        is_waiting(thread)
    assert state_of(draft) == S.LAPSED


def test_two_begin_at_once_and_get_two_numbers(stage):
    other = make_organisation()
    people = make_signatory(other), make_signatory(make_organisation())

    def begin(person):
        organisation = person.memberships.get().organisation_id
        return services.start_application(stage.pk, organisation_id=organisation, language="en", by=person)

    with meanwhile(lambda: begin(people[1])) as (made, thread):
        first = begin(people[0])
        assert is_waiting(thread)
    prefix = Call.objects.get(pk=stage.call_id).prefix
    assert [first.reference, made[0].reference] == [f"{prefix}-0001", f"{prefix}-0002"]


def test_two_colleagues_begin_at_once_and_one_is_told_of_the_other(stage):
    organisation = make_organisation()
    people = make_signatory(organisation), make_signatory(organisation)

    def begin(person):
        return services.start_application(stage.pk, organisation_id=organisation.pk, language="en", by=person)

    with meanwhile(lambda: begin(people[1])) as (made, thread):
        begin(people[0])
        assert is_waiting(thread)
    assert isinstance(made[0], Refusal)
    assert organisation.applications.count() == 1


def test_the_modules_under_test_use_the_one_lock():
    assert {one.lock_application for one in (closing, sending, starting, writing)} == {locking.lock_application}


def test_a_draft_begun_while_the_questions_change_has_the_clearer_ones(stage):
    """The form is read after the wait for the call: joined to the lock it would be the old one, and stay so."""
    manager = make_person("", Role.MANAGER, fund=stage.call.fund)
    organisation = make_organisation()
    signatory = make_signatory(organisation)
    add_a_question(stage)
    begun = {"organisation_id": organisation.pk, "language": "en", "by": signatory}
    with meanwhile(lambda: services.start_application(stage.pk, **begun)) as (made, thread):
        version = services.amend_form(stage.pk, by=manager)
        assert is_waiting(thread)
    assert Draft.objects.get(application=made[0]).form_version == version
