import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from fundportal.access import SYSTEM
from fundportal.audit.models import Entry
from fundportal.audit.queries import of_subject
from fundportal.audit.services import record
from fundportal.funds.models import Fund

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


@pytest.fixture
def entry():
    fund = Fund.objects.create(code="test", contact_email="a@example.org")
    return record("funds.renamed", fund, by=SYSTEM, fund=fund, before="old", after="new", facts={"why": "typo"})


def test_a_row_says_what_happened_to_what_by_whom(entry):
    entry.refresh_from_db()
    assert (entry.action, entry.before, entry.after, entry.facts) == ("funds.renamed", "old", "new", {"why": "typo"})
    assert entry.actor is None
    assert list(of_subject("funds.fund", entry.fund_id)) == [entry]


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete_a_row(entry, statement):
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.filter(action="funds.renamed").count() == 1


@pytest.mark.postgres
def test_the_database_refuses_to_empty_the_table(entry):
    with pytest.raises(REFUSED, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_entry")
    assert Entry.objects.count() == 1
