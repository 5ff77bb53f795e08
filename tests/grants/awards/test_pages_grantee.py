"""The grantee's pages: who reads them, what happens next in every state, payments asked for, a grant declined."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.awards import services
from grants.awards.models import Award, Tranche
from grants.awards.queries.waiting import grants_to_go_on_with
from grants.awards.states import AgreementState, AwardState, ReportState, TrancheState
from tests.factories.awards import (
    make_agreement,
    make_award,
    make_condition,
    make_decided,
    make_report_due,
    make_tranche,
)
from tests.factories.decisions import make_funded_call
from tests.factories.organisations import join, make_signatory
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

S, A, T, R = AwardState, AgreementState, TrancheState, ReportState


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name, *place) -> str:
    return reverse(f"my_grants:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def grant_page(desk, award) -> str:
    return text(as_(desk.signatory).get(url("grant", award.reference)))


def test_only_the_people_of_the_grantee_find_its_grant(desk):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.READY)
    stranger = make_signatory(make_award().organisation)
    staff = make_person("", *set(Role) - {Role.REVIEWER}, fund=desk.fund)
    for person in (stranger, staff):
        client = as_(person)
        assert award.reference not in text(client.get(url("grants")))
        for place in (("grant", award.reference), ("decline", award.reference), ("agreement", award.reference, 1)):
            assert client.get(url(*place)).status_code == 404, place
        for name in ("approve", "change", "sign", "request_payment"):
            assert client.post(url(name, award.reference, 1)).status_code == 404, name
    for person in (desk.signatory, desk.writer):
        assert award.reference in text(as_(person).get(url("grants")))


def test_a_visitor_is_led_to_the_sign_in_page(desk):
    award = desk.award()
    answer = Client().get(url("grant", award.reference))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_a_former_member_finds_it_no_more(desk):
    award = desk.award()
    leaver = make_person()
    membership = join(leaver, award.organisation)
    assert as_(leaver).get(url("grant", award.reference)).status_code == 200
    membership.ended_at = membership.joined_at
    membership.save()
    assert as_(leaver).get(url("grant", award.reference)).status_code == 404


@pytest.mark.parametrize(
    ("state", "words", "who"),
    [
        (None, "The agreement is to be written", "fund"),
        (A.DRAFTING, "The agreement is to be written", "fund"),
        (A.GRANTEE_REVIEW, "Approve it word for word, or ask for a change.", "grantee"),
        (A.AGREED, "The grantee signs", "grantee"),
        (A.SIGNING, "The fund signs", "fund"),
        (A.EXECUTED, "Bank details, then the acceptance", "grantee"),
        (A.VOID, "The agreement is to be written", "fund"),
    ],
)
def test_before_the_grant_begins_the_page_says_who_acts_next_and_by_when(desk, state, words, who):
    award = desk.award()
    if state:
        make_agreement(award, state=state)
    page = grant_page(desk, award)
    name = desk.fund.name if who == "fund" else award.organisation.name
    assert words in page
    assert f"By whom: <b>{name}</b>" in page
    assert f'<time datetime="{award.respond_by}">' in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (T.PLANNED, "Next: payment 1, $10,000"),
        (T.READY, "Payment 1 can be asked for: $10,000"),
        (T.REQUESTED, "Payment 1 is being checked: $10,000"),
        (T.APPROVED, "Payment 1 is on its way: $10,000"),
        (T.INSTRUCTED, "The bank has the order."),
        (T.RETURNED, "Payment 1 did not arrive: $10,000"),
        (T.PAID, "Everything is paid and every report is in."),
    ],
)
def test_while_it_runs_the_page_says_what_becomes_of_the_money(desk, state, words):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=state)
    assert words in grant_page(desk, award)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (R.SCHEDULED, "Next: report 1"),
        (R.OPEN, "Report 1 is to be written: Progress report"),
        (R.SUBMITTED, "Report 1 is being read"),
        (R.CHANGES_REQUESTED, "Report 1 needs an answer"),
        (R.WAIVED, "Everything is paid and every report is in."),
    ],
)
def test_while_it_runs_the_page_says_which_report_is_due(desk, state, words):
    award = desk.award(state=S.ACTIVE)
    report = make_report_due(award, state=state)
    page = grant_page(desk, award)
    assert words in page
    way = reverse("my_reports:report", args=[award.reference, report.number])
    assert (way in page) == (state != R.SCHEDULED)


@pytest.mark.parametrize("state", S)
def test_every_state_has_its_page(desk, state):
    award = desk.award(state=state)
    for payment in T:
        make_condition(make_tranche(award, state=payment, amount_minor=1_000))
    for report in R:
        make_report_due(award, state=report)
    page = grant_page(desk, award)
    assert str(S(state).label) in page
    if award.end_reason:
        assert award.end_reason in page


def test_a_payment_is_asked_for_by_whoever_signs(desk):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.READY)
    place = url("request_payment", award.reference, 1)
    assert "Ask for this payment" not in text(as_(desk.writer).get(url("grant", award.reference)))
    assert as_(desk.writer).post(place).status_code == 403
    assert "Ask for this payment" in grant_page(desk, award)
    assert as_(desk.signatory).post(place).status_code == 302
    assert Tranche.objects.get().state == T.REQUESTED
    page = grant_page(desk, award)
    assert f"by {desk.signatory.full_name}. 0 of 2 people of the fund have approved it." in page
    again = as_(desk.signatory).post(place)
    assert again.status_code == 409
    assert "This cannot be done now" in text(again)
    assert as_(desk.signatory).post(url("request_payment", award.reference, 2)).status_code == 404


def test_a_grant_is_declined_with_a_reason_by_whoever_signs(desk):
    award = desk.award()
    place = url("decline", award.reference)
    assert "Do without this grant" in grant_page(desk, award)
    assert as_(desk.writer).post(place, {"reason": "We stop."}).status_code == 403
    assert as_(desk.signatory).post(place, {"reason": " "}).status_code == 422
    assert as_(desk.signatory).post(place, {"reason": "We stop."}).status_code == 302
    assert Award.objects.get(pk=award.pk).state == S.DECLINED
    assert "We stop." in grant_page(desk, award)
    refused = as_(desk.signatory).post(place, {"reason": "We stop again."})
    assert refused.status_code == 409
    assert "We stop again." in text(refused)


def test_no_name_of_the_funds_people_stands_in_the_story(desk):
    award = desk.award(state=S.SUSPENDED)
    services.resume_award(award.pk, by=desk.manager)
    page = grant_page(desk, award)
    assert "It goes on" in page
    assert desk.manager.full_name not in page


def test_what_waits_for_each_person_is_said(desk):
    def sentences(person) -> list[str]:
        person = type(person).objects.get(pk=person.pk)
        return [one.sentence for one in waiting_for(person) if desk.application.reference in one.sentence]

    assert "1 approved application waits for its offer." in [one.sentence for one in waiting_for(desk.officer)]
    award = desk.award()
    reference, name = award.reference, award.organisation.name
    assert f"{reference}: the agreement with {name} is to be written." in sentences(desk.officer)
    agreement = make_agreement(award, state=A.GRANTEE_REVIEW)
    assert any("read the agreement" in one for one in sentences(desk.signatory))
    assert sentences(desk.officer) == []
    replace_by_an_agreed_one(agreement, award)
    assert f"{reference}: the agreement waits for your signature." in sentences(desk.signatory)
    assert f"{reference}: the agreement with {name} waits for your signature." in sentences(desk.manager)


def replace_by_an_agreed_one(agreement, award) -> None:
    agreement.delete()
    make_agreement(award, state=A.AGREED)


def test_payments_wait_for_whoever_asks_and_for_whoever_approves(desk):
    award = desk.award(state=S.ACTIVE, offered_by=desk.second)
    make_tranche(award, state=T.READY, amount_minor=1_000)
    make_tranche(award, state=T.REQUESTED, amount_minor=1_000)

    def sentences(person) -> list[str]:
        return [one.sentence for one in waiting_for(person) if "payment" in one.sentence]

    reference, name = award.reference, award.organisation.name
    assert sentences(desk.signatory) == [f"{reference}: payment 1 can be asked for."]
    approval = f"{reference}: payment 2 to {name} waits for your approval."
    assert sentences(desk.manager) == sentences(desk.checker) == [approval]
    assert sentences(desk.second) == sentences(desk.officer) == sentences(desk.writer) == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_costs_the_same_for_any_number(count, django_assert_max_num_queries):
    person, call = make_person(), make_funded_call()
    for _number in range(count):
        application = make_decided(call=call)
        join(person, application.organisation, is_signatory=True)
        make_tranche(make_award(application, state=S.ACTIVE), state=T.READY)
    with django_assert_max_num_queries(WAITING_QUERIES):
        assert len(list(grants_to_go_on_with(person))) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_grants_costs_the_same_for_any_number(count, django_assert_num_queries):
    person, call = make_person(), make_funded_call()
    for _number in range(count):
        application = make_decided(call=call)
        join(person, application.organisation)
        make_tranche(make_award(application, state=S.ACTIVE))
    client = as_(person)
    client.get(url("grants"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("grants"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_hangs_on_the_grant(desk, count, django_assert_num_queries):
    award = desk.award(state=S.ACTIVE)
    for _number in range(count):
        make_condition(make_tranche(award, state=T.READY, amount_minor=1_000))
        make_report_due(award)
    client = as_(desk.signatory)
    client.get(url("grant", award.reference))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url("grant", award.reference))


LIST_QUERIES, PAGE_QUERIES, WAITING_QUERIES = 4, 18, 4
