"""The pages of the office on payments: who sees them, bank details, and runs the whole way through HTTP."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.waiting import waiting_for
from grants.payments.models import BankDetails, PaymentRun
from grants.payments.states import WAITING_TIME, BankState, RunState
from tests.factories.awards import make_award, make_decided
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import make_conflict, make_member
from tests.factories.payments import (
    make_account,
    make_bank_details,
    make_instruction,
    make_line,
    make_payable,
    make_run,
    waiting_change,
)
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

READERS = {Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.MANAGER, Role.AUDITOR}
VERIFIERS = {Role.FINANCE_CHECKER, Role.OFFICER}


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


def test_the_pages_open_to_their_readers_only():
    run = make_run()
    line = make_line(run.bank_account)
    pages = (url("payments"), url("run", run.pk), url("lines"), url("line", line.pk))
    for role in Role:
        client = holder(role, run.fund)
        answers = {client.get(page).status_code for page in pages}
        assert (role, answers) == (role, {200 if role in READERS else 403})


def test_bank_details_are_shown_to_those_who_pay_and_to_those_who_verify():
    details = make_bank_details(state=BankState.PROPOSED)
    for role in Role:
        client = holder(role, details.fund)
        page, numbers = client.get(url("bank", details.pk)), client.post(url("bank_numbers", details.pk))
        assert (role, page.status_code) == (role, 200 if role in READERS | VERIFIERS else 404)
        assert "000111222" not in text(page)
        assert (role, numbers.status_code) == (role, 200 if role in VERIFIERS else 403)
        assert (role, "000111222" in text(numbers)) == (role, role in VERIFIERS)


def test_reading_the_numbers_is_on_record_and_kept_in_no_cache():
    details = make_bank_details(state=BankState.PROPOSED)
    checker = make_person("", Role.FINANCE_CHECKER, fund=details.fund)
    answer = as_(checker).post(url("bank_numbers", details.pk))
    assert "no-store" in answer.headers["Cache-Control"]
    assert Entry.objects.get(action="bank_details.read").actor_id == checker.pk


def test_payments_of_other_funds_are_not_there():
    run, details = make_run(state=RunState.EXPORTED), make_bank_details(state=BankState.PROPOSED)
    line, payment = make_line(run.bank_account), run.instructions.get()
    stranger = as_(make_person("", *set(Role) - {Role.REVIEWER}, fund=make_fund()))
    places = [("run", run.pk), ("cancel", run.pk), ("file", run.pk), ("fail", run.pk, payment.pk), ("line", line.pk)]
    places += [("bank", details.pk), ("bank_refuse", details.pk)]
    places += [("account", run.bank_account_id), ("draft", run.bank_account_id)]
    assert {stranger.get(url(*place)).status_code for place in places} == {404}
    acts = [("approve", run.pk), ("export", run.pk), ("cancel", run.pk), ("remove", run.pk, payment.pk)]
    acts += [("add", run.pk, payment.tranche_id), ("bank_verify", details.pk), ("bank_numbers", details.pk)]
    acts += [("line_match", line.pk), ("line_explain", line.pk)]
    assert {stranger.post(url(*act)).status_code for act in acts} == {404}


def test_a_conflict_keeps_everything_of_the_organisation_away():
    run = make_run(payments=2, state=RunState.EXPORTED)
    hidden, shown = run.instructions.order_by("pk")
    checker = make_person("", Role.FINANCE_CHECKER, Role.FINANCE_MAKER, fund=run.fund)
    make_conflict(checker, hidden.tranche.award.organisation)
    client = as_(checker)
    page = text(client.get(url("run", run.pk)))
    assert hidden.obligation not in page
    assert shown.obligation in page
    assert "1 payment is kept from you" in page
    assert client.get(url("fail", run.pk, hidden.pk)).status_code == 404
    assert client.post(url("remove", run.pk, hidden.pk)).status_code == 404
    assert client.post(url("add", run.pk, hidden.tranche_id)).status_code == 404
    assert client.get(url("bank", hidden.bank_details_id)).status_code == 404
    assert client.post(url("bank_numbers", hidden.bank_details_id)).status_code == 404
    assert client.get(url("file", run.pk)).status_code == 403


def test_who_works_for_the_organisation_does_not_check_its_account():
    details = make_bank_details(state=BankState.PROPOSED)
    member = make_member(details.organisation)
    member.role_grants.create(
        role=Role.FINANCE_CHECKER,
        fund=details.fund,
        starts_on=clock.today("UTC"),
        state="active",
        approved_at=clock.now(),
    )
    assert as_(member).get(url("bank", details.pk)).status_code == 404


def test_details_are_verified_with_a_note():
    details = make_bank_details(state=BankState.PROPOSED)
    client = holder(Role.OFFICER, details.fund)
    empty = client.post(url("bank_verify", details.pk), {"note": " "})
    assert empty.status_code == 422
    assert 'id="id_note-error"' in text(empty)
    assert client.post(url("bank_verify", details.pk), {"note": "Letter of the bank seen."}).status_code == 302
    shown = text(client.get(url("bank", details.pk)))
    assert "Letter of the bank seen." in shown
    assert BankDetails.objects.get().state == BankState.ACTIVE
    late = client.post(url("bank_verify", details.pk), {"note": "Again."})
    assert late.status_code == 409
    assert "This cannot be done now" in text(late)


def test_who_gave_the_details_is_told_why_somebody_else_checks_them():
    details = make_bank_details(state=BankState.PROPOSED)
    officer = make_person("", Role.OFFICER, fund=details.fund)
    BankDetails.objects.filter(pk=details.pk).update(proposed_by=officer)
    assert "You gave these bank details." in text(as_(officer).get(url("bank", details.pk)))
    assert as_(officer).post(url("bank_verify", details.pk), {"note": "Mine."}).status_code == 403


def test_a_change_warns_and_may_be_refused_while_it_waits():
    details = waiting_change()
    client = holder(Role.FINANCE_CHECKER, details.fund)
    page = text(client.get(url("bank", details.pk)))
    assert "hour ago to be paid to another account" in page
    assert "on a number you knew before" in page
    assert client.post(url("bank_refuse", details.pk), {"reason": ""}).status_code == 422
    assert client.post(url("bank_refuse", details.pk), {"reason": "Not theirs."}).status_code == 302
    assert "Not theirs." in text(client.get(url("bank", details.pk)))
    assert client.post(url("bank_refuse", details.pk), {"reason": "Again."}).status_code == 409


def test_the_overview_shows_what_waits():
    call = make_funded_call()
    account = make_account(call.fund)
    tranche = make_payable(call)
    details = make_bank_details(make_award(make_decided(call=call)).organisation, state=BankState.PROPOSED)
    line = make_line(account, counterparty="Unknown Bakery")
    page = text(holder(Role.FINANCE_MAKER, call.fund).get(url("payments")))
    assert details.organisation.name in page
    assert tranche.award.organisation.name in page
    assert line.counterparty in page
    assert "Draft a run out of Bank main" in page
    auditor = text(holder(Role.AUDITOR, call.fund).get(url("payments")))
    assert tranche.award.organisation.name in auditor
    assert "Draft a run out of" not in auditor
    assert "Read a statement in" not in auditor


def test_a_run_from_the_draft_to_the_file():
    call = make_funded_call()
    account, tranche = make_account(call.fund), make_payable(call)
    maker = make_person("", Role.FINANCE_MAKER, fund=call.fund)
    draft = url("draft", account.pk)
    assert tranche.award.organisation.name in text(as_(maker).get(draft))
    today = clock.today(call.fund.time_zone).isoformat()
    assert as_(maker).post(draft, {"pay_on": today}).status_code == 422
    made = as_(maker).post(draft, {"pay_on": today, "tranches": [tranche.pk]})
    run = PaymentRun.objects.get()
    assert made.headers["Location"] == url("run", run.pk)
    page = text(as_(maker).get(url("run", run.pk)))
    assert "The first payment to this account." in page
    assert "Look twice" not in page
    assert as_(maker).post(url("export", run.pk)).status_code == 409
    for role in (Role.FINANCE_CHECKER, Role.MANAGER):
        assert holder(role, call.fund).post(url("approve", run.pk)).status_code == 302
    assert as_(maker).get(url("file", run.pk)).status_code == 409
    assert as_(maker).post(url("export", run.pk)).status_code == 302
    file = as_(maker).get(url("file", run.pk))
    assert file.headers["Content-Disposition"] == f'attachment; filename="{run}.xml"'
    assert "no-store" in file.headers["Cache-Control"]
    assert f"{tranche}-1".encode() in file.content
    assert "Download the file for the bank" in text(as_(maker).get(url("run", run.pk)))
    assert Entry.objects.filter(action="payment_runs.read_file").count() == 1


def test_who_put_a_run_together_does_not_approve_it():
    run = make_run()
    both = make_person("", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, fund=run.fund)
    PaymentRun.objects.filter(pk=run.pk).update(made_by=both)
    assert "You put this run together. Somebody else approves it." in text(as_(both).get(url("run", run.pk)))
    assert as_(both).post(url("approve", run.pk)).status_code == 403


def test_payments_are_added_and_taken_out_until_it_is_approved():
    call = make_funded_call()
    run = make_run(make_account(call.fund), approvals=1)
    tranche = make_payable(call)
    maker = holder(Role.FINANCE_MAKER, run.fund)
    page = text(maker.get(url("run", run.pk)))
    assert f"Add {tranche.award.reference}, payment 1: $10,000.00" in page
    assert maker.post(url("add", run.pk, tranche.pk)).status_code == 302
    assert run.instructions.count() == 2
    assert not run.approvals.exists()
    again = maker.post(url("add", run.pk, tranche.pk))
    assert again.status_code == 422
    assert f"{tranche} is in a run already." in text(again)
    payment = run.instructions.get(tranche=tranche)
    assert maker.post(url("remove", run.pk, payment.pk)).status_code == 302
    assert run.instructions.count() == 1
    assert maker.post(url("remove", run.pk, payment.pk)).status_code == 409
    approved = make_run(run.bank_account, state=RunState.APPROVED)
    refused = maker.post(url("remove", approved.pk, approved.instructions.get().pk))
    assert refused.status_code == 409
    assert "Cancel it and make another one." in text(refused)


def test_a_payment_whose_account_is_about_to_change_is_looked_at_twice():
    run = make_run()
    waiting_change_of = run.instructions.get().tranche.award.organisation
    make_bank_details(waiting_change_of, state=BankState.PROPOSED, is_change=True)
    page = text(holder(Role.MANAGER, run.fund).get(url("run", run.pk)))
    assert "Look twice at 1 payment of this run" in page
    assert "was asked for 0 minutes ago" in page


def test_bank_details_that_changed_lately_are_looked_at_twice():
    call = make_funded_call()
    tranche = make_payable(call)
    changed = clock.now() - timedelta(hours=90)
    BankDetails.objects.update(is_change=True, proposed_at=changed, effective_at=changed + WAITING_TIME)
    run = make_run(make_account(call.fund), payments=0)
    make_instruction(run, tranche)
    client = holder(Role.MANAGER, run.fund)
    assert "Bank details changed 3 days ago." in text(client.get(url("run", run.pk)))
    with clock.at(clock.now() + timedelta(days=40)):
        later = text(client.get(url("run", run.pk)))
        assert run.reference in later
        assert "Bank details changed" not in later


def test_no_file_is_made_before_the_numbers_of_the_account_are_kept():
    call = make_funded_call()
    run = make_run(make_account(call.fund, is_complete=False), state=RunState.APPROVED)
    client = holder(Role.FINANCE_MAKER, run.fund)
    assert "The numbers of this account are not kept here yet." in text(client.get(url("run", run.pk)))
    assert client.post(url("export", run.pk)).status_code == 409


def test_a_run_that_the_account_does_not_carry_says_what_is_missing():
    call = make_funded_call()
    run = make_run(make_account(call.fund, held=400_000))
    assert "$6,000.00 are missing" in text(holder(Role.MANAGER, run.fund).get(url("run", run.pk)))


@pytest.mark.parametrize(
    ("state", "status"), [(RunState.DRAFTED, 302), (RunState.APPROVED, 302), (RunState.EXPORTED, 409)]
)
def test_a_run_is_cancelled_before_the_bank_has_it_and_with_a_reason(state, status):
    run = make_run(state=state)
    client = holder(Role.MANAGER, run.fund)
    assert client.post(url("cancel", run.pk), {"reason": ""}).status_code == 422
    answer = client.post(url("cancel", run.pk), {"reason": "The day was wrong."})
    assert answer.status_code == status
    if status != 302:
        assert "The day was wrong." in text(answer)
    assert holder(Role.AUDITOR, run.fund).post(url("cancel", run.pk), {"reason": "No."}).status_code == 403


def test_what_the_bank_refused_is_owed_again():
    run = make_run(state=RunState.EXPORTED)
    payment = run.instructions.get()
    client = holder(Role.FINANCE_CHECKER, run.fund)
    assert url("fail", run.pk, payment.pk) in text(client.get(url("run", run.pk)))
    assert client.post(url("fail", run.pk, payment.pk), {"reason": ""}).status_code == 422
    assert client.post(url("fail", run.pk, payment.pk), {"reason": "Account closed."}).status_code == 302
    page = text(client.get(url("run", run.pk)))
    assert "Account closed." in page
    assert "Refused by the bank before the money left" in page
    assert client.post(url("fail", run.pk, payment.pk), {"reason": "Again."}).status_code == 409


def test_the_numbers_of_the_own_account_are_kept_by_a_checker_only():
    call = make_funded_call()
    account = make_account(call.fund, is_complete=False)
    checker = holder(Role.FINANCE_CHECKER, call.fund)
    typed = {"holder": "Fund", "country": "US", "currency": "USD", "routing_number": "123456780"}
    assert checker.post(url("account", account.pk), typed | {"currency": "EUR"}).status_code == 422
    assert checker.post(url("account", account.pk), typed | {"account_number": "555000111"}).status_code == 302
    shown = text(checker.get(url("account", account.pk)))
    assert "•••• 0111" in shown
    assert "555000111" not in shown
    assert holder(Role.FINANCE_MAKER, call.fund).get(url("account", account.pk)).status_code == 403


def test_what_waits_for_a_person_leads_to_a_page_that_opens_to_them():
    call = make_funded_call()
    account = make_account(call.fund)
    make_payable(call)
    make_bank_details(make_award(make_decided(call=call)).organisation, state=BankState.PROPOSED)
    make_run(account)
    make_run(account, state=RunState.APPROVED)
    make_line(account)
    for role in (Role.OFFICER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.MANAGER):
        person = make_person("", role, fund=call.fund)
        places = [each.url for each in waiting_for(person) if each.url.startswith(url("payments"))]
        assert places, role
        assert (role, {as_(person).get(place).status_code for place in places}) == (role, {200})


def test_the_pages_cost_the_same_for_any_number_of_payments(django_assert_num_queries):
    call = make_funded_call(raised=0)
    run = make_run(make_account(call.fund), payments=0)
    client = holder(Role.FINANCE_MAKER, call.fund)
    for _count in ("one of each", "two", "three"):
        make_instruction(run, call=call)
        make_payable(call)
        make_run(run.bank_account)
        make_line(run.bank_account)
        make_bank_details(make_award(make_decided(call=call)).organisation, state=BankState.PROPOSED)
        client.get(url("payments"))
        with django_assert_num_queries(OVERVIEW_QUERIES):
            client.get(url("payments"))
        with django_assert_num_queries(RUN_QUERIES):
            client.get(url("run", run.pk))
        with django_assert_num_queries(DRAFT_QUERIES):
            client.get(url("draft", run.bank_account_id))


OVERVIEW_QUERIES, RUN_QUERIES, DRAFT_QUERIES = 13, 15, 8
