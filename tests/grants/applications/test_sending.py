"""Begun, written, sent, opened again, sent again: what stands is always what arrived last, and in time."""

from datetime import timedelta

import pytest
from django.db.models import F

from fundportal import clock
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from grants.applications import services
from grants.applications.fingerprint import seal
from grants.applications.models import Application
from grants.applications.queries import missing
from grants.applications.queries.proofs import PROOFS
from grants.applications.states import ApplicationState
from tests.factories.applications import make_application
from tests.factories.organisations import make_organisation
from tests.factories.people import make_person
from tests.factories.questionnaires import make_answers

S = ApplicationState


@pytest.fixture
def draft(house):
    return make_application(house.stage, organisation=house.organisation, by=house.signatory)


def again(application):
    """As it stands now; a protected state is not read into an object that is at hand."""
    return Application.objects.select_related("draft__form_version", "stage__call").get(pk=application.pk)


def send(application, by, **facts):
    application.draft.refresh_from_db()
    return services.submit(application.pk, version=application.draft.version, by=by, **facts)


def write(application, by, **answers):
    application.draft.refresh_from_db()
    form = application.draft.form_version.form
    section = form.section_of(next(iter(answers)))
    kept = {one.key: application.draft.answers.get(one.key) for one in section.questions}
    typed = {key: value for key, value in (kept | answers).items() if value is not None}
    version = application.draft.version
    return services.save_section(application.pk, section=section.key, answers=typed, version=version, by=by)


def begin(house, **changes):
    facts = {"organisation_id": house.organisation.pk, "language": "fr", "by": house.writer} | changes
    return services.start_application(house.stage.pk, **facts)


def test_a_draft_begins_with_the_next_number_of_its_call(house):
    first = begin(house)
    house.stage.call.most_per_organisation = 2
    house.stage.call.save()
    second = begin(house)
    assert [one.reference[-5:] for one in (first, second)] == ["-0001", "-0002"]
    assert (first.language, first.state, first.draft.form_version) == ("fr", S.DRAFT, house.stage.form_version)


def test_an_organisation_begins_no_more_than_the_call_allows(house):
    first = begin(house)
    with pytest.raises(Refusal, match=first.reference):
        begin(house)


def test_only_its_people_begin_for_an_organisation(house):
    with pytest.raises(NotAllowed):
        begin(house, by=make_person())


def test_a_call_is_for_the_kinds_of_organisations_it_names(house):
    other = make_organisation(kind="foundation")
    with pytest.raises(NotAllowed):
        begin(house, organisation_id=other.pk)
    house.organisation.kind = "foundation"
    house.organisation.save()
    with pytest.raises(Refusal, match="not for organisations like City of Valmont"):
        begin(house)


def test_nothing_begins_before_or_after_the_time_of_the_call(house):
    with clock.at(house.stage.closes_at + timedelta(seconds=1)), pytest.raises(Refusal, match="no applications now"):
        begin(house)


def test_sending_keeps_a_copy_with_the_organisation_as_it_was_and_its_fingerprint(house, draft):
    revision = send(draft, house.signatory)
    draft = again(draft)
    assert (draft.state, draft.title, draft.requested_minor) == (S.SUBMITTED, "A kitchen that teaches", 2_000_000)
    assert (revision.number, revision.answers, revision.profile["name"]) == (1, make_answers(), "City of Valmont")
    revision.refresh_from_db()
    assert revision.sha256 == seal(revision)
    letters = Letter.objects.filter(template="applications/acknowledgement")
    assert {letter.to_address for letter in letters} == {house.signatory.email, house.writer.email}
    assert all(revision.sha256[:4] in letter.text_body for letter in letters)
    assert Entry.objects.get(action="applications.submit").facts["sha256"] == revision.sha256
    assert [fault for check in PROOFS.values() for fault in check()] == []


def test_a_changed_revision_would_be_found(house, draft):
    revision = send(draft, house.signatory)
    revision.title = "Something else"
    revision.answers["title"] = "Something else"
    assert seal(revision) != revision.sha256


def test_two_clicks_are_one_revision(house, draft):
    assert send(draft, house.signatory).pk == send(draft, house.signatory).pk
    assert draft.revisions.count() == 1


def test_only_a_signatory_sends_where_the_call_says_so(house, draft):
    with pytest.raises(NotAllowed):
        send(draft, house.writer)
    house.stage.call.needs_signatory = False
    house.stage.call.save()
    assert send(draft, house.writer).number == 1


def test_what_is_missing_is_named_and_nothing_is_sent(house, draft):
    write(draft, house.writer, title=None)
    draft = again(draft)
    assert [one.question for one in missing(draft)] == ["title"]
    with pytest.raises(Refusal) as refused:
        send(draft, house.signatory)
    assert refused.value.status == 422
    assert draft.revisions.count() == 0


@pytest.mark.parametrize(("minor", "words"), [(100, "smallest grant"), (9_000_000, "largest grant")])
def test_the_amount_has_to_fit_the_call(house, minor, words):
    answers = make_answers(
        amount={"minor": minor, "currency": "USD"}, budget=[{"what": "All", "minor": minor, "why": "x"}]
    )
    made = make_application(house.stage, organisation=house.organisation, by=house.signatory, answers=answers)
    assert words in missing(made)[0].sentence


def test_whoever_is_late_reads_when_it_closed_and_keeps_the_draft(house, draft):
    late = house.stage.closes_at + timedelta(seconds=1)
    with pytest.raises(
        Refusal, match=r"The call closed on \w+day \d+ \w+ at [\d:]+ New York time. Your draft is kept."
    ):
        send(draft, house.signatory, at=late)
    draft = again(draft)
    assert (draft.state, draft.draft.answers) == (S.DRAFT, make_answers())


def test_the_arrival_decides_and_not_the_time_of_writing(house, draft):
    """It reached the door within the grace and stood in the queue until after it."""
    in_grace = house.stage.closes_at - timedelta(seconds=1)
    with clock.at(house.stage.closes_at + timedelta(seconds=30)):
        revision = send(draft, house.signatory, at=in_grace)
    draft = again(draft)
    assert (revision.arrived_at, draft.submitted_at) == (in_grace, in_grace)


def test_the_page_that_was_read_is_what_is_sent(house, draft):
    read = draft.draft.version
    write(draft, house.writer, title="Another title")
    with pytest.raises(Refusal, match="Aldo Demo changed the draft"):
        services.submit(draft.pk, version=read, by=house.signatory)


def test_what_was_sent_stays_in_force_until_it_is_sent_again(house, draft):
    first = send(draft, house.signatory)
    services.unlock(draft.pk, by=house.writer)
    write(draft, house.writer, title="Half a sen")
    draft = again(draft)
    assert (draft.standing, draft.title) == (first, "A kitchen that teaches")
    second = send(draft, house.signatory)
    draft = again(draft)
    assert (draft.standing, draft.title, second.number) == (second, "Half a sen", 2)
    assert first.title == "A kitchen that teaches"


def test_after_the_deadline_nothing_is_opened_again(house, draft):
    send(draft, house.signatory)
    with clock.at(house.stage.deadline_at + timedelta(seconds=1)), pytest.raises(Refusal, match="as it was sent"):
        services.unlock(draft.pk, by=house.writer)


def test_a_received_application_is_not_written_without_opening_it(house, draft):
    send(draft, house.signatory)
    with pytest.raises(Refusal, match="not open for writing"):
        write(draft, house.writer, title="No")


def test_one_version_for_each_change(house, draft):
    before = draft.version
    send(draft, house.signatory)
    assert Application.objects.filter(pk=draft.pk, version=F("version")).get().version == before + 1
