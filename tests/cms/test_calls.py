"""Calls in public: who reads them, what they say, and their deadlines for calendars and machines."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cms.calendar import Event, calendar, escape, fold
from fundportal import clock
from fundportal.access import Role
from grants import public
from grants.calls import services
from grants.calls.deadlines import wall_of
from grants.calls.states import ARCHIVED, CANCELLED, CLOSED, DRAFT, FORECAST, OPEN
from tests.factories.calls import make_call, make_stage
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db


def page(client: Client, call, language="en") -> str:
    response = client.get(f"/{language}/calls/{call.code}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("ending", ["/", ".ics", ".json"])
def test_nobody_reads_a_call_before_it_is_announced(client: Client, ending):
    draft = make_call(state=DRAFT)
    withdrawn = make_call(state=CANCELLED, published_at=None)
    for code in (draft.code, withdrawn.code, "no-such-call"):
        assert client.get(f"/en/calls/{code}{ending}").status_code == 404


@pytest.mark.parametrize("state", [FORECAST, OPEN, CLOSED, ARCHIVED, CANCELLED])
def test_everybody_reads_it_from_then_on(client: Client, state):
    assert "Call" in page(client, make_call(state=state))


def test_the_list_shows_open_calls_before_those_to_come_and_the_past(client: Client):
    make_call(state=CLOSED, titles={"en": "The past one"})
    make_call(state=FORECAST, titles={"en": "The coming one"})
    make_call(state=OPEN, titles={"en": "The open one"})
    make_call(state=DRAFT, titles={"en": "The hidden one"})
    listed = client.get("/en/calls/").content.decode()
    found = re.findall(r"The (\w+) one", listed)
    assert found == ["open", "coming", "past"]


def test_an_empty_list_says_what_will_be_there(client: Client):
    assert "No call is open" in client.get("/en/calls/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_of_the_database_for_one_and_for_three(client, django_assert_num_queries, count):
    for _number in range(count):
        make_call()
    client.get("/en/calls/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/en/calls/")


LIST_QUERIES = 7
PAGE_QUERIES = 7


def test_a_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    call = make_call(stages=2)
    page(client, call)  # once in the life of a process: which site this is
    with django_assert_max_num_queries(PAGE_QUERIES):
        page(client, call)


def test_a_page_says_the_deadline_in_the_funds_zone_with_its_weekday(client: Client):
    call = make_call()
    stage = call.stages.get()
    stage.deadline_wall, stage.zone = "2027-01-29T17:00", "America/New_York"
    stage.save()
    with clock.at(datetime(2027, 1, 20, 12, tzinfo=UTC)):
        text = page(client, call)
    assert "Friday 29 January 2027, 17:00" in text
    assert "New York time" in text
    assert "Closes in 9 days" in text
    assert 'data-zone-at="2027-01-29T22:00:00+00:00"' in text


def test_a_deadline_in_an_hour_that_happens_twice_says_which_one_counts(client: Client):
    call = make_call()
    call.stages.update(deadline_wall="2026-11-01T01:30", zone="America/New_York", opens_at=clock.now())
    with clock.at(datetime(2026, 10, 30, 12, tzinfo=UTC)):
        assert "happens twice. The second one counts." in page(client, call)


def test_every_question_and_every_mark_is_there_before_anybody_starts(client: Client):
    call = make_call()
    text = page(client, call)
    for question in call.stages.get().form_version.form.questions:
        assert question.label.replace("'", "&#x27;") in text
    for criterion in call.stages.get().criteria.all():
        for score in range(6):
            assert criterion.anchor(score) in text


def test_a_page_speaks_the_readers_language(client: Client):
    call = make_call()
    assert "De petites subventions pour un accueil." in page(client, call, "fr")
    assert re.search(r"(lun|mar|mercre|jeu|vendre|same)di|dimanche", page(client, call, "fr"))


@pytest.mark.parametrize(("state", "offers"), [(FORECAST, False), (OPEN, True), (CLOSED, False), (CANCELLED, False)])
def test_an_application_can_be_begun_only_while_the_call_takes_any(client: Client, state, offers):
    assert ("Start an application" in page(client, make_call(state=state))) is offers


def test_an_extension_is_told_with_its_reason(client: Client):
    call = make_call()
    stage = call.stages.get()
    later = wall_of(stage.deadline_at + timedelta(days=7), stage.zone)
    services.extend(stage.pk, deadline=later, reason="A storm closed the offices.", by=make_person("", Role.MANAGER))
    assert "A storm closed the offices." in page(client, call)
    event = client.get(f"/en/calls/{call.code}.ics").content.decode()
    assert "SEQUENCE:1\r\n" in event


def test_a_cancelled_call_says_why_and_no_longer_counts_days(client: Client):
    text = page(client, make_call(state=CANCELLED))
    assert "The money went elsewhere." in text
    assert "Closes in" not in text


def test_a_calendar_gets_every_deadline_as_an_instant(client: Client):
    call = make_call(titles={"en": "Welcome; grants, for\nall"})
    make_stage(call, number=2)
    call.stages.filter(number=1).update(deadline_wall="2027-01-29T17:00", zone="America/New_York")
    response = client.get(f"/en/calls/{call.code}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20270129T220000Z\r\n" in text
    assert "SUMMARY:Deadline: Welcome\\; grants\\, for\\nall\r\n" in text


def test_machines_read_every_language_and_the_frozen_form(client: Client):
    call = make_call()
    stage = call.stages.get()
    data = json.loads(client.get(f"/en/calls/{call.code}.json").content)
    assert data["titles"] == call.titles
    assert data["money"] == {
        "currency": "USD", "budget_minor": 25_000_000, "minimum_minor": 500_000, "maximum_minor": 5_000_000,
    }  # fmt: skip
    (told,) = data["stages"]
    assert told["deadline"]["wall_clock"] == stage.deadline_wall
    assert told["form_sha256"] == stage.form_version.sha256
    assert sum(criterion["weight"] for criterion in told["criteria"]) == 100


def test_lines_are_folded_at_75_octets_and_never_inside_a_character():
    line = "DESCRIPTION:" + "é" * 200
    pieces = list(fold(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line


def test_what_would_break_a_line_is_written_out():
    assert escape("a\\b;c,d\r\ne\nf\x00\x07") == "a\\\\b\\;c\\,d\\ne\\nf"
    at = datetime(2027, 1, 29, 22, tzinfo=UTC)
    written = calendar([Event("x@y", "a\r\nEND:VCALENDAR", "", "https://example.org/", at, at, 0)])
    assert written.count("\r\nEND:VCALENDAR") == 1


def test_a_fund_whose_call_is_past_leads_to_none():
    """The link stands on a fund's pages while a call of its own is open or to come."""
    fund = make_call(state=CLOSED).fund
    assert not public.offers(fund.code).calls
    make_call(fund, state=FORECAST)
    assert public.offers(fund.code).calls
    make_call(make_fund(code="other"), state=DRAFT)
    assert not public.offers("other").calls
