"""The office's pages of calls: who sees them, what they offer, and what they keep when something is refused."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from grants.calls import services
from grants.calls.models import Call
from grants.calls.states import CANCELLED, CLOSED, DECIDED, DRAFT, FORECAST, OPEN, CallState
from tests.factories.calls import make_call
from tests.factories.gifts import make_purpose
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

READERS = {
    Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR, Role.CHAIR, Role.CLERK,
}  # fmt: skip
LIST_QUERIES = 7


def signed_in(client: Client, role=Role.MANAGER, fund=None) -> Client:
    client.force_login(make_person("", role, fund=fund))
    return client


def url(name, call=None, *more) -> str:
    return reverse(f"calls:{name}", args=[call.code, *more] if call else [])


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("role", Role)
def test_the_pages_open_to_their_readers_only(client, role):
    call = make_call(state=DRAFT)
    signed_in(client, role, call.fund)
    wanted = 200 if role in READERS else 403
    assert client.get(url("calls")).status_code == wanted
    assert client.get(url("call", call)).status_code == wanted


def test_calls_of_other_funds_are_not_there(client):
    other = make_call(titles={"en": "Somebody else’s"})
    signed_in(client, Role.MANAGER, make_fund())
    assert "Somebody else’s" not in text(client.get(url("calls")))
    for name in ("call", "edit", "cancel"):
        assert client.get(url(name, other)).status_code == 404
    for name in ("publish", "withdraw", "open", "start_assessment", "archive", "stage_remove"):
        assert client.post(url(name, other)).status_code == 404
    assert client.get(url("stage", other, 1)).status_code == 404
    assert client.get(url("criterion", other, 1, "need")).status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_asks_the_same_of_the_database_for_3_and_for_30(client, django_assert_num_queries, count):
    fund = make_fund()
    for _number in range(count):
        make_call(fund)
    signed_in(client, Role.AUDITOR)
    client.get(url("calls"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(url("calls"))


def test_the_list_is_narrowed_by_words_and_states(client):
    fund = make_fund()
    make_call(fund, state=DRAFT, titles={"en": "Kitchens"})
    make_call(fund, state=OPEN, titles={"en": "Gardens"})
    signed_in(client)
    assert "Gardens" not in text(client.get(url("calls"), {"words": "kitch"}))
    assert "Kitchens" not in text(client.get(url("calls"), {"state": OPEN}))
    assert "No call matches" in text(client.get(url("calls"), {"words": "nothing"}))
    assert "Gardens" in text(client.get(url("calls"), {"state": "nonsense"}))


@pytest.mark.parametrize("state", CallState)
def test_a_page_offers_the_moves_of_its_state_to_a_manager_and_none_to_an_auditor(client, state):
    call = make_call(state=state)
    offers = {
        DRAFT: {"publish", "edit", "cancel"},
        FORECAST: {"open", "withdraw", "edit", "cancel"},
        OPEN: {"edit", "cancel"},
        CLOSED: {"start_assessment", "edit", "cancel"},
        DECIDED: {"archive"},
        CallState.ASSESSING: {"cancel"},
    }
    page = text(signed_in(client, Role.MANAGER, call.fund).get(url("call", call)))
    names = ("publish", "open", "withdraw", "start_assessment", "archive", "edit", "cancel")
    assert {name for name in names if url(name, call) in page} == offers.get(state, set())
    page = text(signed_in(client, Role.AUDITOR, call.fund).get(url("call", call)))
    assert {name for name in names if url(name, call) in page} == set()


def test_what_is_missing_is_listed_and_the_button_says_why_not(client):
    call = make_call(state=DRAFT, burden_hours=None)
    signed_in(client, Role.MANAGER, call.fund)
    page = text(client.get(url("call", call)))
    assert "Say how many hours an application takes" in page
    assert "Something is missing." in page
    refused = client.post(url("publish", call))
    assert refused.status_code == 409
    assert Call.objects.get().state == DRAFT


def test_a_refused_move_is_on_the_record(client):
    call = make_call(state=OPEN)
    signed_in(client, Role.MANAGER, call.fund).post(url("archive", call))
    assert Entry.objects.get().action == "transition.refused"


def test_a_call_is_begun_written_announced_opened_and_cancelled_by_hand(client):
    purpose = make_purpose(make_fund())
    signed_in(client, Role.MANAGER, purpose.fund)
    begun = {"purpose": purpose.pk, "code": "welcome", "prefix": "W27", "titles_en": "Welcome"}
    assert client.post(url("start"), begun).status_code == 302
    assert client.post(url("start"), begun).status_code == 422
    assert client.post(url("start"), begun | {"code": "new"}).status_code == 422
    call = Call.objects.get()
    assert "No stage yet" in text(client.get(url("call", call)))
    make_announceable(call)
    assert client.post(url("publish", call)).status_code == 302
    assert client.post(url("open", call)).status_code == 409
    with clock.at(call.stages.get().opens_at):
        assert client.post(url("open", call)).status_code == 302
    assert client.post(url("cancel", call), {"reason": ""}).status_code == 422
    assert client.post(url("cancel", call), {"reason": "No money."}).status_code == 302
    assert "No money." in text(client.get(url("call", call)))
    assert Call.objects.get().state == CANCELLED


def make_announceable(call):
    """Everything a draft lacks, taken from one that lacks nothing."""
    whole = make_call(call.fund, state=DRAFT)
    for name in ("titles", "summaries", "texts", "languages", "applicant_kinds", "burden_hours", "decision_by_on"):
        setattr(call, name, getattr(whole, name))
    for name in ("budget_minor", "minimum_minor", "maximum_minor"):
        setattr(call, name, getattr(whole, name))
    call.save()
    whole.stages.update(call=call)
    whole.delete()


def edit_data(client, call, **changes):
    form = client.get(url("edit", call)).context["form"]
    shown = {box.name: box.value() for box in form}
    return {name: value for name, value in shown.items() if value not in (None, False)} | changes


def test_everything_of_a_draft_can_be_edited_on_its_page(client):
    call = make_call(state=DRAFT)
    signed_in(client, Role.OFFICER, call.fund)
    changes = {"budget": "300,000", "titles_fr": "Bienvenue", "rules_en": "In a city\nSigned", "burden_hours": "12"}
    data = edit_data(client, call, minimum="5,000", maximum="50,000", **changes)
    response = client.post(url("edit", call), data)
    assert response.status_code == 302, response.context["form"].errors
    edited = Call.objects.get()
    assert (edited.budget_minor, edited.titles["fr"], edited.burden_hours) == (30_000_000, "Bienvenue", 12)
    assert [rule["key"] for rule in edited.screening_rules] == ["in-a-city", "signed"]
    assert edited.texts == call.texts


def test_a_refused_amount_stands_beside_its_box_with_what_was_typed(client):
    call = make_call(state=DRAFT)
    signed_in(client, Role.OFFICER, call.fund)
    data = edit_data(client, call, budget="300,000", minimum="60,000", maximum="50,000")
    response = client.post(url("edit", call), data)
    assert response.status_code == 422
    assert "maximum" in response.context["form"].errors
    assert "60,000" in text(response)


def test_after_a_stale_save_both_texts_are_there_and_the_next_save_counts(client):
    call = make_call(state=DRAFT)
    officer = make_person("", Role.OFFICER, fund=call.fund)
    signed_in(client, Role.OFFICER, call.fund)
    mine = edit_data(client, call, minimum="5,000", maximum="50,000", budget="250,000", titles_en="Mine")
    services.edit_call(call.pk, facts={"titles": {"en": "Theirs", "fr": "Le leur"}}, version=1, by=officer)
    response = client.post(url("edit", call), mine)
    assert response.status_code == 409
    page = text(response)
    assert "Theirs" in page
    assert 'value="Mine"' in page
    again = mine | {"version": response.context["form"]["version"].value()}
    assert client.post(url("edit", call), again).status_code == 302
    assert Call.objects.get().titles["en"] == "Mine"


def test_an_announced_call_shows_only_the_boxes_that_may_change(client):
    call = make_call(state=OPEN)
    signed_in(client, Role.OFFICER, call.fund)
    form = client.get(url("edit", call)).context["form"]
    assert {"budget", "languages", "applicant_kinds"} & set(form.fields) == set()
    assert client.post(url("edit", call), edit_data(client, call, titles_en="Clearer")).status_code == 302
    edited = Call.objects.get()
    assert (edited.title, edited.budget_minor) == ("Clearer", call.budget_minor)


def test_a_stage_and_its_criteria_are_written_on_their_pages(client):
    call = make_call(state=DRAFT, stages=0)
    signed_in(client, Role.OFFICER, call.fund)
    assert client.get(url("stage", call, 2)).status_code == 404
    zone = "America/New_York"
    stage = {"version": 1, "titles_en": "One", "zone": zone, "grace_minutes": 5}
    faulty = stage | {"opens": "2027-01-29T17:00", "deadline": "2027-01-04T09:00"}
    assert client.post(url("stage", call, 1), faulty).status_code == 422
    good = stage | {"opens": "2027-01-04T09:00", "deadline": "2027-01-29T17:00"}
    assert client.post(url("stage", call, 1), good).status_code == 302
    for title in ("Need", "Need"):
        criterion = {"version": Call.objects.get().version, "titles_en": title, "weight": 50, "anchors_0_en": "None"}
        assert client.post(url("criterion_add", call, 1), criterion).status_code == 302
    made = call.stages.get().criteria
    assert [each.key for each in made.order_by("position")] == ["need", "need-2"]
    assert made.get(key="need").anchors == {"0": {"en": "None"}}
    assert client.post(url("criterion_up", call, 1, "need-2")).status_code == 302
    assert made.order_by("position").first().key == "need-2"
    assert client.post(url("criterion_remove", call, 1, "need-2")).status_code == 302
    assert client.post(url("criterion_remove", call, 1, "need-2")).status_code == 404
    assert client.get(url("criterion", call, 1, "need")).status_code == 200
    assert client.post(url("stage_remove", call)).status_code == 302
