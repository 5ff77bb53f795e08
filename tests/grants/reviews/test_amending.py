"""A score changes after the panel talked: the first one stays readable, and the newest counts."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from fundportal.refusals import Refusal
from grants.reviews import services
from grants.reviews.models import Amendment, Score
from grants.reviews.queries.standings import standing
from grants.reviews.states import HELD, AssignmentState
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel

pytestmark = pytest.mark.django_db
S = AssignmentState
WHY = "The budget was on page nine."


@pytest.fixture
def review():
    return make_assignment(state=S.SUBMITTED)


def criterion_of(review):
    return review.application.stage.criteria.order_by("position").first()


def url(review, criterion=None):
    return reverse("reviews:amend", args=[review.token, (criterion or criterion_of(review)).pk])


def room(review):
    return reverse("reviews:review", args=[review.token])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    return " ".join(response.content.decode().split())


def test_from_the_room_to_the_changed_score_and_back(review):
    client = as_(review.reviewer)
    assert url(review) in text(client.get(room(review)))
    page = text(client.get(url(review)))
    assert "It counts 3 of 5 now." in page
    assert criterion_of(review).anchor(5) in page
    assert client.post(url(review), {"value": "5", "reason": WHY}).status_code == 302
    seen = text(client.get(room(review)))
    assert f"Changed to 5 after discussion: {WHY}" in seen
    assert Score.objects.get(assignment=review, criterion=criterion_of(review)).value == 3
    assert standing(review.application).by_criterion[0].mean == 5


def test_two_clicks_are_one_change_and_the_same_score_is_none(review):
    client, typed = as_(review.reviewer), {"value": "5", "reason": WHY}
    assert [client.post(url(review), typed).status_code for _click in range(2)] == [302, 302]
    assert Amendment.objects.count() == 1
    same = client.post(url(review), {"value": "5", "reason": "Once more."})
    assert same.status_code == 422
    assert "counts already" in text(same)
    assert client.post(url(review), {"value": "3", "reason": "Back again."}).status_code == 302
    assert Amendment.objects.count() == 2


def test_the_score_that_was_given_first_is_no_change(review):
    with pytest.raises(Refusal, match="counts already"):
        services.amend_score(review.pk, criterion_id=criterion_of(review).pk, value=3, reason=WHY, by=review.reviewer)


@pytest.mark.parametrize("typed", [{}, {"value": "6", "reason": WHY}, {"value": "5", "reason": ""}, {"reason": WHY}])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(review, typed):
    refused = as_(review.reviewer).post(url(review), typed or {"reason": ""})
    assert refused.status_code == 422
    assert not Amendment.objects.exists()
    assert typed.get("reason", "") in text(refused)


@pytest.mark.parametrize("state", HELD)
def test_only_between_handing_in_and_the_seal(state):
    review = make_assignment(state=state)
    client = as_(review.reviewer)
    has_scores = state in {S.SUBMITTED, S.RETURNED, S.SEALED}
    answer = client.post(url(review), {"value": "5", "reason": WHY})
    assert answer.status_code == (302 if state == S.SUBMITTED else 409 if has_scores else 404)
    assert Amendment.objects.count() == (1 if state == S.SUBMITTED else 0)
    if state != S.PROPOSED:
        assert (url(review) in text(client.get(room(review)))) == (state == S.SUBMITTED)


def test_others_and_whoever_has_a_tie_find_nothing(review):
    fund = review.application.stage.call.fund
    for role in (Role.REVIEWER, Role.CHAIR):
        other = as_(make_person("", role, fund=fund))
        assert other.get(url(review)).status_code == 404
        assert other.post(url(review), {"value": "5", "reason": WHY}).status_code == 404
    assert as_(make_person("", Role.MANAGER, fund=fund)).get(url(review)).status_code == 403
    make_conflict(review.reviewer, review.application.organisation)
    assert as_(review.reviewer).get(url(review)).status_code == 404


def test_a_criterion_of_another_call_is_not_there(review):
    assert as_(review.reviewer).get(url(review, criterion_of(make_assignment()))).status_code == 404


def test_a_reader_of_the_others_changes_only_their_own(review):
    other = make_assignment(review.application.stage.panel, application=review.application, state=S.SUBMITTED)
    page = text(as_(review.reviewer).get(room(review)))
    assert url(review) in page
    assert url(other) not in page


def test_the_progress_of_a_panel_has_pages():
    panel = make_panel()
    for _number in range(51):
        make_assignment(panel, state=S.INVITED)
    client = as_(make_person("", Role.OFFICER, fund=panel.stage.call.fund))
    place = reverse("office_reviews:panel", args=[panel.stage_id])
    first, second = (client.get(place, {"page": number}) for number in (1, 2))
    assert [len(page.context["table"].rows) for page in (first, second)] == [50, 1]
    assert "51 of 51" in text(second)
