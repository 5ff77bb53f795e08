"""The record: narrowed by every column it offers, read by fund, kept from whoever has a conflict, taken as CSV."""

import csv
import io
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.audit.queries import visible_to
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.office.kinds import KINDS
from fundportal.office.record import record_for
from fundportal.organisations.record import kinds_with_organisation
from tests.factories.applications import make_application
from tests.factories.organisations import join, make_conflict, make_organisation
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def ada(client: Client) -> User:
    person = make_person("Ada Auditor", Role.AUDITOR)
    client.force_login(person)
    return person


def write_row(label: str = "PW27-0001", *, days_ago: int = 0, **facts: Any) -> Entry:
    defaults = {"action": "gifts.receive", "subject_kind": "gifts.gift", "subject_id": str(next(_numbers))}
    return Entry.objects.create(at=clock.now() - timedelta(days=days_ago), subject_label=label, **(defaults | facts))


def page(client: Client, **filters: Any) -> str:
    return " ".join(client.get(reverse("office:record"), filters).content.decode().split())


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def export(client: Client, **filters: Any) -> list[dict[str, str]]:
    return rows_of(client.get(reverse("office:record_export"), filters))


def filters_that_find(otto: User, fund: Fund) -> list[dict[str, Any]]:
    return [
        {"fund": fund.code},
        {"by": "otto off"},
        {"by": otto.email.upper()},
        {"what": "role proposed"},
        {"what": "roles.propose"},
        {"kind": "accounts.rolegrant"},
        {"about": "pw27-0002"},
        {"since": "2026-11-18"},
        {"until": "2026-11-19", "since": "2026-11-18"},
    ]


def test_each_filter_finds_its_row_and_no_other(ada: User):
    otto, fund = make_person("Otto Officer"), make_fund()
    write_row("PW27-0001", days_ago=9)
    sought = write_row(
        "PW27-00021 for Nina",
        days_ago=1,
        actor=otto,
        fund=fund,
        action="roles.propose",
        subject_kind="accounts.rolegrant",
    )
    for asked in filters_that_find(otto, fund):
        typed = {
            name: datetime.fromisoformat(value) if name in {"since", "until"} else value
            for name, value in asked.items()
        }
        assert list(record_for(ada, typed)) == [sought], asked
    assert record_for(ada, {"by": "Nobody Known"}).count() == 0
    assert record_for(ada, {}).count() == 2


def test_what_the_portal_did_by_itself_is_found_by_its_name(ada: User):
    write_row("by a person", actor=ada)
    by_itself = write_row("by the clock")
    assert list(record_for(ada, {"by": "the portal"})) == [by_itself]


def test_filters_hold_together_and_what_is_not_understood_is_left_out(ada: User, client: Client):
    write_row("PW27-0001")
    assert "PW27-0001" in page(client, about="PW27", what="gift received", since="not a day", fund="no-such-fund")
    assert "Nothing on record" in page(client, about="PW27", what="refund")


def test_words_are_sought_in_the_readers_language(ada: User):
    write_row("PW27-0001")
    with translation.override("fr"):
        assert record_for(ada, {"what": "don reçu"}).count() == 1


def test_a_row_leads_to_everything_about_its_thing(ada: User, client: Client):
    write_row("PW27-0001")
    assert 'href="?kind=gifts.gift&amp;about=PW27-0001"' in page(client)


def test_the_record_speaks_plainly_and_keeps_the_code_small(ada: User, client: Client):
    row = {"action": "roles.propose", "subject_kind": "accounts.rolegrant"}
    write_row("Nina: Fund officer", after="proposed", **row)
    shown = page(client)
    assert '<th scope="row" role="rowheader">Role proposed' in shown
    assert 'Waiting for a second person<br><code class="tiny">roles.propose</code>' in shown


def test_a_manager_reads_the_record_of_her_fund_alone(client: Client):
    mine, other = make_fund(), make_fund()
    client.force_login(make_person("Mona Manager", Role.MANAGER, fund=mine))
    write_row("mine", fund=mine)
    write_row("theirs", fund=other)
    write_row("of no fund")
    shown = page(client)
    assert "mine" in shown
    assert "theirs" not in shown
    assert "of no fund" not in shown
    assert f'value="{other.code}"' not in shown
    assert [row["subject"] for row in export(client)] == ["mine"]


def test_nobody_reads_what_is_on_record_about_an_organisation_they_keep_away_from(ada: User, client: Client):
    application, other = make_application(), make_application()
    for each in (application, other):
        record("applications.submit", each, by=ada, fund=each.fund)
        record("organisations.edit", each.organisation, by=ada)
    assert len(export(client)) == 4
    make_conflict(ada, application.organisation)
    client.force_login(User.objects.get(pk=ada.pk))
    shown = [row["subject"] for row in export(client) if row["action"] != "audit.export"]
    assert sorted(shown) == sorted([str(other), str(other.organisation)])
    assert f">{application}<" not in page(client)


def test_a_member_of_an_organisation_reads_nothing_about_it(ada: User):
    application = make_application()
    row = record("applications.submit", application, by=ada, fund=application.fund)
    assert row in visible_to(ada)
    reader = make_person("Ira Insider", Role.AUDITOR)
    join(reader, application.organisation)
    assert row not in visible_to(reader)


def test_what_an_act_upon_many_notes_of_each_is_kept_from_whoever_has_a_conflict(ada: User, client: Client):
    facts = {"application": "PW27-0001"}
    write_row("Board of May", subject_kind="decisions.deliberation", action="decisions.list", facts=facts)
    assert export(client)[0]["facts"] == '{"application": "PW27-0001"}'
    make_conflict(ada, make_organisation())
    client.force_login(User.objects.get(pk=ada.pk))
    assert [row["facts"] for row in export(client, kind="decisions.deliberation")] == [""]


def test_every_thing_of_an_organisation_is_known_to_belong_to_one():
    """Kinds whose rows lead to an organisation; their keys are numbers, which the record writes as text."""
    ways = kinds_with_organisation()
    assert ways["organisations.organisation"] == ("pk",)
    assert ways["applications.application"] == ("organisation",)
    assert "application__organisation" in ways["decisions.decision"]
    assert "application__organisation" in ways["reviews.assignment"]
    assert not {"accounts.user", "funds.fund", "gifts.gift", "calls.call", "decisions.deliberation"} & set(ways)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_runs_as_a_formula(ada: User, client: Client, text: str):
    write_row(text)
    assert export(client, kind="gifts.gift")[0]["subject"] == f"'{text}"


def test_the_export_holds_what_the_page_lists_and_is_itself_on_record(ada: User, client: Client):
    fund = make_fund("city")
    write_row("PW27-0001", fund=fund, actor=ada, before="open", after="received", facts={"why": "é"})
    write_row("other")
    response = client.get(reverse("office:record_export"), {"fund": "city"})
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="record.csv"'
    (row,) = rows_of(response)
    assert row == {
        "at": "2026-11-20T12:00:00+00:00",
        "action": "gifts.receive",
        "words": "Gift received",
        "kind": "gifts.gift",
        "id": row["id"],
        "subject": "PW27-0001",
        "before": "open",
        "after": "received",
        "actor": "Ada Auditor",
        "actor_email": ada.email,
        "fund": "city",
        "facts": '{"why": "é"}',
    }
    noted = Entry.objects.get(action="audit.export")
    assert (noted.actor, noted.facts) == (ada, {"filters": {"fund": "city"}})


def test_the_page_hands_its_filters_to_the_export(ada: User, client: Client):
    write_row("PW27-0001")
    address = f"{reverse('office:record_export')}?about=PW27&amp;since=2026-11-01"
    assert f'href="{address}"' in page(client, about="PW27", since="2026-11-01", until="never")
    assert f'href="{reverse("office:record_export")}"' in page(client)


@pytest.mark.parametrize("role", Role)
def test_the_export_opens_for_who_reads_the_record_and_nobody_else(client: Client, role: Role):
    client.force_login(make_person("Robin", role))
    allowed = role in {Role.AUDITOR, Role.MANAGER, Role.PEOPLE_ADMIN}
    assert client.get(reverse("office:record_export")).status_code == (200 if allowed else 403)


def test_page_and_export_ask_as_much_for_thirty_rows_as_for_three(ada: User, client: Client):
    make_conflict(ada, make_organisation())
    counts = []
    for rows in (3, 27):
        for _ in range(rows):
            write_row(actor=make_person(), fund=make_fund())
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client, by="person", about="PW27", what="gift")
            export(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


FOUND_BY = {
    "audit_by_fund": "fund_id = 1",
    "audit_by_actor": "actor_id = 1",
    "audit_by_action": "action = 'gifts.receive'",
    "audit_by_kind": "subject_kind = 'gifts.gift'",
}


@pytest.mark.parametrize("index", FOUND_BY)
def test_each_filter_has_an_index_that_serves_the_newest_first(index: str):
    """The planner of SQLite, which has no statistics to prefer another way; PostgreSQL has the same indexes."""
    plan = f"EXPLAIN QUERY PLAN SELECT * FROM audit_entry WHERE {FOUND_BY[index]} ORDER BY at DESC, id DESC"
    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "audit_entry")
        assert {*FOUND_BY, "audit_by_label", "audit_by_subject"} <= set(names)
        if connection.vendor == "sqlite":
            cursor.execute(plan)
            plan = " ".join(row[-1] for row in cursor.fetchall())
            assert f"USING INDEX {index} " in plan
            assert "TEMP B-TREE" not in plan


def test_every_kind_on_record_has_words():
    """What the slices of the two halves record today; a kind without words would be missing from the filter."""
    assert {"gifts.gift", "applications.application", "accounts.rolegrant", "mail.letter"} <= set(KINDS)
