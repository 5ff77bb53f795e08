"""The pages of decisions: who sees them, the whole way through HTTP, and what stays when something is refused."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.applications.models import Application
from grants.decisions.models import Deliberation
from grants.decisions.states import DeliberationState, Proposal
from tests.factories.decisions import make_decidable, make_deliberation, make_funded_call, make_line, make_reviewed
from tests.factories.organisations import make_conflict
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

S = DeliberationState
READERS = {Role.OFFICER, Role.MANAGER, Role.CHAIR, Role.CLERK, Role.AUDITOR}
MEETING = {"body": "council", "instrument": "resolution", "reference": "2027-31", "held_on": "2027-03-19"}


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name, *place) -> str:
    return reverse(f"decisions:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", Role)
def test_the_pages_open_to_their_readers_only(house, role):
    deliberation = make_deliberation(house.call)
    client = as_(make_person("", role, fund=house.call.fund))
    wanted = 200 if role in READERS else 403
    pages = (url("decisions"), url("call", house.call.code), url("deliberation", deliberation.pk))
    assert {client.get(page).status_code for page in pages} == {wanted}


def test_decisions_of_other_funds_are_not_there(house):
    deliberation = make_deliberation(house.call)
    reference = deliberation.decisions.get().application.reference
    stranger = as_(make_person("", *set(Role) - {Role.REVIEWER}, fund=make_fund()))
    places = [("deliberation", deliberation.pk), ("edit", deliberation.pk), ("line", deliberation.pk, reference)]
    places += [("call", house.call.code), ("prepare", house.call.code), ("recommend", reference)]
    assert {stranger.get(url(*place)).status_code for place in places} == {404}
    acts = ("submit_to_body", "approve", "send_back", "adopt", "reject", "release")
    assert {stranger.post(url(act, deliberation.pk)).status_code for act in acts} == {404}


def test_from_the_panel_to_the_announcement(house):
    application = make_reviewed(house.stage)
    advice = {"proposal": "recommend", "amount": "10,000", "rationale": "Families decided on the plan."}
    answer = as_(house.chair).post(url("recommend", application.reference), advice)
    assert answer.status_code == 302
    officer, clerk = as_(house.officer), as_(house.clerk)
    wall = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    made = officer.post(url("prepare", house.call.code), MEETING | {"release_at": wall})
    one = Deliberation.objects.get()
    assert made.headers["Location"] == url("deliberation", one.pk)
    assert application.reference in text(officer.get(made.headers["Location"]))
    line = url("line", one.pk, application.reference)
    assert 'value="10000' in text(officer.get(line)).replace(",", "")
    assert officer.post(line, {"outcome": "approve", "amount": "10,000"}).status_code == 302
    assert officer.post(url("submit_to_body", one.pk)).status_code == 302
    for person in (house.manager, house.clerk):
        assert as_(person).post(url("approve", one.pk)).status_code == 302
    assert clerk.post(url("adopt", one.pk)).status_code == 302
    early = clerk.post(url("release", one.pk))
    assert early.status_code == 409
    assert "The hour of the announcement has not come yet." in text(early)
    one = Deliberation.objects.get()
    with clock.at(one.release_at):
        assert as_(house.clerk).post(url("release", one.pk)).status_code == 302
    assert Application.objects.get(pk=application.pk).released_at == one.release_at


def test_what_is_refused_stays_in_the_boxes(house):
    application = make_decidable(house.stage)
    one = make_deliberation(house.call, lines=0)
    answer = as_(house.officer).post(
        url("line", one.pk, application.reference), {"outcome": "decline", "feedback": "A clear budget."}
    )
    assert answer.status_code == 422
    assert "This is not what the panel proposed. Say why." in text(answer)
    assert "A clear budget." in text(answer)


@pytest.mark.parametrize("amount", ["4,999", "50,001", "many"])
def test_an_amount_outside_the_call_is_refused_beside_its_box(house, amount):
    application = make_reviewed(house.stage)
    data = {"proposal": "recommend", "amount": amount, "rationale": "Good."}
    answer = as_(house.chair).post(url("recommend", application.reference), data)
    assert answer.status_code == 422
    assert 'id="id_amount-error"' in text(answer)


def test_a_stale_change_keeps_the_words_and_shows_what_stands(house):
    one = make_deliberation(house.call, version=3)
    answer = as_(house.officer).post(url("edit", one.pk), MEETING | {"reference": "Mine", "version": "2"})
    assert answer.status_code == 409
    assert 'value="Mine"' in text(answer)
    assert "How it stands now" in text(answer)
    assert as_(house.officer).post(url("edit", one.pk), MEETING | {"version": "3"}).status_code == 302


def test_an_announcement_in_the_past_is_refused(house):
    data = MEETING | {"release_at": "2020-01-01T10:00"}
    answer = as_(house.officer).post(url("prepare", house.call.code), data)
    assert answer.status_code == 422
    assert "The announcement lies in the past." in text(answer)


def test_the_page_says_why_something_cannot_be_done_yet(house):
    one = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY, approvals=0)
    page = text(as_(house.clerk).get(url("deliberation", one.pk)))
    assert "Two people have to approve it first" in page
    assert "Agreed $0" in page
    assert "This list $10,000" in page
    assert "Free $240,000 of $250,000" in page
    adopted = make_deliberation(house.call, state=S.ADOPTED)
    assert "Agreed $10,000" in text(as_(house.clerk).get(url("deliberation", one.pk)))
    assert "Agreed $0" in text(as_(house.clerk).get(url("deliberation", adopted.pk)))


def test_what_a_conflict_keeps_away_is_not_shown(house):
    one = make_deliberation(house.call, lines=2)
    hidden = one.decisions.first().application
    for person in (house.manager, house.officer, house.chair):
        make_conflict(person, hidden.organisation)
    page = text(as_(house.manager).get(url("deliberation", one.pk)))
    assert hidden.reference not in page
    assert "1 line is kept from you" in page
    assert as_(house.officer).get(url("line", one.pk, hidden.reference)).status_code == 404
    assert as_(house.chair).get(url("recommend", hidden.reference)).status_code == 404
    assert hidden.reference not in text(as_(house.chair).get(url("call", house.call.code)))


def test_a_stage_is_read_by_rank(house):
    low, high = make_reviewed(house.stage, scores=(1, 2)), make_reviewed(house.stage, scores=(5, 4))
    page = text(as_(house.chair).get(url("call", house.call.code)))
    assert page.index(high.reference) < page.index(low.reference)
    assert "4.5" in page
    assert "4.0 to 5.0" in page


def test_a_long_ranking_has_pages_and_places_go_on(house):
    best = [make_reviewed(house.stage, scores=(5,)) for _number in range(26)]
    worst, unread = make_reviewed(house.stage, scores=(1,)), make_reviewed(house.stage, scores=())
    client, place = as_(house.chair), url("call", house.call.code)
    first, second = text(client.get(place)), text(client.get(place, {"page-1": 2}))
    assert best[24].reference in first
    assert best[25].reference not in first
    assert "page-1=2#stage-1" in first
    assert second.index(best[25].reference) < second.index(worst.reference) < second.index(unread.reference)
    assert re.findall(r'data-label="Rank" class="num"><div>(\S+)', second) == ["1", "27", "–"]


def test_a_line_is_taken_off_and_a_decision_taken_back(house):
    one = make_deliberation(house.call)
    reference = one.decisions.get().application.reference
    assert as_(house.officer).post(url("unlist", one.pk, reference)).status_code == 302
    assert not one.decisions.exists()
    adopted = make_deliberation(house.call, state=S.ADOPTED)
    place = ("take_back", adopted.pk, adopted.decisions.get().application.reference)
    assert as_(house.clerk).get(url(*place)).status_code == 200
    assert as_(house.clerk).post(url(*place), {"reason": " "}).status_code == 422
    assert as_(house.clerk).post(url(*place), {"reason": "Dissolved."}).status_code == 302


def test_a_list_sent_back_says_what_the_body_asks(house):
    one = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY, prepared_by=house.officer)
    assert as_(house.clerk).get(url("send_back", one.pk)).status_code == 200
    assert as_(house.clerk).post(url("send_back", one.pk), {"reason": "Name the district."}).status_code == 302
    assert "Name the district." in text(as_(house.officer).get(url("deliberation", one.pk)))
    assert [each.url for each in waiting_for(house.officer)] == [url("deliberation", one.pk)]


def test_what_waits_is_said_to_those_who_can_act(house):
    make_reviewed(house.stage)
    one = make_deliberation(house.call, state=S.SUBMITTED_TO_BODY, approvals=0)
    assert [each.sentence for each in waiting_for(house.chair)] == [
        "1 reviewed application waits for the panel’s word."
    ]
    assert [each.url for each in waiting_for(house.manager)] == [url("deliberation", one.pk)]


@pytest.mark.parametrize("count", [3, 30])
def test_lists_cost_the_same_for_any_number_of_lines(house, count, django_assert_num_queries):
    one = make_deliberation(house.call, lines=count)
    for _number in range(count):
        make_decidable(house.stage, Proposal.RESERVE)
    client = as_(house.officer)
    client.get(url("decisions"))
    with django_assert_num_queries(LINES_QUERIES):
        client.get(url("deliberation", one.pk))
    with django_assert_num_queries(STAGE_QUERIES):
        client.get(url("call", house.call.code))


@pytest.mark.parametrize("count", [3, 20])
def test_the_calls_cost_the_same_for_any_number(house, count, django_assert_num_queries):
    for _number in range(count):
        make_line(make_deliberation(make_funded_call(fund=house.call.fund, raised=0), lines=0))
    client = as_(house.officer)
    client.get(url("decisions"))
    with django_assert_num_queries(CALLS_QUERIES):
        client.get(url("decisions"))


LINES_QUERIES, STAGE_QUERIES, CALLS_QUERIES = 12, 14, 7
