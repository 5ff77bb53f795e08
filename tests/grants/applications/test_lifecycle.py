"""Every move from every state: the machine makes it or refuses it."""

from datetime import timedelta

import pytest

from fundportal import clock
from fundportal.lifecycle import move, transitions, why_not
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.states import IN_PROPOSAL, STAGED, UNDER_WAY, ApplicationState, public_word
from tests.factories.applications import dates_of
from tests.factories.calls import make_call

S = ApplicationState
REST = {S.DRAFT, *UNDER_WAY, S.ON_HOLD}
MOVES = {
    "submit": ({S.DRAFT, S.SUBMITTED}, S.SUBMITTED),
    "unlock": ({S.SUBMITTED}, S.SUBMITTED),
    "lapse": ({S.DRAFT}, S.LAPSED),
    "begin_screening": ({S.SUBMITTED}, S.SCREENING),
    "request_info": ({S.SCREENING}, S.INFO_REQUESTED),
    "resubmit": ({S.INFO_REQUESTED}, S.SCREENING),
    "mark_eligible": ({S.SCREENING}, S.ELIGIBLE),
    "mark_ineligible": ({S.SCREENING}, S.INELIGIBLE),
    "uphold_appeal": ({S.INELIGIBLE, S.DECLINED}, None),
    "assign": ({S.ELIGIBLE}, S.IN_REVIEW),
    "complete_reviews": ({S.IN_REVIEW}, S.REVIEWED),
    "invite": ({S.REVIEWED}, S.INVITED),
    "recommend": ({S.REVIEWED}, S.RECOMMENDED),
    "reserve": ({S.REVIEWED}, S.RESERVE),
    "not_recommend": ({S.REVIEWED}, S.NOT_RECOMMENDED),
    "approve": (set(IN_PROPOSAL), S.APPROVED),
    "decline": (set(IN_PROPOSAL), S.DECLINED),
    "promote": ({S.RESERVE}, S.APPROVED),
    "expire_reserve": ({S.RESERVE}, S.DECLINED),
    "unstage": ({*STAGED, S.RESERVE}, None),
    "hold": (set(UNDER_WAY), S.ON_HOLD),
    "resume": ({S.ON_HOLD}, S.SCREENING),
    "withdraw": (REST, S.WITHDRAWN),
    "reinstate": ({S.WITHDRAWN}, S.SCREENING),
    "disqualify": ({*UNDER_WAY, S.ON_HOLD}, S.DISQUALIFIED),
}
RETURNS = {
    ("uphold_appeal", S.INELIGIBLE): S.ELIGIBLE,
    ("uphold_appeal", S.DECLINED): S.RECOMMENDED,
    ("unstage", S.RESERVE): S.REVIEWED,
    ("unstage", S.APPROVED): S.RECOMMENDED,
    ("unstage", S.DECLINED): S.NOT_RECOMMENDED,
}
AFTER_THE_DEADLINE = {"lapse", "begin_screening"}
FACTS = {"hold": {"ends_on": clock.today("UTC")}}


@pytest.fixture
def call(db):
    return make_call(stages=2)


def application_at(state, call, name=""):
    first = call.stages.get(number=1)
    made = Application(stage=first, state=state, **dates_of(state, first))
    made.released_at = clock.now() if name == "uphold_appeal" and state == S.DECLINED else None
    return made


def test_the_table_names_every_move():
    assert {transition.name for transition in transitions(Application)} == set(MOVES)


@pytest.mark.parametrize("name", MOVES)
def test_an_application_moves_only_where_the_table_says(call, name):
    sources, _target = MOVES[name]
    ends = {start: end_of(name, application_at(start, call, name)) for start in S}

    assert {start for start, end in ends.items() if end} == sources
    assert {start: end for start, end in ends.items() if end} == {start: expected(name, start) for start in sources}


def end_of(name, application):
    """Where the move leads, or nothing when it is refused and changes nothing."""
    start = application.state
    at = application.stage.closes_at + timedelta(minutes=1) if name in AFTER_THE_DEADLINE else clock.now()
    try:
        move(application, name, at=at, **FACTS.get(name, {}))
    except Refusal:
        assert application.state == start
        return ""
    return application.state


def expected(name, start):
    return RETURNS.get((name, start), MOVES[name][1])


@pytest.mark.parametrize("state", [S.INVITED, S.LAPSED, S.DISQUALIFIED])
def test_a_final_state_has_no_way_out(state):
    assert [one.name for one in transitions(Application) if one.source == state] == []


def test_a_hold_returns_to_where_it_came_from(call):
    for origin in UNDER_WAY:
        application = application_at(origin, call)
        move(application, "hold", ends_on=clock.today("UTC"))
        move(application, "resume")
        assert (application.state, application.resumes_to, application.held_at) == (origin, "", None)


def test_withdrawn_from_a_hold_it_comes_back_to_where_it_stood_before(call):
    application = application_at(S.ELIGIBLE, call)
    move(application, "hold", ends_on=clock.today("UTC"))
    move(application, "withdraw")
    assert application.held_at is None
    move(application, "reinstate")
    assert application.state == S.ELIGIBLE


@pytest.mark.parametrize(
    ("name", "state", "late"),
    [
        ("submit", S.DRAFT, "The deadline has passed. Your draft is kept."),
        ("unlock", S.SUBMITTED, "The deadline has passed, so it stays as it was sent."),
        ("uphold_appeal", S.INELIGIBLE, "The time to appeal is over."),
        ("reinstate", S.WITHDRAWN, "It was withdrawn more than 14 days ago."),
    ],
)
def test_what_has_a_time_is_refused_after_it(call, name, state, late):
    application = application_at(state, call)
    assert why_not(application, name, at=clock.now() + timedelta(days=40)) == [late]


def test_the_grace_is_for_sending_and_not_for_unlocking(call):
    in_grace = call.stages.get(number=1).deadline_at + timedelta(minutes=4)
    assert why_not(application_at(S.DRAFT, call), "submit", at=in_grace) == []
    assert why_not(application_at(S.SUBMITTED, call), "unlock", at=in_grace) != []


def test_nothing_is_checked_or_lapses_while_the_call_takes_applications(call):
    assert why_not(application_at(S.SUBMITTED, call), "begin_screening") != []
    assert why_not(application_at(S.DRAFT, call), "lapse") == ["The call still takes applications."]


def test_a_rolling_stage_is_checked_as_applications_come(call):
    application = application_at(S.SUBMITTED, call)
    application.stage.is_rolling = True
    assert why_not(application, "begin_screening") == []


@pytest.mark.parametrize("name", ["withdraw", "unstage", "disqualify"])
def test_an_announced_decision_is_not_undone_by(call, name):
    application = application_at(S.APPROVED, call)
    application.released_at = clock.now()
    assert why_not(application, name) == ["The decision is announced, so this can no longer be done."]


def test_the_last_stage_invites_nobody(db):
    assert why_not(application_at(S.REVIEWED, make_call()), "invite") == ["This call has no further stage."]


def test_the_public_hears_nothing_of_a_decision_before_its_release():
    before = {public_word(state) for state in (S.REVIEWED, S.RECOMMENDED, S.RESERVE, S.NOT_RECOMMENDED, *STAGED)}
    assert len(before) == 1
    assert {str(public_word(state, is_released=True).label) for state in STAGED} == {"Decision made"}
