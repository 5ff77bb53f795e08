"""The grantee's pages, walked without JavaScript."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fundportal import clock
from fundportal.documents.models import Upload
from fundportal.money import Money
from grants.awards.models import ReportDue
from grants.awards.states import AwardState, ReportKind, ReportState
from grants.reports.models import ReportDraft
from grants.reports.queries.waiting import to_write
from tests.factories.organisations import make_member
from tests.factories.people import make_person
from tests.factories.reports import late_by, make_report, make_report_file, make_running_award
from tests.factories.uploads import LETTER

R = ReportState
RELATION = {"the-results": "indicators", "the-spending": "budget_lines"}


@pytest.fixture
def report(house):
    return make_report(house.award)


def url(name, report, *more):
    return reverse(f"my_reports:{name}", args=[report.award.reference, report.number, *more])


def draft(report):
    return ReportDraft.objects.get(report=report)


def table(report, relation, **typed):
    """What a browser posts for one of the two tables: each box by the number of its line."""
    lines = getattr(report.award, relation).order_by("position")
    held = {"version": draft(report).version, "next": ""}
    for place, line in enumerate(lines):
        held |= {f"{box}-{line.pk}": texts[place] for box, texts in typed.items()}
    return held


def test_from_the_list_to_the_sent_report(house, client):
    report = make_report(house.award, answers={}, values={}, spending={})
    client.force_login(house.writer)
    assert url("report", report) in client.get(reverse("my_reports:reports")).content.decode()
    page = client.get(url("report", report)).content.decode()
    assert "0 of 5 parts" not in page  # files ask for nothing
    assert "1 of 5 parts complete" in page

    story = {"version": 1, "next": "learnt", "a-done": "We cooked."}
    assert client.post(url("part", report, "story"), story).url == url("part", report, "learnt")
    learnt = {"version": 2, "next": "the-results", "a-lesson": "Begin with the ovens."}
    assert client.post(url("part", report, "learnt"), learnt).url == url("part", report, "the-results")
    results = table(report, "indicators", value=["12", "1,200.5"], note=["Half a year in", ""]) | {
        "next": "the-spending"
    }
    assert client.post(url("part", report, "the-results"), results).url == url("part", report, "the-spending")
    spending = table(report, "budget_lines", spent=["6000", "4,999.50"], note=["Wages rose", ""]) | {"next": "check"}
    assert client.post(url("part", report, "the-spending"), spending).url == url("check", report)

    check = client.get(url("check", report)).content.decode()
    assert "Send the report" in check
    assert "errors" not in check
    sent = client.post(url("send", report), {"version": draft(report).version})
    assert sent.url == url("sent", report, 1)
    shown = client.get(sent.url).content.decode()
    for text in (
        "We cooked.",
        "1,200.5",
        "Half a year in",
        "$6,000.00",
        "+$1,000.00",
        "20 per cent more",
        "Wages rose",
    ):
        assert text in shown
    kept = report.revisions.get()
    assert [line.spent for line in kept.spending_lines] == [Money(600_000, "USD"), Money(499_950, "USD")]
    assert kept.result_lines[1].value == "1200.5"


def test_the_check_page_lists_what_is_missing_with_the_way_there(house, client):
    report = make_report(house.award, answers={}, values={}, spending={})
    client.force_login(house.writer)
    page = client.get(url("check", report)).content.decode()
    indicator = house.award.indicators.order_by("position").first()
    assert f'href="{url("part", report, "story")}?check#id_a-done"' in page
    assert f'href="{url("part", report, "the-results")}?check#id_value-{indicator.pk}"' in page
    assert "Put the answers above right first." in page
    for part, name in (("story", "a-done"), ("the-results", f"value-{indicator.pk}")):
        there = client.get(url("part", report, part) + "?check").content.decode()
        assert f'id="id_{name}"' in there
        assert "f__error" in there
    refused = client.post(url("send", report), {"version": 1})
    assert refused.status_code == 422
    assert "answers are missing" in refused.content.decode()


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        ("the-results", {"value": ["many", "3"]}, "Type a number in figures"),
        ("the-spending", {"spent": ["a lot", "3"]}, "Type the number alone"),
    ],
)
def test_a_figure_that_cannot_be_read_is_kept_and_pointed_at(house, report, client, part, typed, sentence):
    client.force_login(house.writer)
    answer = client.post(url("part", report, part), table(report, RELATION[part], **typed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    words = next(iter(typed.values()))[0]
    assert f'value="{words}"' in answer.content.decode()
    assert f'value="{words}"' in client.get(url("part", report, part)).content.decode()


def test_differences_are_worked_out_when_saved(house, report, client):
    client.force_login(house.writer)
    page = url("part", report, "the-spending")
    saved = client.post(page, table(report, "budget_lines", spent=["2500", "5000"]))
    assert saved.url == page
    shown = client.get(page).content.decode()
    assert "−$2,500.00" in shown
    assert "50 per cent less than planned" in shown


@pytest.mark.parametrize(
    ("kind", "words"), [(ReportKind.PROGRESS, "cent more than planned, say"), (ReportKind.FINAL, "more or less")]
)
def test_the_page_says_when_an_explanation_is_asked_for(house, client, kind, words):
    client.force_login(house.writer)
    report = make_report(house.award, kind=kind)
    assert words in client.get(url("part", report, "the-spending")).content.decode()


def test_a_part_saves_itself_while_somebody_types(house, report, client):
    client.force_login(house.writer)
    typed = {"version": 1, "a-lesson": "Typing"}
    answer = client.post(url("part", report, "learnt"), typed, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert answer.json()["sentence"].startswith("Saved at ")


@pytest.mark.parametrize(
    ("part", "typed", "shown"),
    [
        ("learnt", [{"a-lesson": "Aldo’s lesson"}, {"a-lesson": "Her lesson"}], ("Aldo’s lesson", "Her lesson")),
        ("the-results", [{"value": ["7", "3"]}, {"value": ["8", "3"]}], ("7 people", "8 people")),
        ("the-spending", [{"spent": ["70", "3"]}, {"spent": ["80", "3"]}], ("$70.00 spent", "$80.00 spent")),
    ],
)
def test_two_people_in_one_part_lose_nothing(house, report, client, part, typed, shown):
    """Aldo was faster: both texts stand side by side, and she chooses."""
    empty = {"version": 1, "next": ""}
    his, hers = (table(report, RELATION[part], **one) if part in RELATION else empty | one for one in typed)
    page = url("part", report, part)
    client.force_login(house.writer)
    client.post(page, his)
    client.force_login(house.signatory)
    itself = client.post(page, hers, headers={"X-Autosave": "1"})
    assert (itself.status_code, "Aldo Demo saved this part" in itself.json()["sentence"]) == (409, True)
    refused = client.post(page, hers)
    text = refused.content.decode().replace("\xa0", " ")
    assert refused.status_code == 409
    assert all(words in text for words in shown)
    chosen = client.post(page, hers | {"version": refused.context["version"]})
    assert chosen.status_code == 302
    assert draft(report).version == 3


def test_a_file_is_taken_in_and_fetched_by_its_people_only(house, report, client):
    client.force_login(house.writer)
    page = url("part", report, "the-files")
    assert f'data-upload="{url("add_file", report)}"' in client.get(page).content.decode()
    file = SimpleUploadedFile("list.pdf", LETTER)
    answer = client.post(url("add_file", report), {"name": "a-report-files", "file": file})
    token = str(Upload.objects.get().token)
    assert answer.status_code == 201
    client.post(page, {"version": 1, "next": "", "a-report-files": token})
    assert draft(report).answers["report-files"] == [token]
    with_the_form = SimpleUploadedFile("photo.pdf", LETTER)
    client.post(url("part", report, "story"), {"version": 2, "next": "", "a-done": "x", "a-paper-new": with_the_form})
    assert len(draft(report).answers["paper"]) == 1
    clean = make_report_file(report)
    assert client.get(url("file", report, clean.upload.token)).status_code == 200
    assert client.get(url("file", report, token)).status_code == 404
    client.force_login(make_person("Bela Demo"))
    assert client.get(url("file", report, clean.upload.token)).status_code == 404


@pytest.mark.parametrize(
    ("name", "question", "status"), [("list.pdf", "nothing", 409), ("setup.exe", "report-files", 422)]
)
def test_what_is_not_taken_is_said_in_the_line(house, report, client, name, question, status):
    client.force_login(house.writer)
    file = SimpleUploadedFile(name, LETTER)
    answer = client.post(url("add_file", report), {"name": f"a-{question}", "file": file})
    assert answer.status_code == status
    assert "file__why" in answer.content.decode()
    assert not Upload.objects.exists()


def test_what_is_to_be_written_stands_first(house, client):
    make_report(house.award, state=R.ACCEPTED, **late_by(60))
    asked, coming = make_report(house.award, state=R.CHANGES_REQUESTED, **late_by(-20)), make_report(house.award)
    client.force_login(house.writer)
    rows = client.get(reverse("my_reports:reports")).context["table"].rows
    assert [row[0].url for row in rows[:2]] == [url("report", asked), url("report", coming)]


@pytest.mark.parametrize("state", R)
def test_every_state_has_its_page(house, client, state):
    report = make_report(house.award, state=state)
    client.force_login(house.signatory)
    page = client.get(url("report", report))
    assert page.status_code == 200
    written = state in {R.OPEN, R.CHANGES_REQUESTED}
    assert ("Check and send" in page.content.decode()) is written
    assert client.get(url("part", report, "story")).status_code == (200 if written else 302)
    assert client.get(url("check", report)).status_code == 200
    if state == R.CHANGES_REQUESTED:
        assert "Who pays for the ovens?" in page.content.decode()


def test_what_was_sent_before_stays_readable(house, client):
    report = make_report(house.award, state=R.CHANGES_REQUESTED)
    client.force_login(house.signatory)
    client.post(url("send", report), {"version": 1})
    assert "A later version has taken its place." in client.get(url("sent", report, 1)).content.decode()
    assert "A later version" not in client.get(url("sent", report, 2)).content.decode()
    assert client.get(url("sent", report, 3)).status_code == 404


def test_late_is_said_where_it_is_written(house, client):
    report = make_report(house.award, **late_by(4))
    client.force_login(house.writer)
    assert "Late" in client.get(url("report", report)).content.decode()
    assert "4 days late" in client.get(url("part", report, "story")).content.decode()


def test_a_grant_without_figures_is_not_asked_for_them(house, client):
    award = make_running_award()
    award.indicators.all().delete()
    award.budget_lines.all().delete()
    report = make_report(award)
    client.force_login(award.organisation.memberships.get().user)
    assert client.get(url("part", report, "the-results")).status_code == 404
    assert "3 of 3 parts complete" in client.get(url("report", report)).content.decode()
    client.post(url("send", report), {"version": 1})
    assert ReportDue.objects.get(pk=report.pk).state == R.SUBMITTED


@pytest.mark.parametrize("somebody", ["a stranger", "another grantee", "the officer", "a former member"])
def test_other_peoples_reports_do_not_exist(house, report, client, somebody):
    former = make_member(house.award.organisation)
    former.memberships.update(ended_at=clock.now())
    people = {
        "a stranger": make_person("Sam Demo"),
        "another grantee": make_member(make_report().award.organisation),
        "the officer": house.officer,
        "a former member": former,
    }
    client.force_login(people[somebody])
    for name, more in (("report", ()), ("part", ("story",)), ("check", ()), ("sent", (1,))):
        assert client.get(url(name, report, *more)).status_code == 404
    for name, more in (("part", ("story",)), ("send", ()), ("add_file", ())):
        assert client.post(url(name, report, *more), {"version": 1}).status_code == 404
    assert url("report", report) not in client.get(reverse("my_reports:reports")).content.decode()


@pytest.mark.parametrize("state", [AwardState.OFFERED, AwardState.DECLINED, AwardState.LAPSED, AwardState.RESCINDED])
def test_a_grant_that_never_ran_asks_for_no_reports(db, client, state):
    report = make_report(make_running_award(state=state), state=R.SCHEDULED)
    client.force_login(report.award.organisation.memberships.get().user)
    assert client.get(url("report", report)).status_code == 404


def test_a_stranger_is_asked_to_sign_in(report, client):
    assert client.get(url("report", report)).status_code == 302


def queries_for(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(60) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_list_asks_as_much_for_one_as_for_many(house, client, django_assert_max_num_queries):
    client.force_login(house.writer)
    make_report(house.award)
    address = reverse("my_reports:reports")
    one = queries_for(client, address, django_assert_max_num_queries)
    for _number in range(3):
        make_report(house.award)
    assert queries_for(client, address, django_assert_max_num_queries) == one


def test_what_waits_for_the_grantee(house, client):
    make_report(house.award)
    make_report(house.award, state=R.CHANGES_REQUESTED)
    make_report(house.award, state=R.SUBMITTED)
    sentences = [one.sentence for one in to_write(house.writer)]
    assert len(sentences) == 2
    assert any("is to be sent by" in sentence for sentence in sentences)
    assert any("has a question" in sentence for sentence in sentences)
    assert list(to_write(house.officer)) == []
