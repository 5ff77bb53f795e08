"""Panels with their members, and assignments at any state: written here without their services."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls.models import Stage
from grants.reviews.models import Assignment, Panel, PanelMember, Score
from grants.reviews.states import BEFORE_READING, HANDED_IN, AssignmentState
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.people import make_person

S = AssignmentState
ENDED = {S.DECLINED, S.RECUSED, S.EXPIRED, S.REMOVED}


def make_panel(stage: Stage | None = None, *, members: int = 0, **facts: Any) -> Panel:
    """For a closed call unless a stage is given; answers in a week, reviews in three."""
    stage = stage or make_call(state="assessing").stages.get(number=1)
    defaults = {
        "agreements": {"en": "I keep what I read to myself.", "fr": "Je garde pour moi ce que je lis."},
        "answer_by": clock.now() + timedelta(days=7),
        "review_by": clock.now() + timedelta(days=21),
        "opened_by": make_person("Otto Officer", Role.OFFICER, fund=stage.call.fund),
    }
    panel = Panel.objects.create(stage=stage, **(defaults | facts))
    for _number in range(members):
        make_panel_member(panel)
    return panel


def make_panel_member(panel: Panel, user: User | None = None, **facts: Any) -> PanelMember:
    person = user or make_person("Rae Reviewer", Role.REVIEWER, fund=panel.stage.call.fund)
    return PanelMember.objects.create(panel=panel, user=person, **facts)


def make_assignment(panel: Panel | None = None, *, state: str = S.INVITED, **facts: Any) -> Assignment:
    """Read by a new member of the panel unless one is given; what was handed in has a score of 3 for each criterion."""
    panel = panel or make_panel()
    application = facts.pop("application", None) or make_review_ready(panel.stage)
    reviewer = facts.pop("reviewer", None) or make_panel_member(panel).user
    made = Assignment.objects.create(
        application=application, reviewer=reviewer, state=state, **(_dates(S(state)) | facts)
    )
    if state in HANDED_IN or state == S.RETURNED:
        score_everything(made)
    return made


def make_review_ready(stage: Stage, **facts: Any) -> Application:
    return make_application(stage, state=facts.pop("state", ApplicationState.IN_REVIEW), **facts)


def score_everything(assignment: Assignment, value: int = 3) -> None:
    for criterion in assignment.application.stage.criteria.order_by("position"):
        Score.objects.create(
            assignment=assignment, criterion=criterion, value=value, justification=f"Fits {criterion.key}."
        )


def _dates(state: AssignmentState) -> dict[str, Any]:
    now = clock.now()
    has_read = state not in {*BEFORE_READING, S.EXPIRED}
    return {
        "invited_at": None if state == S.PROPOSED else now,
        "agreed_at": now if has_read else None,
        "accepted_at": now if has_read else None,
        "submitted_at": now if state in HANDED_IN else None,
        "sealed_at": now if state == S.SEALED else None,
        "seal_hash": "0" * 64 if state == S.SEALED else "",
        "ended_at": now if state in ENDED else None,
    }
