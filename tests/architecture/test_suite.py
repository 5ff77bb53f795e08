"""The suite's own strictness bites: each of these is what the rest of the tests lean on."""

import threading
import urllib.request

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.template import engines
from django.template.base import Origin, Template

from fundportal.audit.models import Entry
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from tests.architecture import sources
from tests.support.strictness import UndefinedVariableError


def template(text, file):
    return Template(text, origin=Origin(str(file)), engine=engines["django"].engine)


def render(text, file):
    from django.template import Context

    return template(text, file).render(Context({"known": "x"}))


def test_an_undefined_variable_fails_in_our_templates():
    with pytest.raises(UndefinedVariableError, match="unknown"):
        render("{{ known }}{{ unknown }}", sources.ROOT / "templates" / "x.html")


def test_an_undefined_variable_is_empty_in_other_peoples_templates():
    assert render("{{ known }}{{ unknown|default:'y' }}", "/elsewhere/x.html") == "xy"


def test_a_question_about_an_undefined_variable_is_a_question():
    assert render("{% if unknown %}a{% else %}b{% endif %}", sources.ROOT / "templates" / "x.html") == "b"


def make_entries(number):
    for _count in range(number):
        record("suite.checked", "suite", by=None)


@pytest.mark.django_db
def test_rows_that_nobody_ordered_come_in_any_order():
    funds = [Fund(code=f"fund-{number}") for number in range(30)]
    Fund.objects.bulk_create(funds)
    orders = {tuple(Fund.objects.order_by().values_list("code", flat=True)) for _time in range(5)}
    assert len(orders) > 1
    ordered = {tuple(Fund.objects.order_by("code").values_list("code", flat=True)) for _time in range(5)}
    assert len(ordered) == 1


def count_in_another_thread():
    seen = []

    def look():
        seen.append(Fund.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return seen[0]


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_row_is_seen_by_other_threads_and_gone_in_the_next_test(committed_db, time):
    before = Fund.objects.count()
    assert before == 0
    Fund.objects.create(code=time)
    assert count_in_another_thread() == 1


def test_a_lock_outside_a_transaction_fails_on_sqlite_too(committed_db):
    locked = Fund.objects.select_for_update().order_by("pk")
    with pytest.raises(TransactionManagementError):
        list(locked)
    with transaction.atomic():
        assert list(locked) == []


def test_append_only_tables_stay_append_only_where_commits_are_real(committed_db):
    from wagtail.models import Page

    assert Page.objects.exists()
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass", [table])
        assert cursor.fetchone()[0] >= 2


def test_the_site_answers_over_the_network(site):
    with urllib.request.urlopen(f"{site.url}/healthz", timeout=20) as answer:
        assert answer.read() == b"ok\n"
    with urllib.request.urlopen(f"{site.url}/readyz", timeout=20) as answer:
        assert answer.status == 200


@pytest.mark.postgres
def test_a_copy_has_a_name_of_its_own(committed_db):
    assert committed_db.name.startswith("fundportal_test_")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0] == committed_db.name
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
