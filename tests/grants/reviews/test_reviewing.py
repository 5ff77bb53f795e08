"""A reviewer agrees, scores and hands in; a conflict shuts every door at once; sealed scores stay."""

import hashlib
from fractions import Fraction

import pytest

from fundportal.access import Role
from fundportal.mail.models import Letter
from fundportal.organisations.services import declare_conflict
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.reviews import services
from grants.reviews.models import Assignment
from grants.reviews.queries import standing, standings
from grants.reviews.queries.standings import Summary, summaries
from grants.reviews.services import Entry
from grants.reviews.services.sealing import fingerprint
from grants.reviews.states import AssignmentState
from tests.factories.organisations import make_conflict
from tests.factories.people import make_person
from tests.factories.reviews import make_assignment, make_panel, make_panel_member, make_review_ready, score_everything

S = AssignmentState
pytestmark = pytest.mark.django_db


def fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


def write(assignment: Assignment, *values: int | None, reason: str = "Well founded.") -> Assignment:
    criteria = assignment.application.stage.criteria.order_by("position")
    entries = {each.pk: Entry(value, reason) for each, value in zip(criteria, values, strict=True)}
    version = fresh(assignment).version
    return services.save_review(assignment.pk, entries=entries, version=version, by=assignment.reviewer)


def test_what_was_agreed_to_is_kept_word_for_word():
    assignment = make_assignment(state=S.INVITED)
    services.accept(assignment.pk, by=assignment.reviewer)
    kept = fresh(assignment)
    assert kept.agreed_text == "I keep what I read to myself."
    assert kept.agreed_hash == hashlib.sha256(kept.agreed_text.encode()).hexdigest()


def test_somebody_else_with_the_role_may_not_write_this_review():
    assignment = make_assignment(state=S.ACCEPTED)
    other = make_person("Ria Reviewer", Role.REVIEWER, fund=assignment.application.stage.call.fund)
    with pytest.raises(Refusal) as refused:
        services.save_review(assignment.pk, entries={}, version=0, by=other)
    assert refused.value.status == 403


def test_a_review_is_handed_in_only_when_every_criterion_has_a_score_and_a_reason():
    assignment = make_assignment(state=S.ACCEPTED)
    write(assignment, 4, 3, 5, None)
    with pytest.raises(Refusal, match="no score or no reason"):
        services.hand_in(assignment.pk, by=assignment.reviewer)
    write(assignment, 4, 3, 5, 2, reason=" ")
    with pytest.raises(Refusal, match="no score or no reason"):
        services.hand_in(assignment.pk, by=assignment.reviewer)
    write(assignment, 4, 3, 5, 2)
    services.hand_in(assignment.pk, by=assignment.reviewer)
    assert fresh(assignment).state == S.SUBMITTED


def test_a_second_window_is_told_and_changes_nothing():
    assignment = make_assignment(state=S.ACCEPTED)
    write(assignment, 4, 3, 5, 2)
    with pytest.raises(Refusal, match="another window") as refused:
        services.save_review(assignment.pk, entries={}, comment="Old", version=0, by=assignment.reviewer)
    assert refused.value.status == 409
    assert fresh(assignment).comment == ""


@pytest.mark.parametrize("value", [-1, 6])
def test_a_score_outside_the_scale_is_refused(value: int):
    assignment = make_assignment(state=S.ACCEPTED)
    with pytest.raises(Refusal, match="0 to 5"):
        write(assignment, value, 3, 3, 3)
    assert fresh(assignment).scores.count() == 0


def test_a_criterion_of_another_call_is_refused():
    assignment = make_assignment(state=S.ACCEPTED)
    foreign = make_panel().stage.criteria.order_by("position")[0]
    with pytest.raises(Refusal) as refused:
        services.save_review(assignment.pk, entries={foreign.pk: Entry(3, "Why")}, version=0, by=assignment.reviewer)
    assert refused.value.status == 422


def test_the_application_is_reviewed_with_the_last_review_wanted():
    panel = make_panel(reviewers_wanted=2)
    application = make_review_ready(panel.stage)
    first, second = (make_assignment(panel, application=application, state=S.ACCEPTED) for _each in range(2))
    for assignment, state in ((first, ApplicationState.IN_REVIEW), (second, ApplicationState.REVIEWED)):
        write(assignment, 4, 3, 5, 2)
        services.hand_in(assignment.pk, by=assignment.reviewer)
        assert Application.objects.get(pk=application.pk).state == state


@pytest.mark.parametrize("state", [S.PROPOSED, S.INVITED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED, S.SUBMITTED])
def test_a_conflict_recuses_from_any_state_at_once_and_hides_the_content(state: str):
    assignment = make_assignment(state=state)
    elsewhere = make_assignment(state=S.ACCEPTED, reviewer=assignment.reviewer)
    organisation = assignment.application.organisation
    declare_conflict(
        assignment.reviewer.pk, organisation_id=organisation.pk, reason="My sister works there", by=assignment.reviewer
    )
    assert fresh(assignment).state == S.RECUSED
    assert fresh(elsewhere).state == S.ACCEPTED
    assert list(Assignment.objects.of_reviewer(assignment.reviewer)) == [elsewhere]


def test_a_sealed_review_stays_when_a_conflict_is_declared_later():
    assignment = make_assignment(state=S.SEALED)
    declare_conflict(
        assignment.reviewer.pk,
        organisation_id=assignment.application.organisation_id,
        reason="I moved there",
        by=assignment.reviewer,
    )
    assert fresh(assignment).state == S.SEALED
    assert not Assignment.objects.of_reviewer(assignment.reviewer).exists()


def test_nobody_with_a_conflict_on_record_is_asked_or_agrees():
    assignment = make_assignment(state=S.INVITED)
    make_conflict(assignment.reviewer, assignment.application.organisation)
    with pytest.raises(Refusal, match="conflict of interest"):
        services.accept(assignment.pk, by=assignment.reviewer)


def test_a_review_handed_back_writes_a_letter_that_names_no_applicant():
    assignment = make_assignment(state=S.SUBMITTED)
    officer = make_person("Ora Officer", Role.OFFICER, fund=assignment.application.stage.call.fund)
    services.hand_back(assignment.pk, question="Does the budget add up?", by=officer)
    letter = Letter.objects.get(to_address=assignment.reviewer.email)
    assert "Does the budget add up?" in letter.text_body
    assert assignment.application.organisation.name not in letter.text_body + letter.html_body
    assert assignment.application.title not in letter.text_body + letter.html_body


def test_reviews_are_sealed_together_once_nobody_reads_any_more():
    panel = make_panel(reviewers_wanted=2)
    application = make_review_ready(panel.stage)
    done = make_assignment(panel, application=application, state=S.SUBMITTED)
    late = make_assignment(panel, application=application, state=S.IN_PROGRESS)
    manager = make_person("Mia Manager", Role.MANAGER, fund=panel.stage.call.fund)
    with pytest.raises(Refusal, match="1 review is not handed in"):
        services.seal_reviews(panel.pk, by=manager)
    services.remove_assignment(late.pk, reason="Ill", by=manager)
    assert services.seal_reviews(panel.pk, by=manager) == 1
    sealed = fresh(done)
    assert sealed.state == S.SEALED
    assert len(sealed.seal_hash) == 64


def test_the_fingerprint_changes_with_any_word_of_the_review():
    panel = make_panel(reviewers_wanted=1)
    one = make_assignment(panel, state=S.SUBMITTED)
    before = fingerprint(fresh(one))
    one.scores.update(justification="Another reason.")
    assert fingerprint(fresh(one)) != before


def test_the_standing_is_the_weighted_raw_mean_with_its_range():
    """Weights 40, 30, 20, 10. First: 5, 4, 3, 2 is 4; second: 1, 2, 3, 4 is 2; together 3."""
    panel = make_panel(reviewers_wanted=2)
    application = make_review_ready(panel.stage)
    for values in ((5, 4, 3, 2), (1, 2, 3, 4)):
        assignment = make_assignment(panel, application=application, state=S.ACCEPTED)
        write(assignment, *values)
        services.hand_in(assignment.pk, by=assignment.reviewer)
    found = standing(application)
    assert found is not None
    assert (found.mean, found.lowest, found.highest, found.count) == (3, 2, 4, 2)
    assert [each.values for each in found.by_criterion] == [(1, 5), (2, 4), (3, 3), (2, 4)]
    assert standings(panel.stage) == {application.pk: found}


def test_an_amended_score_counts_and_the_first_one_stays():
    assignment = make_assignment(make_panel(reviewers_wanted=1), state=S.SUBMITTED)
    need = assignment.scores.get(criterion__key="need")
    services.amend_score(
        assignment.pk, criterion_id=need.criterion_id, value=5, reason="The panel knew more", by=assignment.reviewer
    )
    need.refresh_from_db()
    assert need.value == 3
    found = standing(assignment.application)
    assert found is not None
    assert found.by_criterion[0].values == (5,)


def test_standings_ask_the_same_questions_however_many_there_are(django_assert_num_queries):
    panel = make_panel(reviewers_wanted=1)
    for _each in range(3):
        make_assignment(panel, state=S.SUBMITTED)
    with django_assert_num_queries(3):
        assert len(standings(panel.stage)) == 3


def test_the_summaries_of_a_stage_are_its_standings_without_criteria_in_one_query(django_assert_num_queries):
    panel = make_panel(reviewers_wanted=2)
    twice = make_review_ready(panel.stage)
    for value in (2, 5):
        one = make_assignment(panel, application=twice, state=S.SUBMITTED)
        one.scores.update(value=value)
    make_assignment(panel, state=S.SUBMITTED)
    unread = make_assignment(panel, state=S.IN_PROGRESS)
    for value in (4, 1):
        score = one.scores.get(criterion__key="need")
        services.amend_score(one.pk, criterion_id=score.criterion_id, value=value, reason="The panel", by=one.reviewer)
    with django_assert_num_queries(1):
        found = summaries(panel.stage)
    expected = {
        key: Summary(each.mean, each.lowest, each.highest, each.count) for key, each in standings(panel.stage).items()
    }
    assert found == expected
    assert found[twice.pk].highest == Fraction(40 * 1 + 60 * 5, 100)  # the newest word counts
    assert unread.application_id not in found


def test_a_member_who_leaves_frees_what_was_not_read():
    panel = make_panel()
    member = make_panel_member(panel)
    unread = make_assignment(panel, reviewer=member.user, state=S.INVITED)
    done = make_assignment(panel, reviewer=member.user, state=S.SUBMITTED)
    officer = make_person("Ora Officer", Role.OFFICER, fund=panel.stage.call.fund)
    services.remove_member(member.pk, by=officer)
    assert (fresh(unread).state, fresh(done).state) == (S.REMOVED, S.SUBMITTED)


def test_scores_may_be_written_one_after_the_other():
    assignment = make_assignment(state=S.RETURNED)
    services.save_review(assignment.pk, entries={}, comment="Better", version=0, by=assignment.reviewer)
    assert fresh(assignment).comment == "Better"
    assert fresh(assignment).scores.count() == 4
    score_everything(make_assignment(state=S.IN_PROGRESS), value=1)
