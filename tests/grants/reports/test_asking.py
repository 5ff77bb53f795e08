"""A fund has its own report form: started with the usual questions, published, and then named by offers."""

import pytest
from django.urls import reverse

from fundportal.access import Role
from grants.awards.queries.terms import form_versions_of
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.queries import problems
from grants.reports.starter import starter
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_questionnaire

pytestmark = pytest.mark.django_db
FORMS = "reports:forms"


@pytest.fixture
def fund():
    return make_fund()


@pytest.fixture
def officer(fund):
    return make_person("Omar Demo", Role.OFFICER, fund=fund)


def test_the_usual_questions_lack_nothing_in_any_language():
    assert problems(starter(), ["en", "fr"]) == []


def test_from_the_first_question_to_an_offer(fund, officer, client):
    client.force_login(officer)
    assert "Start a report form" in client.get(reverse(FORMS)).content.decode()
    client.post(reverse("reports:form_start"), {"name": "Yearly report", "fund": fund.pk})
    form = Questionnaire.objects.get()
    assert form.form == starter()
    assert form_versions_of(fund) == []
    published = client.post(reverse("reports:form_publish", args=[form.pk]), follow=True).content.decode()
    assert "stands in version 1" in published
    assert "published, version 1" in published
    assert [one.questionnaire for one in form_versions_of(fund)] == [form]


def test_what_is_not_complete_is_not_published(fund, officer, client):
    form = make_questionnaire(fund, definition={"sections": []})
    client.force_login(officer)
    answer = client.post(reverse("reports:form_publish", args=[form.pk]))
    assert answer.status_code == 409
    assert "is not complete" in answer.content.decode()
    assert form_versions_of(fund) == []


def test_a_form_without_a_name_is_not_started(fund, officer, client):
    client.force_login(officer)
    answer = client.post(reverse("reports:form_start"), {"name": " ", "fund": fund.pk})
    assert (answer.status_code, "Give it a name." in answer.content.decode()) == (422, True)
    elsewhere = client.post(reverse("reports:form_start"), {"name": "Ours", "fund": make_fund().pk})
    assert elsewhere.status_code == 422
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_who_sees_and_who_publishes_report_forms(fund, client, role):
    form = make_questionnaire(fund)
    client.force_login(make_person(f"{role.title()} Tester", role, fund=fund))
    sees = role in {Role.OFFICER, Role.MANAGER, Role.AUDITOR, Role.CHAIR}
    edits = role in {Role.OFFICER, Role.MANAGER}
    assert client.get(reverse(FORMS)).status_code == (200 if sees else 403)
    assert client.post(reverse("reports:form_publish", args=[form.pk])).status_code == (302 if edits else 403)


def test_the_forms_of_another_fund_do_not_exist(officer, client):
    form = make_questionnaire(make_fund())
    client.force_login(officer)
    assert client.post(reverse("reports:form_publish", args=[form.pk])).status_code == 404
    assert form.name not in client.get(reverse(FORMS)).content.decode()


def queries_for(client, django_assert_max_num_queries):
    client.get(reverse(FORMS))
    with django_assert_max_num_queries(60) as counted:
        client.get(reverse(FORMS))
    return len(counted)


def test_the_list_asks_as_much_for_one_as_for_many(fund, officer, client, django_assert_max_num_queries):
    client.force_login(officer)
    make_questionnaire(fund)
    one = queries_for(client, django_assert_max_num_queries)
    for _number in range(3):
        make_questionnaire(fund)
    assert queries_for(client, django_assert_max_num_queries) == one
