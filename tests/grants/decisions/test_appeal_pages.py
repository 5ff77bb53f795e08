"""The pages of an appeal: the applicant's, and the office's."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.applications.models import Application
from grants.applications.states import APPEAL_WINDOW
from grants.decisions.models import Appeal
from grants.decisions.states import AppealState, DeliberationState, Outcome
from tests.factories.decisions import make_appeal, make_deliberation
from tests.factories.organisations import make_conflict, make_member
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db
GROUNDS = "Page three was missing."
READERS = {Role.OFFICER, Role.MANAGER, Role.CHAIR, Role.CLERK, Role.AUDITOR}


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def mine(application, name="my_applications:application"):
    return reverse(name, args=[application.reference])


def url(name, appeal):
    return reverse(f"decisions:{name}", args=[appeal.pk])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def declined(house):
    released = make_deliberation(house.call, state=DeliberationState.RELEASED, outcome=Outcome.DECLINE)
    return Application.objects.get(pk=released.decisions.get().application_id)


def test_from_the_letter_to_the_answer(house, declined):
    applicant, form = as_(declined.started_by), mine(declined, "my_decisions:appeal")
    assert form in text(applicant.get(mine(declined)))
    assert applicant.get(form).status_code == 200
    assert applicant.post(form, {"grounds": ""}).status_code == 422
    assert applicant.post(form, {"grounds": GROUNDS}).status_code == 302
    assert GROUNDS in text(applicant.get(mine(declined)))
    appeal = Appeal.objects.get()
    page = url("appeal", appeal)
    for person in (house.manager, house.clerk):
        assert page in [item.url for item in waiting_for(person)]
    assert page not in [item.url for item in waiting_for(house.officer)]
    assert GROUNDS in text(as_(house.manager).get(page))
    assert page in text(as_(house.manager).get(reverse("applications:application", args=[declined.reference])))
    assert page in text(as_(house.manager).get(reverse("decisions:call", args=[house.call.code])))
    unsure = as_(house.manager).post(url("appeal_answer", appeal), {"answer": "uphold", "reason": ""})
    assert unsure.status_code == 422
    kept = as_(house.manager).post(url("appeal_answer", appeal), {"answer": "uphold", "reason": "They are right."})
    assert kept.status_code == 302
    assert "They are right." not in text(applicant.get(mine(declined)))
    assert page not in [item.url for item in waiting_for(house.manager)]
    assert url("appeal_agree", appeal) not in text(as_(house.manager).get(page))
    assert url("appeal_agree", appeal) in text(as_(house.clerk).get(page))
    assert as_(house.manager).post(url("appeal_agree", appeal)).status_code == 403
    answers = [as_(house.clerk).post(url("appeal_agree", appeal)).status_code for _click in range(2)]
    assert answers == [302, 409]
    seen = text(applicant.get(mine(declined)))
    assert "Your appeal was upheld" in seen
    assert "They are right." in seen
    assert "Being assessed" in seen


def test_a_dismissed_appeal_is_told_with_its_reason(house):
    appeal = make_appeal(house.call, state=AppealState.DISMISSED)
    seen = text(as_(appeal.filed_by).get(mine(appeal.application)))
    assert "Your appeal was dismissed" in seen
    assert appeal.reason in seen
    assert mine(appeal.application, "my_decisions:appeal") not in seen
    assert url("appeal_answer", appeal) not in text(as_(house.manager).get(url("appeal", appeal)))


def test_whoever_does_not_sign_reads_and_does_not_file(declined):
    writer = as_(make_member(declined.organisation))
    form = mine(declined, "my_decisions:appeal")
    assert form not in text(writer.get(mine(declined)))
    assert "files it" in text(writer.get(form))
    assert writer.post(form, {"grounds": GROUNDS}).status_code == 403


def test_after_the_window_nothing_is_offered(declined):
    applicant = as_(declined.started_by)
    form = mine(declined, "my_decisions:appeal")
    with clock.at(clock.now() + APPEAL_WINDOW * 2):
        assert form not in text(applicant.get(mine(declined)))
        assert "Nothing to appeal against now" in text(applicant.get(form))
        late = applicant.post(form, {"grounds": GROUNDS})
        assert late.status_code == 409
        assert GROUNDS in text(late)


def test_other_applicants_and_staff_find_no_form(house, declined):
    form = mine(declined, "my_decisions:appeal")
    for person in (make_person(), house.manager):
        assert as_(person).get(form).status_code == 404
        assert as_(person).post(form, {"grounds": GROUNDS}).status_code == 404


@pytest.mark.parametrize("role", Role)
def test_the_office_page_opens_to_readers_of_decisions(house, role):
    appeal = make_appeal(house.call)
    client = as_(make_person("", role, fund=house.call.fund))
    assert client.get(url("appeal", appeal)).status_code == (200 if role in READERS else 403)
    wanted = {422} if role in {Role.MANAGER, Role.CLERK} else {403}
    assert client.post(url("appeal_answer", appeal)).status_code in wanted


@pytest.mark.parametrize("who", ["tied", "elsewhere"])
def test_a_tie_or_another_fund_finds_nothing(house, who):
    appeal = make_appeal(house.call)
    fund = house.call.fund if who == "tied" else make_fund()
    person = make_person("", Role.MANAGER, Role.CLERK, fund=fund)
    if who == "tied":
        make_conflict(person, appeal.application.organisation)
    client = as_(person)
    assert client.get(url("appeal", appeal)).status_code == 404
    assert client.post(url("appeal_answer", appeal)).status_code == 404
    assert client.post(url("appeal_agree", appeal)).status_code == 404
    assert url("appeal", appeal) not in [item.url for item in waiting_for(person)]


def test_what_waits_asks_the_same_for_1_and_3_appeals(house, django_assert_max_num_queries):
    make_appeal(house.call)
    list(waiting_for(make_person("", Role.CLERK, fund=house.call.fund)))
    clerk = make_person("", Role.CLERK, fund=house.call.fund)
    with django_assert_max_num_queries(90) as one:
        assert len(waiting_for(clerk)) == 1
    for _number in range(2):
        make_appeal(house.call)
    fresh = make_person("", Role.CLERK, fund=house.call.fund)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(waiting_for(fresh)) == 3
