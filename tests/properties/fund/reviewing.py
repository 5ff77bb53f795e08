"""Reviewers: asked, bound, recused, reading and scoring; and the panel that seals what they handed in."""

from datetime import timedelta
from typing import Any

from fundportal.organisations.models import Conflict
from fundportal.organisations.services import declare_conflict, end_conflict
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.calls.states import ASSESSING
from grants.reviews import services
from grants.reviews.models import Assignment, Panel, PanelMember
from grants.reviews.services import Entry, PanelTerms
from grants.reviews.states import BEFORE_READING, READING, AssignmentState, PlanState
from tests.properties.fund.acts import Lane, Luck, act, nobody
from tests.properties.fund.world import World

S = AssignmentState
WHY = "My sister works there."


def the_reviewer(_world: World, pk: int) -> list[int]:
    return [Assignment.objects.get(pk=pk).reviewer_id]


def has_no_panel(_world: World, pk: int) -> bool:
    return not Panel.objects.filter(stage__call=pk).exists()


@act("call", ASSESSING, by="officers", when=has_no_panel)
def open_a_panel(world: World, pk: int, by: Any, luck: Luck) -> None:
    answer_by = world.now + timedelta(days=6)
    agreements = {"en": "I keep what I read to myself."}
    terms = PanelTerms(answer_by, answer_by + timedelta(days=14), agreements, luck.choose((1, 2)))
    services.open_panel(Call.objects.get(pk=pk).stages.get().pk, terms=terms, by=by)


def not_seated(world: World, pk: int) -> list[int]:
    seated = PanelMember.objects.filter(panel=pk, left_at=None).order_by("pk").values_list("user", flat=True)
    return [one for one in world.cast.office["reviewers"] if one not in set(seated)]


@act("panel", by="officers", when=lambda world, pk: bool(not_seated(world, pk)), often=2)
def seat_a_reviewer(world: World, pk: int, by: Any, luck: Luck) -> None:
    reviewer = luck.choose(not_seated(world, pk) or world.cast.everybody)
    services.add_member(pk, user_id=reviewer, by=by)


@act("panel", by="officers", lane=Lane.END)
def let_a_reviewer_go(world: World, pk: int, by: Any, luck: Luck) -> None:
    member = PanelMember.objects.filter(panel=pk).order_by("pk").last()
    if member is not None:
        services.remove_member(member.pk, by=by)


def has_somebody_waiting(world: World, pk: int) -> bool:
    panel = Panel.objects.get(pk=pk)
    under_way = panel.plans.filter(state__in=(PlanState.REQUESTED, PlanState.PROPOSED)).exists()
    lacking = panel.stage.applications.filter(state=ApplicationState.ELIGIBLE).exists()
    return lacking and not under_way and not not_seated(world, pk)


@act("panel", by="officers", when=has_somebody_waiting)
def ask_who_reads_what(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.ask_for_plan(pk, by=by, seed=luck.number(0, 9))


@act("plan", PlanState.REQUESTED, by=nobody)
def draw_who_reads_what(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.draw_plan(pk)


@act("plan", PlanState.PROPOSED, by="officers")
def ask_those_drawn(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.approve_plan(pk, by=by)


@act("plan", PlanState.REQUESTED, PlanState.PROPOSED, by="officers", lane=Lane.DETOUR)
def throw_the_plan_away(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.discard_plan(pk, by=by)


@act("assignment", S.INVITED, by=the_reviewer, often=2)
def agree_to_read(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.accept(pk, by=by)


@act("assignment", S.INVITED, *READING, by=the_reviewer, lane=Lane.END)
def decline_to_read(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.decline(pk, reason="No time this month.", by=by)


@act("assignment", *BEFORE_READING, *READING, S.SUBMITTED, by=the_reviewer, lane=Lane.END)
def say_that_one_is_tied(world: World, pk: int, by: Any, luck: Luck) -> None:
    """Recused at once, and wherever else they would meet the organisation."""
    services.declare_conflict(pk, reason=WHY, by=by)


@act("assignment", *READING, by=the_reviewer, often=2)
def score_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    assignment = Assignment.objects.select_related("application").get(pk=pk)
    criteria = assignment.application.stage.criteria.order_by("position").values_list("pk", flat=True)
    entries = {criterion: Entry(luck.number(0, 5), "The plan says who does what.") for criterion in criteria}
    services.save_review(pk, entries=entries, comment="Read twice.", version=assignment.version, by=by)


@act("assignment", S.IN_PROGRESS, by=the_reviewer, often=2)
def hand_the_review_in(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.hand_in(pk, by=by)


@act("assignment", S.SUBMITTED, by="officers", lane=Lane.DETOUR)
def hand_the_review_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.hand_back(pk, question="Which plan do you mean?", by=by)


@act("assignment", S.SUBMITTED, by=the_reviewer, lane=Lane.DETOUR)
def amend_a_score(world: World, pk: int, by: Any, luck: Luck) -> None:
    assignment = Assignment.objects.select_related("application").get(pk=pk)
    criterion = assignment.application.stage.criteria.order_by("position").first()
    services.amend_score(pk, criterion_id=criterion.pk, value=luck.choose((5, 3, 0)), reason="We talked.", by=by)


@act("assignment", *BEFORE_READING, *READING, by="officers", lane=Lane.END)
def take_the_review_off(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.remove_assignment(pk, reason="They are ill.", by=by)


def is_all_handed_in(_world: World, pk: int) -> bool:
    of_stage = Assignment.objects.filter(application__stage__panel=pk)
    open_ones = of_stage.filter(state__in=(*BEFORE_READING, *READING))
    return of_stage.filter(state=S.SUBMITTED).exists() and not open_ones.exists()


@act("panel", by="chairs", when=is_all_handed_in)
def seal_what_was_handed_in(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.seal_reviews(pk, by=by)


def anybody_of_the_office(world: World, _pk: int) -> list[int]:
    return sorted({one for people in world.cast.office.values() for one in people}, reverse=True)


@act(
    "organisation",
    by=anybody_of_the_office,
    now=lambda world, _pk: bool(world.known["application"]),
    lane=Lane.DETOUR,
)
def be_tied_to_an_organisation(world: World, pk: int, by: Any, luck: Luck) -> None:
    declare_conflict(by.pk, organisation_id=pk, reason=WHY, by=by)


def has_somebody_tied(_world: World, pk: int) -> bool:
    return Conflict.objects.in_force().filter(organisation=pk).exists()


@act("organisation", by="managers", when=has_somebody_tied, lane=Lane.DETOUR)
def end_a_tie(world: World, pk: int, by: Any, luck: Luck) -> None:
    conflict = Conflict.objects.filter(organisation=pk).order_by("pk").last()
    if conflict is not None:
        end_conflict(conflict.pk, by=by)
