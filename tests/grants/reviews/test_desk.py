"""The reviewer's pages: nothing before agreeing, one's own alone, the others' only once one's own is in."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member

S = AssignmentState
pytestmark = pytest.mark.django_db


def enter(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def act(assignment: Assignment, name: str = "review") -> str:
    return reverse(f"reviews:{name}", args=[assignment.token])


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


def sheet_of(assignment: Assignment, *, value: object = 4, reason: str = "Named, with figures.") -> dict[str, object]:
    criteria = assignment.application.stage.criteria.order_by("position")
    boxes: dict[str, object] = {"version": assignment.version, "comment": ""}
    for one in criteria:
        boxes |= {f"value-{one.pk}": value, f"reason-{one.pk}": reason}
    return boxes


def test_before_agreeing_nothing_but_the_name_is_shown():
    invited = make_assignment()
    client = enter(invited.reviewer)
    for page in (client.get(reverse("reviews:desk")), client.get(act(invited))):
        text = page.content.decode()
        assert page.status_code == 200
        assert invited.application.organisation.name in text
        assert invited.application.title not in text
        assert invited.application.reference not in text
    assert client.get(reverse("reviews:file", args=[invited.token, uuid4()])).status_code == 404


def test_agreeing_needs_both_answers_and_opens_the_reading_room():
    invited = make_assignment()
    client = enter(invited.reviewer)
    half = client.post(act(invited, "accept"), {"agrees": "on"})
    assert half.status_code == 422
    assert invited.application.title not in half.content.decode()
    client.post(act(invited, "accept"), {"agrees": "on", "has_no_tie": "on"})
    room = client.get(act(invited)).content.decode()
    assert invited.application.title in room
    assert "need is 4" in room


def test_a_sheet_is_saved_and_handed_in_whole():
    reading = make_assignment(state=S.ACCEPTED)
    client = enter(reading.reviewer)
    client.post(act(reading, "save"), sheet_of(reading, reason=""))
    reading = fresh(reading)
    assert reading.state == S.IN_PROGRESS
    lacking = client.post(act(reading, "hand_in"), sheet_of(reading, reason=""))
    assert lacking.status_code == 422
    assert "One sentence is enough" in lacking.content.decode()
    client.post(act(reading, "hand_in"), sheet_of(fresh(reading)))
    assert fresh(reading).state == S.SUBMITTED


def test_a_stale_sheet_keeps_what_was_typed_beside_what_was_saved():
    reading = make_assignment(state=S.IN_PROGRESS)
    client = enter(reading.reviewer)
    stale = sheet_of(reading, reason="Typed in the second window.")
    client.post(act(reading, "save"), sheet_of(reading, reason="Saved in the first."))
    both = client.post(act(reading, "save"), stale)
    text = both.content.decode()
    assert both.status_code == 409
    assert "Typed in the second window." in text
    assert "Saved in the first." in text
    alone = client.post(act(reading, "save"), stale, headers={"X-Autosave": "1"})
    assert alone.status_code == 409
    assert "another window" in alone.json()["sentence"]


def test_a_sheet_saves_itself_and_says_when():
    reading = make_assignment(state=S.ACCEPTED)
    told = enter(reading.reviewer).post(act(reading, "save"), sheet_of(reading), headers={"X-Autosave": "1"}).json()
    assert told["version"] == 1
    assert told["sentence"].startswith("Saved at")


def test_a_conflict_closes_every_page_in_the_same_moment():
    reading = make_assignment(state=S.IN_PROGRESS)
    client = enter(reading.reviewer)
    answer = client.post(act(reading, "conflict"), {"conflict-reason": "My sister works there."}, follow=True)
    assert answer.status_code == 200
    assert reading.application.organisation.name not in answer.content.decode()
    assert client.get(act(reading)).status_code == 404
    assert client.post(act(reading, "save"), sheet_of(reading)).status_code == 404


def test_declining_needs_a_reason():
    invited = make_assignment()
    client = enter(invited.reviewer)
    assert client.post(act(invited, "decline"), {"decline-reason": ""}).status_code == 422
    client.post(act(invited, "decline"), {"decline-reason": "No time in March."})
    assert client.get(act(invited)).status_code == 404


def test_other_reviews_are_read_only_once_ones_own_is_in():
    mine = make_assignment(state=S.IN_PROGRESS)
    make_assignment(mine.application.stage.panel, application=mine.application, state=S.SUBMITTED)
    client = enter(mine.reviewer)
    assert "Fits need." not in client.get(act(mine)).content.decode()
    client.post(act(mine, "hand_in"), sheet_of(mine))
    assert "Fits need." in client.get(act(mine)).content.decode()


@pytest.mark.parametrize("name", ["review", "accept", "decline", "conflict", "save", "hand_in"])
def test_somebody_elses_review_does_not_exist_and_applicants_have_no_desk(name):
    theirs = make_assignment(state=S.IN_PROGRESS)
    stranger = make_panel_member(theirs.application.stage.panel).user
    applicant = theirs.application.started_by
    for person, status in ((stranger, 404), (applicant, 403)):
        client = enter(person)
        way = client.get if name == "review" else client.post
        assert way(act(theirs, name)).status_code == status


def test_no_score_is_on_a_page_of_the_applicant():
    scored = make_assignment(state=S.SUBMITTED)
    client = enter(scored.application.started_by)
    for url in ("my_applications:applications", "my_applications:application"):
        page = client.get(reverse(url, args=[scored.application.reference] if url.endswith("application") else []))
        assert page.status_code == 200
        assert "Fits need." not in page.content.decode()
        assert scored.reviewer.full_name not in page.content.decode()


def test_the_desk_asks_the_same_number_of_questions_however_much_waits():
    panel = make_panel()
    member = make_panel_member(panel)
    counts = []
    for more in (3, 27):
        for _each in range(more):
            make_assignment(panel, reviewer=member.user)
        client = enter(member.user)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse("reviews:desk")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_waits_is_said_to_reviewers_and_only_to_them():
    invited = make_assignment()
    sentences = [one.sentence for one in waiting_for(invited.reviewer)]
    assert "1 application asks whether you can read it." in sentences
    assert not [one for one in waiting_for(make_person("Nora", Role.AUDITOR)) if one.url == reverse("reviews:desk")]


def test_a_reason_too_long_to_keep_erases_nothing():
    reading = make_assignment(state=S.ACCEPTED)
    client = enter(reading.reviewer)
    client.post(act(reading, "save"), sheet_of(reading, reason="The first reason."))
    answer = client.post(act(reading, "save"), sheet_of(fresh(reading), reason="x" * 4001))
    assert answer.status_code == 422
    assert set(reading.scores.order_by().values_list("justification", flat=True)) == {"The first reason."}
