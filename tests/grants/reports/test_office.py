"""The office's pages: who sees what, what a page says, and what its buttons do."""

import pytest
from django.urls import reverse

from fundportal.access import Role
from grants.awards.models import ReportDue
from grants.awards.states import ReportState
from grants.reports.models import Publication
from grants.reports.queries.waiting import late_to_follow, to_read
from tests.factories.organisations import join, make_conflict
from tests.factories.people import make_person
from tests.factories.reports import (
    late_by,
    make_publication,
    make_report,
    make_report_file,
    make_revision,
    make_running_award,
)

R = ReportState
LIST = "reports:reports"
READERS = {
    Role.OFFICER,
    Role.MANAGER,
    Role.FINANCE_MAKER,
    Role.FINANCE_CHECKER,
    Role.CLERK,
    Role.EDITOR,
    Role.AUDITOR,
}


def url(name, report, *more):
    return reverse(f"reports:{name}", args=[report.award.reference, report.number, *more])


@pytest.fixture
def report(house):
    return make_report(house.award, state=R.SUBMITTED)


def state_of(report):
    return ReportDue.objects.get(pk=report.pk).state


@pytest.mark.parametrize("role", Role)
def test_who_reads_reports(house, report, client, role):
    client.force_login(make_person(f"{role.title()} Tester", role, fund=house.award.fund))
    status = 200 if role in READERS else 403
    assert client.get(reverse(LIST)).status_code == status
    assert client.get(url("report", report)).status_code == status


@pytest.mark.parametrize("tie", ["a conflict", "a membership", "another fund"])
def test_whoever_has_a_tie_or_works_elsewhere_sees_nothing(house, report, client, tie):
    fund = make_running_award().fund if tie == "another fund" else house.award.fund
    person = make_person("Olga Demo", Role.OFFICER, fund=fund)
    if tie == "a conflict":
        make_conflict(person, house.award.organisation)
    if tie == "a membership":
        join(person, house.award.organisation)
    file = make_report_file(report)
    client.force_login(person)
    assert client.get(url("report", report)).status_code == 404
    assert client.get(url("file", report, file.upload.token)).status_code == 404
    assert client.post(url("ask", report), {"revision": 1, "reason": "Why?"}).status_code == 404
    assert house.award.reference not in client.get(reverse(LIST)).content.decode()
    assert list(to_read(person)) == []


def test_the_page_shows_what_changed_since_the_version_before(house, report, client):
    file = make_report_file(report)
    line = house.award.budget_lines.order_by("position").first()
    report.draft.answers |= {"lesson": "We paid for the ovens.", "paper": [str(file.upload.token)]}
    report.draft.values = {str(one.pk): {"value": "31"} for one in house.award.indicators.order_by("position")}
    report.draft.spending[str(line.pk)] = {"minor": 510_000, "note": "Wages rose"}
    make_revision(report)
    client.force_login(house.officer)
    page = client.get(url("report", report))
    shown = [(one.label, one.before, one.after) for one in page.context["changes"]]
    assert shown == [
        ("A list of what took place", "", "letter.pdf"),
        ("What you would do otherwise", "Begin with the ovens.", "We paid for the ovens."),
        ("People who found work", "12 people", "31 people"),
        ("Evenings in the kitchen", "12", "31"),
        ("A cook for ten months", "$5,000.00 spent", "$5,100.00 spent\nWages rose"),
    ]
    assert "What changed since the version before" in page.content.decode()
    assert client.get(url("file", report, file.upload.token)).status_code == 200


def test_what_is_being_written_is_not_shown(house, client):
    report = make_report(house.award, answers={"done": "Half a sentence"})
    file = make_report_file(report)
    client.force_login(house.officer)
    assert client.get(url("file", report, file.upload.token)).status_code == 404
    page = client.get(url("report", report)).content.decode()
    assert "Half a sentence" not in page
    assert "Nothing was sent yet" in page


@pytest.mark.parametrize(
    ("person", "state", "buttons"),
    [
        ("officer", R.SUBMITTED, {"accept", "ask"}),
        ("manager", R.SUBMITTED, {"accept", "ask"}),
        ("editor", R.SUBMITTED, set()),
        ("manager", R.OPEN, {"waive"}),
        ("officer", R.OPEN, set()),
        ("officer", R.ACCEPTED, {"publish"}),
        ("editor", R.ACCEPTED, {"publish"}),
        ("manager", R.ACCEPTED, set()),
        ("manager", R.WAIVED, set()),
    ],
)
def test_everybody_has_their_own_buttons(house, client, person, state, buttons):
    report = make_report(house.award, state=state)
    client.force_login(getattr(house, person))
    page = client.get(url("report", report)).content.decode()
    names = ("accept", "ask", "waive", "publish", "unpublish")
    assert {name for name in names if f'action="{url(name, report)}"' in page} == buttons


def test_asking_and_accepting(house, report, client):
    client.force_login(house.officer)
    client.post(url("ask", report), {"revision": 1, "reason": "Who paid?"})
    assert state_of(report) == R.CHANGES_REQUESTED
    other = make_report(house.award, state=R.SUBMITTED)
    client.post(url("accept", other), {"revision": 1, "feedback": "Thank you, clear and short."})
    assert state_of(other) == R.ACCEPTED
    assert "Thank you, clear and short." in client.get(url("report", other)).content.decode()


@pytest.mark.parametrize(("act", "field"), [("ask", "reason"), ("accept", "feedback")])
def test_without_words_the_page_comes_back_with_the_sentence(house, report, client, act, field):
    client.force_login(house.officer)
    answer = client.post(url(act, report), {"revision": 1, field: " "})
    assert answer.status_code == 422
    assert "Write a sentence or two." in answer.content.decode()
    assert state_of(report) == R.SUBMITTED


def test_a_version_that_nobody_read_is_not_accepted(house, report, client):
    client.force_login(house.officer)
    make_revision(report)
    answer = client.post(url("accept", report), {"revision": 1, "feedback": "My careful words"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A newer version came in while you read." in page
    assert "My careful words" in page
    assert 'name="revision" value="2"' in page


def test_waiving_says_why(house, client):
    report = make_report(house.award)
    client.force_login(house.manager)
    client.post(url("waive", report), {"reason": "The project ended sooner."})
    assert state_of(report) == R.WAIVED
    client.force_login(house.officer)
    assert client.post(url("waive", report), {"reason": "Again"}).status_code == 403


def test_publishing_and_taking_off(house, client):
    report = make_report(house.award, state=R.ACCEPTED)
    client.force_login(house.editor)
    typed = {"version": 0, "summary_en": "Forty people cooked.", "summary_fr": "", "shows_results": "on"}
    refused = client.post(url("publish", report), typed)
    assert refused.status_code == 422
    assert "Forty people cooked." in refused.content.decode()
    client.post(url("publish", report), typed | {"summary_fr": "Quarante personnes."})
    made = Publication.objects.get()
    assert (made.summaries["fr"], made.shows_results, made.shows_spending) == ("Quarante personnes.", True, False)
    page = client.get(url("report", report)).content.decode()
    assert "Everybody reads this" in page
    stale = client.post(url("publish", report), typed | {"summary_fr": "Autre."})
    assert stale.status_code == 409
    assert "Autre." in stale.content.decode()
    client.post(url("unpublish", report))
    assert Publication.objects.get().withdrawn_at is not None
    assert client.post(url("unpublish", report)).status_code == 409


@pytest.mark.parametrize("state", R)
def test_every_state_has_its_page(house, client, state):
    report = make_report(house.award, state=state)
    for person in (house.officer, house.manager, house.editor):
        client.force_login(person)
        assert client.get(url("report", report)).status_code == 200


def test_the_list_narrows_by_state_lateness_and_words(house, client):
    made = {state: make_report(house.award, state=state) for state in R}
    late = make_report(house.award, **late_by(2))
    client.force_login(house.officer)

    def found(query):
        page = client.get(f"{reverse(LIST)}?{query}")
        assert page.status_code == 200
        return {one.pk for one in page.context["page"]}

    assert found("") == {one.pk for one in (*made.values(), late)}
    assert found("state=submitted") == {made[R.SUBMITTED].pk}
    assert found("state=late") == {late.pk}
    assert found(f"words={house.award.reference}") == found("")
    assert found("words=nowhere") == set()
    first = client.get(reverse(LIST)).context["page"].object_list[0]
    assert first.pk == made[R.SUBMITTED].pk


def queries_for(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(60) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_list_asks_as_much_for_one_as_for_many(house, report, client, django_assert_max_num_queries):
    client.force_login(house.officer)
    one = queries_for(client, reverse(LIST), django_assert_max_num_queries)
    for _number in range(3):
        make_publication(make_report(house.award, state=R.ACCEPTED))
    assert queries_for(client, reverse(LIST), django_assert_max_num_queries) == one


def test_a_page_asks_as_much_for_one_version_as_for_three(house, report, client, django_assert_max_num_queries):
    client.force_login(house.officer)
    make_revision(report)
    two = queries_for(client, url("report", report), django_assert_max_num_queries)
    make_revision(report)
    make_revision(report)
    assert queries_for(client, url("report", report), django_assert_max_num_queries) == two


def test_what_waits_for_the_office(house, report):
    assert [one.sentence for one in to_read(house.officer)] == ["1 report came in and waits for an answer."]
    assert list(late_to_follow(house.officer)) == []
    for _number in range(2):
        make_report(house.award, state=R.SUBMITTED)
        make_report(house.award, **late_by(2))
    assert [one.count for one in to_read(house.manager)] == [3]
    assert [one.sentence for one in late_to_follow(house.manager)] == ["2 reports are late."]
    assert list(to_read(house.editor)) == []
