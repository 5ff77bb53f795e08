"""Statements through HTTP: looked through first, never losing what was put in, and each line understood by somebody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from grants.payments.models import BankLine, PaymentRun, Statement
from grants.payments.states import LineKind, RunState
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import make_conflict
from tests.factories.payments import make_account, make_line, make_run
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

HEAD = "booked_on,amount,currency,reference,counterparty,bank_id\n"


@pytest.fixture
def account():
    return make_account(make_funded_call().fund)


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def holder(role, fund) -> Client:
    return as_(make_person("", role, fund=fund))


def url(name, *place) -> str:
    return reverse(f"payments:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def put(account, rows: str, **more) -> dict:
    return {"bank_account": account.pk, "text": HEAD + rows} | more


def test_a_statement_is_shown_first_and_counts_when_it_is_confirmed():
    run = make_run(state=RunState.EXPORTED)
    payment = run.instructions.get()
    maker = holder(Role.FINANCE_MAKER, run.fund)
    rows = f"2026-11-20,-10000.00,USD,{payment.obligation},City,A1\n2026-11-20,12.50,USD,,Bakery,A2\n"
    shown = maker.post(url("lines_read"), put(run.bank_account, rows))
    assert shown.status_code == 200
    assert "2 new lines. 1 is a payment of ours." in text(shown)
    assert "Read 2 lines in" in text(shown)
    assert not BankLine.objects.exists()
    done = maker.post(url("lines_confirm"), put(run.bank_account, rows, name="november.csv"), follow=True)
    assert "2 lines read in. 1 is not understood yet." in text(done)
    assert Statement.objects.get().name == "november.csv"
    assert PaymentRun.objects.get(pk=run.pk).state == RunState.SETTLED
    again = text(maker.post(url("lines_read"), put(run.bank_account, rows)))
    assert "2 were read in before and are left alone." in again
    assert "Every line was read in before." in again


@pytest.mark.parametrize("address", ["lines_read", "lines_confirm"])
def test_mistakes_are_named_by_row_and_column_and_the_text_stays(account, address):
    rows = "20.11.2026,-10.00,USD,,City,A1\n2026-11-20,many,EUR,,City,A2\n"
    answer = holder(Role.FINANCE_MAKER, account.fund).post(url(address), put(account, rows))
    assert answer.status_code == 422
    page = text(answer)
    for words in ("Write the day like 2026-11-30.", "Write the amount like -1234.50", "This account is kept in USD."):
        assert words in page
    assert 'role="rowheader">3 </th>' in page
    assert "2026-11-20,many,EUR,,City,A2" in page
    assert "3 places do not fit." in page
    assert "<title>Error:" in page
    assert not BankLine.objects.exists()


@pytest.mark.parametrize(("encoding", "name"), [("utf-8-sig", "São Leopoldo"), ("cp1252", "São Leopoldo")])
def test_a_file_is_read_as_spreadsheets_save_it_and_stands_in_the_box(account, encoding, name):
    content = f"{HEAD}2026-11-20,10.00,USD,,{name},A1\n".encode(encoding)
    data = {"bank_account": account.pk, "text": "", "file": SimpleUploadedFile("lines.csv", content)}
    page = text(holder(Role.FINANCE_MAKER, account.fund).post(url("lines_read"), data))
    assert "1 new line." in page
    assert page.count(name) == 2
    assert 'value="lines.csv"' in page


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"a\x00b", b"\x81\x8d\x8f"])
def test_a_file_that_is_no_text_is_refused_beside_its_box(account, content):
    data = {"bank_account": account.pk, "text": "", "file": SimpleUploadedFile("lines.csv", content)}
    answer = holder(Role.FINANCE_MAKER, account.fund).post(url("lines_read"), data)
    assert answer.status_code == 422
    assert "This is not a table as text." in text(answer)
    assert 'id="id_file-error"' in text(answer)


def test_nothing_put_in_is_said_at_the_box_and_a_foreign_account_is_no_choice(account):
    maker = holder(Role.FINANCE_MAKER, account.fund)
    empty = maker.post(url("lines_read"), {"bank_account": account.pk, "text": ""})
    assert empty.status_code == 422
    assert "Choose a file, or put the lines of the statement here." in text(empty)
    other = make_account(make_funded_call().fund)
    assert maker.post(url("lines_confirm"), put(other, "2026-11-20,10.00,USD,,City,A1\n")).status_code == 422
    assert not BankLine.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_who_imports_reads_a_statement_in(account, role):
    client = holder(role, account.fund)
    wanted = 200 if role == Role.FINANCE_MAKER else 403
    assert client.get(url("lines_read")).status_code == wanted
    rows = put(account, "2026-11-20,10.00,USD,,City,A1\n")
    assert client.post(url("lines_confirm"), rows).status_code == (302 if wanted == 200 else 403)


def test_a_payment_the_bank_did_not_name_is_recognised_by_a_person():
    run = make_run(state=RunState.EXPORTED)
    payment = run.instructions.get()
    line = make_line(run.bank_account, -payment.amount_minor, counterparty="City")
    client = holder(Role.FINANCE_CHECKER, run.fund)
    assert payment.obligation in text(client.get(url("line", line.pk)))
    assert client.post(url("line_match", line.pk), {}).status_code == 422
    assert client.post(url("line_match", line.pk), {"instruction": payment.pk}).status_code == 302
    page = text(client.get(url("line", line.pk)))
    assert "A payment of ours" in page
    assert "It is this payment" not in page
    assert client.post(url("line_explain", line.pk), {"purpose": run.fund.purposes.first().pk}).status_code == 409


@pytest.mark.parametrize(("minor", "kind"), [(-1_250, LineKind.CHARGE), (99, LineKind.INTEREST)])
def test_charges_and_interest_go_to_a_purpose(account, minor, kind):
    line = make_line(account, minor)
    purpose = account.fund.purposes.first()
    client = holder(Role.FINANCE_MAKER, account.fund)
    assert client.post(url("line_explain", line.pk), {"purpose": "0"}).status_code == 422
    assert client.post(url("line_explain", line.pk), {"purpose": purpose.pk}).status_code == 302
    assert line.match.kind == kind
    page = text(client.get(url("line", line.pk)))
    assert purpose.name in page
    assert str(kind.label) in page


def test_the_line_of_a_payment_is_kept_from_who_has_a_conflict():
    run = make_run(state=RunState.SETTLED)
    line = BankLine.objects.get()
    maker = make_person("", Role.FINANCE_MAKER, fund=run.fund)
    assert as_(maker).get(url("line", line.pk)).status_code == 200
    make_conflict(maker, run.instructions.get().tranche.award.organisation)
    maker = type(maker).objects.get(pk=maker.pk)
    assert as_(maker).get(url("line", line.pk)).status_code == 404
    page = text(as_(maker).get(url("lines")))
    assert line.bank_id not in page
    assert 'All <b class="n">0</b>' in page
    preview = as_(maker).post(
        url("lines_read"), put(run.bank_account, f"2026-11-20,10000.00,USD,{run.instructions.get()} back,City,Z1\n")
    )
    assert f'<span class="soft">{run.instructions.get()}</span>' not in text(preview)


def test_an_auditor_reads_lines_and_has_nothing_to_press(account):
    line = make_line(account, counterparty="Unknown Bakery")
    auditor = holder(Role.AUDITOR, account.fund)
    page = text(auditor.get(url("line", line.pk)))
    assert "Nobody has said yet what this line is." in page
    assert "<button" not in page.split("<main")[1]
    assert auditor.post(url("line_explain", line.pk), {"purpose": 1}).status_code == 403


def test_lines_are_narrowed_to_those_nobody_understands():
    run = make_run(state=RunState.SETTLED)
    known = BankLine.objects.get()
    unknown = make_line(run.bank_account)
    client = holder(Role.AUDITOR, run.fund)
    page = text(client.get(url("lines"), {"show": "unknown"}))
    assert url("line", unknown.pk) in page
    assert url("line", known.pk) not in page
    assert 'Understood <b class="n">1</b>' in page
    everything = text(client.get(url("lines"), {"show": "nonsense"}))
    assert url("line", known.pk) in everything


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_costs_the_same_for_any_number(account, count, django_assert_num_queries):
    for _number in range(count):
        make_line(account)
    client = holder(Role.AUDITOR, account.fund)
    client.get(url("lines"))
    with django_assert_num_queries(QUERIES):
        client.get(url("lines"))


QUERIES = 8
