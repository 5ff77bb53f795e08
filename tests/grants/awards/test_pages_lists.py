"""The office's lists: every award by its filters, what waits for an offer, and the texts of agreements."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from grants.awards.models import AgreementText
from grants.awards.states import AwardState, TrancheState
from grants.decisions.states import DeliberationState, Outcome
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.decisions import make_deliberation, make_funded_call
from tests.factories.organisations import make_conflict
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name, *place) -> str:
    return reverse(f"awards:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def officer(db):
    return make_person("Omar Officer", Role.OFFICER)


def test_an_award_is_found_by_words_fund_call_and_state(officer):
    first, second = make_award(title="A kitchen"), make_award(title="A library", state=AwardState.ACTIVE)
    client = as_(officer)

    def found(**query) -> list[str]:
        page = text(client.get(url("awards"), query))
        return [one.reference for one in (first, second) if one.reference in page]

    assert found() == [first.reference, second.reference]
    assert found(words="kitchen") == [first.reference]
    assert found(words=second.reference) == [second.reference]
    assert found(words=f"library {second.organisation.name}") == [second.reference]
    assert found(fund=first.fund.code) == [first.reference]
    assert found(call=second.application.stage.call.code) == [second.reference]
    assert found(state="active") == [second.reference]
    assert found(words="kitchen", state="active") == []
    assert "No award matches" in text(client.get(url("awards"), {"words": "nowhere"}))


def test_what_is_paid_stands_beside_what_was_promised(officer):
    award = make_award(state=AwardState.ACTIVE)
    make_tranche(award, state=TrancheState.PAID, amount_minor=300_000)
    make_tranche(award, state=TrancheState.RECONCILED, amount_minor=150_000)
    make_tranche(award, state=TrancheState.REQUESTED, amount_minor=200_000)
    page = text(as_(officer).get(url("awards")))
    assert "$4,500" in page
    assert "$10,000" in page


def test_an_approval_waits_for_its_offer_from_its_announcement_on(officer):
    announced = make_decided()
    adopted = make_deliberation(state=DeliberationState.ADOPTED).decisions.get().application
    refused = make_deliberation(state=DeliberationState.RELEASED, outcome=Outcome.DECLINE).decisions.get().application
    offered = make_award().application
    page = text(as_(officer).get(url("waiting")))
    assert announced.reference in page
    assert url("offer", announced.reference) in page
    for other in (adopted, refused, offered):
        assert other.reference not in page


def test_whoever_may_not_offer_reads_the_list_without_the_way_to_an_offer(db):
    announced = make_decided()
    page = text(as_(make_person("", Role.AUDITOR)).get(url("waiting")))
    assert announced.reference in page
    assert url("offer", announced.reference) not in page


def test_a_conflict_of_interest_hides_what_waits(officer):
    announced = make_decided()
    make_conflict(officer, announced.organisation)
    client = as_(officer)
    assert announced.reference not in text(client.get(url("waiting")))
    assert client.get(url("offer", announced.reference)).status_code == 404


def test_lists_of_other_funds_are_empty(db):
    make_award()
    make_decided()
    stranger = as_(make_person("", Role.OFFICER, fund=make_fund()))
    assert "No awards yet" in text(stranger.get(url("awards")))
    assert "Nothing waits for an offer" in text(stranger.get(url("waiting")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_awards_costs_the_same_for_any_number(officer, count, django_assert_num_queries):
    call = make_funded_call()
    for _number in range(count):
        make_tranche(make_award(make_decided(call=call), state=AwardState.ACTIVE), state=TrancheState.PLANNED)
    client = as_(officer)
    client.get(url("awards"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("awards"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_waits_costs_the_same_for_any_number(officer, count, django_assert_num_queries):
    call = make_funded_call()
    for _number in range(count):
        make_decided(call=call)
    client = as_(officer)
    client.get(url("waiting"))
    with django_assert_num_queries(WAITING_QUERIES):
        client.get(url("waiting"))


BODY = "{fund} gives {grantee} {amount} for “{title}”."


@pytest.fixture
def manager(db):
    return make_person("Mara Manager", Role.MANAGER, fund=make_fund("aurora"))


def test_the_text_of_a_fund_changes_as_a_new_version(manager):
    client = as_(manager)
    page = text(client.get(url("text", "aurora", "en")))
    assert "GRANT AGREEMENT {reference}" in page
    assert "{payments}" in page
    for _time in range(2):
        assert client.post(url("text", "aurora", "en"), {"body": BODY}).status_code == 302
    found = AgreementText.objects.filter(fund__code="aurora", language="en").order_by("number")
    assert [(one.number, one.is_current) for one in found] == [(1, False), (2, True)]
    page = text(client.get(url("text", "aurora", "en")))
    assert "Version 2" in page
    assert "Mara Manager" in page
    assert "what every fund begins with" in text(client.get(url("text", "aurora", "fr")))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (" ", "Write the text."),
        ("{grantee} {amount} {title} {sum}", "There is no field {sum}."),
        ("{grantee} {title}", "The field {amount} is missing."),
        ("{grantee} {amount} {title", "Each brace that opens also closes"),
    ],
)
def test_a_text_with_wrong_fields_is_refused_beside_its_box(manager, body, sentence):
    answer = as_(manager).post(url("text", "aurora", "en"), {"body": body})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert body.strip() in answer.content.decode()
    assert not AgreementText.objects.exists()


def test_the_text_of_another_fund_is_not_there(manager):
    make_fund("breeze")
    client = as_(manager)
    assert "breeze" not in text(client.get(url("texts")))
    assert client.get(url("text", "breeze", "en")).status_code == 404
    assert client.get(url("text", "aurora", "xx")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_texts_cost_the_same_for_any_number_of_funds(count, django_assert_num_queries):
    for _number in range(count):
        make_fund()
    client = as_(make_person("", Role.MANAGER))
    client.get(url("texts"))
    with django_assert_num_queries(TEXTS_QUERIES):
        client.get(url("texts"))


LIST_QUERIES, WAITING_QUERIES, TEXTS_QUERIES = 12, 8, 5
