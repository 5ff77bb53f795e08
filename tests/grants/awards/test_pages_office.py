"""The office’s page of one award, and the acts on it: who sees it, what it says, what a press does."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from grants.awards.models import Award, Tranche
from grants.awards.states import AgreementState, AwardState, ConditionKind, ReportState, TrancheState
from tests.factories.awards import (
    make_agreement,
    make_award,
    make_budget_line,
    make_condition,
    make_decided,
    make_indicator,
    make_report_due,
    make_tranche,
)
from tests.factories.organisations import make_conflict
from tests.factories.people import make_fund, make_person
from tests.grants.rows import undone

pytestmark = pytest.mark.django_db

S, T = AwardState, TrancheState
READERS = {
    *(Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.CLERK, Role.AUDITOR),
}


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name, *place) -> str:
    return reverse(f"awards:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def make_full(desk, **facts) -> Award:
    """With something in every part of its page."""
    award = desk.award(**({"state": S.ACTIVE} | facts))
    make_budget_line(award)
    make_indicator(award, target=40)
    report = make_report_due(award)
    make_condition(make_tranche(award, amount_minor=400_000), ConditionKind.REPORT_ACCEPTED, report_due=report)
    make_condition(award.tranches.get())
    return award


def test_the_pages_open_to_their_readers_only(desk):
    award = make_full(desk)
    pages = (url("awards"), url("waiting"), url("award", award.reference), url("agreement", award.reference, 1))
    for role in Role:
        client = as_(make_person("", role, fund=desk.fund))
        answers = {client.get(page).status_code for page in pages}
        assert (role, answers) == (role, {200 if role in READERS else 403})


ASKING = ("terms", "texts", "suspend", "terminate", "rescind", "change_amount", "add_tranche")


def test_the_pages_that_ask_first_open_to_whoever_may_act(desk):
    award = desk.award(state=S.ACTIVE)
    holders = {name: {Role.MANAGER} for name in ASKING} | {"terms": {Role.OFFICER, Role.MANAGER}}
    pages = {name: url(name) if name == "texts" else url(name, award.reference) for name in ASKING}
    for role in Role:
        client = as_(make_person("", role, fund=desk.fund))
        answers = {name: client.get(page).status_code for name, page in pages.items()}
        assert (role, answers) == (role, {name: 200 if role in holders[name] else 403 for name in ASKING})


PLACES = ["award", "terms", "suspend", "terminate", "rescind", "change_amount", "add_tranche"]
ACTS = ["prepare", "resume", "begin_closing", "close"]


def places_of(award) -> list[tuple]:
    tranche, condition = award.tranches.get(), award.tranches.get().conditions.first()
    return [
        *((name, award.reference) for name in PLACES),
        *((name, award.reference, tranche.number) for name in ("hold_tranche", "cancel_tranche")),
        *((name, award.reference, condition.pk) for name in ("meet_condition", "waive_condition")),
        *((name, award.reference, 1) for name in ("agreement", "agreement_edit", "sign")),
    ]


def buttons_of(award) -> list[tuple]:
    tranche = award.tranches.get()
    return [
        *((name, award.reference) for name in ACTS),
        *((name, award.reference, tranche.number) for name in ("approve_tranche", "release_tranche")),
        ("send", award.reference, 1),
    ]


def test_awards_of_other_funds_are_not_there(desk):
    award = make_full(desk)
    stranger = as_(make_person("", *set(Role) - {Role.REVIEWER}, fund=make_fund()))
    assert {stranger.get(url(*place)).status_code for place in places_of(award)} == {404}
    assert {stranger.post(url(*place)).status_code for place in buttons_of(award)} == {404}


def test_a_conflict_of_interest_hides_the_award_and_every_act_on_it(desk):
    award = make_full(desk)
    person = make_person("", *set(Role) - {Role.REVIEWER}, fund=desk.fund)
    make_conflict(person, award.organisation)
    client = as_(person)
    assert {client.get(url(*place)).status_code for place in places_of(award)} == {404}
    assert {client.post(url(*place)).status_code for place in buttons_of(award)} == {404}
    assert award.reference not in text(client.get(url("awards")))


def test_what_hangs_on_another_award_is_not_reached_through_this_one(desk):
    award, other = make_full(desk), make_full_elsewhere(desk)
    condition = other.tranches.get().conditions.first()
    assert as_(desk.officer).get(url("meet_condition", award.reference, condition.pk)).status_code == 404
    assert as_(desk.officer).get(url("agreement", award.reference, 9)).status_code == 404
    assert as_(desk.officer).get(url("hold_tranche", award.reference, 9)).status_code == 404


def make_full_elsewhere(desk) -> Award:
    award = make_award(make_decided(call=desk.application.stage.call), state=S.ACTIVE)
    make_condition(make_tranche(award))
    return award


def test_the_page_tells_what_was_promised_and_what_it_waits_for(desk):
    award = make_full(desk)
    page = text(as_(desk.officer).get(url("award", award.reference)))
    for words in (award.title, "Payment 1: $4,000", "The kitchen is open", "A cook for ten months", "$10,000.00"):
        assert words in page
    assert "People who found work" in page
    assert "Progress report" in page
    assert "once the 2 open conditions below are met" in page


def test_the_books_are_shown_to_whoever_reads_them(desk):
    award = make_full(desk)
    assert "Still to be paid" in text(as_(desk.officer).get(url("award", award.reference)))
    clerk = as_(make_person("", Role.CLERK, fund=desk.fund))
    assert "Your role does not read the books" in text(clerk.get(url("award", award.reference)))


@pytest.mark.parametrize(
    ("state", "name"),
    [(S.ACTIVE, "suspend"), (S.SUSPENDED, "terminate"), (S.ACTIVE, "terminate"), (S.OFFERED, "rescind")],
)
def test_an_act_that_asks_why_wants_a_reason(desk, state, name):
    award = desk.award(state=state)
    client = as_(desk.manager)
    assert client.get(url(name, award.reference)).status_code == 200
    empty = client.post(url(name, award.reference), {"reason": " "})
    assert empty.status_code == 422
    assert "Say why." in text(empty)
    assert Award.objects.get(pk=award.pk).state == state
    done = client.post(url(name, award.reference), {"reason": "The project has stopped."})
    assert done.status_code == 302
    assert Award.objects.get(pk=award.pk).state != state
    assert "The project has stopped." in text(client.get(url("award", award.reference)))


@pytest.mark.parametrize("name", ["suspend", "terminate", "rescind"])
def test_an_act_out_of_place_is_refused_with_what_was_typed(desk, name):
    award = desk.award(state=S.CLOSED)
    answer = as_(desk.manager).post(url(name, award.reference), {"reason": "The project has stopped."})
    assert answer.status_code == 409
    assert "The project has stopped." in text(answer)


@pytest.mark.parametrize(("state", "name"), [(S.ACTIVE, "resume"), (S.OFFERED, "begin_closing"), (S.ACTIVE, "close")])
def test_a_button_out_of_place_is_refused_on_the_same_page(desk, state, name):
    award = desk.award(state=state)
    person = desk.officer if name == "begin_closing" else desk.manager
    answer = as_(person).post(url(name, award.reference))
    assert answer.status_code == 409
    assert "This cannot be done now" in text(answer)


def test_an_award_goes_on_and_is_closed(desk):
    award = desk.award(state=S.SUSPENDED)
    assert as_(desk.manager).post(url("resume", award.reference)).status_code == 302
    make_tranche(award, state=T.RECONCILED)
    make_report_due(award, kind="final", state=ReportState.ACCEPTED)
    assert as_(desk.officer).post(url("begin_closing", award.reference)).status_code == 302
    assert as_(desk.manager).post(url("close", award.reference)).status_code == 302
    assert Award.objects.get(pk=award.pk).state == S.CLOSED


def test_what_cannot_be_done_yet_is_shown_with_its_reason(desk):
    award = make_full(desk)
    page = text(as_(desk.officer).get(url("award", award.reference)))
    assert "A payment is still to come. Pay it or cancel it first." in page


def test_a_condition_is_met_with_a_note_or_waived_with_a_reason(desk):
    award = make_full(desk)
    report, milestone = award.tranches.get().conditions.order_by("pk")
    client = as_(desk.officer)
    assert "The kitchen is open" in text(client.get(url("meet_condition", award.reference, milestone.pk)))
    met = client.post(url("meet_condition", award.reference, milestone.pk), {"note": "Seen on the first of May."})
    assert met.status_code == 302
    again = client.post(url("meet_condition", award.reference, milestone.pk), {"note": "Seen twice."})
    assert again.status_code == 409
    refused = client.post(url("meet_condition", award.reference, report.pk), {"note": "Read."})
    assert refused.status_code == 409
    assert client.post(url("waive_condition", award.reference, report.pk), {"reason": ""}).status_code == 422
    assert client.post(url("waive_condition", award.reference, report.pk), {"reason": "Too early."}).status_code == 302
    page = text(client.get(url("award", award.reference)))
    assert "Seen on the first of May." in page
    assert "Too early." in page
    assert Tranche.objects.get().state == T.READY


def test_a_payment_is_approved_by_two_and_not_by_whoever_offered(desk):
    award = desk.award(state=S.ACTIVE, offered_by=desk.second)
    make_tranche(award, state=T.REQUESTED)
    place = url("approve_tranche", award.reference, 1)
    assert "Somebody else approves it." in text(as_(desk.second).get(url("award", award.reference)))
    assert as_(desk.second).post(place).status_code == 403
    assert as_(desk.manager).post(place).status_code == 302
    assert "1 of 2 people of the fund have approved it" in text(as_(desk.manager).get(url("award", award.reference)))
    assert "You approved it already." in text(as_(desk.manager).get(url("award", award.reference)))
    assert as_(desk.checker).post(place).status_code == 302
    assert Tranche.objects.get().state == T.APPROVED


def test_a_payment_is_held_let_go_and_given_up(desk):
    award = desk.award(state=S.ACTIVE)
    make_tranche(award, state=T.READY)
    place = (award.reference, 1)
    assert as_(desk.officer).post(url("hold_tranche", *place), {"reason": "A report is late."}).status_code == 302
    assert "On hold: A report is late." in text(as_(desk.officer).get(url("award", award.reference)))
    assert as_(desk.officer).post(url("release_tranche", *place)).status_code == 302
    assert Tranche.objects.get().state == T.READY
    assert as_(desk.manager).post(url("cancel_tranche", *place), {"reason": "Not needed."}).status_code == 302
    assert Tranche.objects.get().state == T.CANCELLED


def test_the_amount_goes_down_by_what_no_payment_is_planned_for(desk):
    award = make_full(desk)
    client = as_(desk.manager)
    facts = {"direction": "lower", "reason": "Less rent.", "version": str(award.version)}
    over = client.post(url("change_amount", award.reference), facts | {"difference": "7,000"})
    assert over.status_code == 422
    assert "Payments are planned for all but $6,000.00 of it" in text(over)
    assert client.post(url("change_amount", award.reference), facts | {"difference": "6,000"}).status_code == 302
    assert Award.objects.get(pk=award.pk).amount_minor == 400_000
    stale = client.post(url("change_amount", award.reference), facts | {"difference": "1,000"})
    assert stale.status_code == 409
    assert 'value="1,000"' in text(stale)


def test_a_payment_is_added_out_of_what_is_free(desk):
    award = make_full(desk)
    client = as_(desk.manager)
    facts = {"planned_on": "2027-05-01", "text": "The roof is on"}
    assert client.post(url("add_tranche", award.reference), facts | {"tranches": "6,001"}).status_code == 422
    assert client.post(url("add_tranche", award.reference), facts | {"tranches": "6,000"}).status_code == 302
    assert "The roof is on" in text(client.get(url("award", award.reference)))


@pytest.mark.parametrize("state", S)
def test_every_state_has_its_page(desk, state):
    award = make_full(desk, state=state)
    for payment in T:
        make_tranche(award, state=payment, amount_minor=1_000)
    for report in ReportState:
        make_report_due(award, state=report)
    page = as_(desk.manager).get(url("award", award.reference))
    assert page.status_code == 200
    assert str(S(state).label) in text(page)


def test_every_state_of_an_agreement_has_its_page(desk):
    award, client = desk.award(), as_(desk.manager)
    for state in AgreementState:
        with undone():
            make_agreement(award, state=state)
            for page in (url("award", award.reference), url("agreement", award.reference, 1)):
                assert str(AgreementState(state).label) in text(client.get(page)), page


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_hangs_on_the_award(desk, count, django_assert_num_queries):
    award = make_full(desk)
    for _number in range(count):
        make_condition(make_tranche(award, amount_minor=1_000))
        make_report_due(award, form_version=award.reports_due.first().form_version)
        make_budget_line(award)
    client = as_(desk.officer)
    client.get(url("award", award.reference))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url("award", award.reference))


PAGE_QUERIES = 22
