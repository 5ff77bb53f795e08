"""Who reads what: asked for by staff, drawn up by the worker, changed and approved by hand."""

import secrets
from collections import Counter
from importlib import import_module

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import SYSTEM, Actor, authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations.queries import has_conflict
from fundportal.refusals import Refusal
from fundportal.tasks import after_commit
from grants.applications.models import Application
from grants.applications.services import assign_application
from grants.applications.services.locking import authorise_office
from grants.applications.states import ApplicationState
from grants.reviews import emails
from grants.reviews.models import Assignment, Panel, Plan
from grants.reviews.permissions import MANAGE
from grants.reviews.queries.drawing import Pair, problem_of
from grants.reviews.services.panels import lock_panel
from grants.reviews.states import AssignmentState, PlanState

SEEDS = 2**31


@transaction.atomic
def ask_for_plan(panel_id: int, *, by: User, seed: int | None = None) -> Plan:
    """The worker draws it up. `seed` decides among equals and is kept, so that the same lots can be drawn again."""
    panel = lock_panel(panel_id)
    fund = panel.stage.call.fund
    authorise(by, MANAGE, fund)
    if panel.plans.filter(state__in=(PlanState.REQUESTED, PlanState.PROPOSED)).exists():
        raise Refusal(_("A plan is under way. Approve it or discard it first."))
    plan = Plan.objects.create(panel=panel, seed=secrets.randbelow(SEEDS) if seed is None else seed, asked_by=by)
    record("reviews.ask_for_plan", plan, by=by, fund=fund, after=plan.state, facts={"seed": plan.seed})
    after_commit("reviews.draw", plan.pk)
    return plan


def draw_plan(plan_id: int) -> Plan:
    """In the worker only. Solving holds no lock; what became impossible meanwhile is left out of the plan."""
    plan = Plan.objects.select_related("panel__stage").get(pk=plan_id)
    if plan.state != PlanState.REQUESTED:
        return plan
    solver = import_module("grants.reviews.solver")  # not at the top: scipy is too large for a web process
    solution = solver.solve(problem_of(plan.panel), seed=plan.seed)
    return _keep_plan(plan_id, solution.pairs, solution.short)


def draw_waiting_plans() -> int:
    """For the bells that did not ring. Returns how many plans were drawn up."""
    waiting = Plan.objects.filter(state=PlanState.REQUESTED).order_by("pk")
    return len([draw_plan(plan_id) for plan_id in waiting.values_list("pk", flat=True)])


@transaction.atomic
def _keep_plan(plan_id: int, pairs: frozenset[Pair], short: dict[int, int]) -> Plan:
    plan = _lock_plan(plan_id)
    if plan.state != PlanState.REQUESTED:
        return plan
    before = plan.state
    move(plan, "propose")
    still_free = pairs & problem_of(plan.panel).free_pairs
    lost = Counter(application for application, _reviewer in pairs - still_free)
    plan.short = {str(one): count for one, count in (Counter(short) + lost).items()}
    plan.save()
    rows = [Assignment(application_id=one, reviewer_id=who, plan=plan) for one, who in sorted(still_free)]
    Assignment.objects.bulk_create(rows)
    facts = {"assignments": len(rows), "short": plan.short}
    fund = plan.panel.stage.call.fund
    record("reviews.draw_plan", plan, by=SYSTEM, fund=fund, before=before, after=plan.state, facts=facts)
    return plan


@transaction.atomic
def change_plan(plan_id: int, *, application_id: int, reviewer_id: int, is_in: bool, by: Actor) -> Plan:
    """One reader more or less for one application, by hand, before the plan is approved."""
    plan = _lock_plan(plan_id)
    fund = plan.panel.stage.call.fund
    authorise(by, MANAGE, fund)
    _check_proposed(plan)
    pair = {"application_id": application_id, "reviewer_id": reviewer_id}
    if is_in:
        _add_by_hand(plan, application_id, reviewer_id, by)
    else:
        proposed = plan.assignments.filter(**pair, state=AssignmentState.PROPOSED).first()
        if proposed is None:
            raise Refusal(_("This reviewer is not proposed for this application."))
        authorise_office(by, MANAGE, proposed.application)
        proposed.delete()
    facts = {**pair, "is_in": is_in}
    record("reviews.change_plan", plan, by=by, fund=fund, before=plan.state, after=plan.state, facts=facts)
    return plan


@transaction.atomic
def approve_plan(plan_id: int, *, by: User) -> Plan:
    """Everybody proposed is asked, in one letter each; their applications go into review.

    Raises NotAllowed for whoever has a conflict with one of the organisations.
    """
    plan = _lock_plan(plan_id)
    fund = plan.panel.stage.call.fund
    authorise(by, MANAGE, fund)
    before = plan.state
    plan.approved_by = by
    move(plan, "approve")
    plan.save()
    proposed = plan.assignments.filter(state=AssignmentState.PROPOSED).select_related("application", "reviewer")
    asked = [_invite(assignment, by) for assignment in proposed.order_by("pk")]
    _send_into_review({assignment.application_id for assignment in asked}, by)
    record("reviews.approve_plan", plan, by=by, fund=fund, before=before, after=plan.state, facts={"asked": len(asked)})
    for reviewer, count in Counter(assignment.reviewer for assignment in asked).items():
        emails.invite(plan, reviewer, count)
    return plan


@transaction.atomic
def discard_plan(plan_id: int, *, by: Actor) -> Plan:
    plan = _lock_plan(plan_id)
    fund = plan.panel.stage.call.fund
    authorise(by, MANAGE, fund)
    before = plan.state
    move(plan, "discard")
    plan.save()
    plan.assignments.filter(state=AssignmentState.PROPOSED).delete()
    record("reviews.discard_plan", plan, by=by, fund=fund, before=before, after=plan.state)
    return plan


def _add_by_hand(plan: Plan, application_id: int, reviewer_id: int, by: Actor) -> None:
    application = _application_of(plan.panel, application_id)
    authorise_office(by, MANAGE, application)
    member = plan.panel.members.in_office().filter(user=reviewer_id).select_related("user").first()
    if member is None:
        raise Refusal(_("Choose somebody who sits on this panel."), status=422, field="reviewer")
    if has_conflict(member.user, application.organisation_id):
        sentence = _("A conflict of interest is on record between this reviewer and this organisation.")
        raise Refusal(sentence, status=422, field="reviewer")
    if Assignment.objects.held().filter(application=application, reviewer=member.user).exists():
        raise Refusal(_("This reviewer has this application already."), status=422, field="reviewer")
    Assignment.objects.create(application=application, reviewer=member.user, plan=plan, is_by_hand=True)


def _application_of(panel: Panel, application_id: int) -> Application:
    readable = (ApplicationState.ELIGIBLE, ApplicationState.IN_REVIEW)
    found = Application.objects.filter(stage=panel.stage_id, pk=application_id, state__in=readable).first()
    if found is None:
        raise Refusal(_("This application is not ready for review."), status=422, field="application")
    return found


def _invite(assignment: Assignment, by: Actor) -> Assignment:
    authorise_office(by, MANAGE, assignment.application)
    before = assignment.state
    move(assignment, "invite")
    assignment.save()
    fund = assignment.application.stage.call.fund
    record("reviews.invite", assignment, by=by, fund=fund, before=before, after=assignment.state)
    return assignment


def _send_into_review(application_ids: set[int], by: Actor) -> None:
    waiting = Application.objects.filter(pk__in=application_ids, state=ApplicationState.ELIGIBLE)
    for application_id in waiting.order_by("pk").values_list("pk", flat=True):
        assign_application(application_id, by=by)


def _check_proposed(plan: Plan) -> None:
    if plan.state != PlanState.PROPOSED:
        raise Refusal(_("Only a plan that is ready to look over can be changed."))


def _lock_plan(plan_id: int) -> Plan:
    lock_panel(Plan.objects.values_list("panel_id", flat=True).get(pk=plan_id))
    return Plan.objects.select_for_update(of=("self",)).select_related("panel__stage__call__fund").get(pk=plan_id)
