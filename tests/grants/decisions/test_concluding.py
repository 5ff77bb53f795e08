"""A call is concluded once every application has its final answer or its place on the reserve list."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.states import APPEAL_WINDOW, ApplicationState
from grants.calls.models import Call
from grants.calls.states import ASSESSING, DECIDED, CallState
from grants.decisions import services
from grants.decisions.states import DeliberationState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.decisions import MONEY, make_deliberation
from tests.factories.organisations import make_conflict
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

S = ApplicationState
FINAL = {S.INVITED, S.RESERVE, S.WITHDRAWN, S.LAPSED, S.DISQUALIFIED}
LATELY, LONG_AGO = timedelta(minutes=1), APPEAL_WINDOW + timedelta(minutes=1)
DATED = {
    (S.APPROVED, "released_at", LATELY): True,
    (S.DECLINED, "released_at", LATELY): False,
    (S.DECLINED, "released_at", LONG_AGO): True,
    (S.INELIGIBLE, "ineligible_at", LATELY): False,
    (S.INELIGIBLE, "ineligible_at", LONG_AGO): True,
}


def tried(house):
    try:
        services.conclude(house.call.pk, by=house.manager)
    except Refusal as refusal:
        assert Call.objects.get().state == ASSESSING
        return refusal.status
    assert Call.objects.get().state == DECIDED
    return 200


@pytest.mark.parametrize("state", ApplicationState)
def test_one_application_at_this_state_lets_it_be_concluded_or_not(house, state):
    make_application(house.stage, state=state)
    assert tried(house) == (200 if state in FINAL else 409)


@pytest.mark.parametrize(("case", "is_final"), DATED.items())
def test_what_may_still_appeal_is_not_final(house, case, is_final):
    state, column, ago = case
    make_application(house.stage, state=state, **{column: clock.now() - ago})
    assert tried(house) == (200 if is_final else 409)


@pytest.mark.parametrize("state", CallState)
def test_only_a_call_in_assessment_is_concluded(state):
    call = make_call(state=state)
    manager = make_person("", Role.MANAGER, fund=call.fund)
    if state == ASSESSING:
        assert services.conclude(call.pk, by=manager).state == DECIDED
    else:
        with pytest.raises(Refusal) as caught:
            services.conclude(call.pk, by=manager)
        assert (caught.value.status, Call.objects.get(pk=call.pk).state) == (409, state)


@pytest.mark.parametrize("role", Role)
def test_a_manager_of_the_fund_concludes(house, role):
    person = make_person("", role, fund=house.call.fund)
    if role == Role.MANAGER:
        assert services.conclude(house.call.pk, by=person).decided_at
        return
    with pytest.raises(NotAllowed):
        services.conclude(house.call.pk, by=person)


@pytest.mark.parametrize("who", ["elsewhere", "system"])
def test_nobody_else_does(house, who):
    by = SYSTEM if who == "system" else make_person("", Role.MANAGER, fund=make_fund())
    with pytest.raises(NotAllowed):
        services.conclude(house.call.pk, by=by)


def test_the_record_keeps_the_figures(house):
    make_deliberation(house.call, state=DeliberationState.RELEASED, released_at=clock.now(), lines=2)
    make_application(house.stage, state=S.RESERVE)
    services.conclude(house.call.pk, by=house.manager)
    row = Entry.objects.get(action="calls.conclude")
    assert row.facts == {
        "applications": {"reserve": 1, "approved": 2},
        "given_minor": 2 * MONEY,
        "currency": "USD",
    }


def page(house, who) -> tuple[Client, str]:
    client = Client()
    client.force_login(who)
    return client, reverse("decisions:conclude", args=[house.call.code])


def test_the_page_names_what_is_left_and_concludes_once(house):
    client, place = page(house, house.manager)
    left = make_application(house.stage, state=S.REVIEWED)
    assert place in client.get(reverse("calls:call", args=[house.call.code])).content.decode()
    shown = client.get(place).content.decode()
    assert f"{left.reference}</bdi>: Reviewed" in shown
    assert "1 application is not final yet." in shown
    assert client.post(place).status_code == 409
    type(left).objects.filter(pk=left.pk).update(state=S.RESERVE)
    assert [client.post(place).status_code for _click in range(2)] == [302, 409]
    assert Entry.objects.filter(action="transition.refused").count() == 1


def test_whoever_may_still_appeal_is_named_as_such(house):
    make_application(house.stage, state=S.DECLINED, released_at=clock.now())
    client, place = page(house, house.manager)
    assert "Declined, and may still appeal" in client.get(place).content.decode()


def test_an_organisation_one_has_a_tie_to_is_counted_and_not_named(house):
    left = make_application(house.stage, state=S.REVIEWED)
    make_conflict(house.manager, left.organisation)
    client, place = page(house, house.manager)
    shown = client.get(place).content.decode()
    assert left.reference not in shown
    assert "1 application is not final yet." in shown


def test_the_page_is_a_managers_in_their_fund(house):
    client, place = page(house, house.officer)
    assert client.get(place).status_code == 403
    client, place = page(house, make_person("", Role.MANAGER, fund=make_fund()))
    assert client.get(place).status_code == 404


def test_the_page_asks_the_same_for_1_and_for_30(house, django_assert_num_queries):
    client, place = page(house, house.manager)
    make_application(house.stage, state=S.REVIEWED)
    client.get(place)
    with django_assert_num_queries(QUERIES):
        client.get(place)
    for _number in range(29):
        make_application(house.stage, state=S.REVIEWED)
    with django_assert_num_queries(QUERIES):
        client.get(place)


QUERIES = 9
