"""What the office sees of a panel; nothing a viewer has a conflict with, no scores before their own review is in."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from fundportal.access import ALL, Actor, funds_where
from fundportal.accounts.models import RoleGrant, User
from fundportal.organisations.queries import conflicted_ids
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls.models import Stage
from grants.calls.states import CallState
from grants.reviews.models import Assignment, Panel, Plan
from grants.reviews.permissions import VIEW
from grants.reviews.queries.standings import Standing, standings
from grants.reviews.states import BEFORE_READING, HANDED_IN, READING, AssignmentState, PlanState

PER_PAGE = 50
READERS = ("reviewer", "chair")
UNDER_WAY = (PlanState.REQUESTED, PlanState.PROPOSED)


@dataclass(frozen=True)
class Ranked:
    application: Application
    standing: Standing


def stages_seen(user: Actor) -> QuerySet[Stage]:
    """Stages that are assessed or soon will be, in the funds in which this person sees reviews."""
    funds = funds_where(user, VIEW)
    known = Stage.objects.filter(call__state__in=[CallState.OPEN, CallState.CLOSED, CallState.ASSESSING])
    known |= Stage.objects.filter(panel__isnull=False)
    seen = known if funds == ALL else known.filter(call__fund__in=funds)
    return seen.select_related("call__fund", "panel").distinct().order_by("-call__closed_at", "-pk")


def stages_with_counts(user: Actor) -> QuerySet[Stage]:
    held = Q(applications__assignments__state__in=(*BEFORE_READING[1:], *READING, *HANDED_IN))
    return stages_seen(user).annotate(
        asked=Count("applications__assignments", filter=held, distinct=True),
        handed_in=Count(
            "applications__assignments", filter=Q(applications__assignments__state__in=HANDED_IN), distinct=True
        ),
    )


def assignments_seen(user: Actor, stage: Stage) -> QuerySet[Assignment]:
    """Every one of the stage but those of a plan that nobody has approved."""
    found = Assignment.objects.visible_to(user).filter(application__stage=stage)
    known = found.exclude(state=AssignmentState.PROPOSED).select_related(
        "application__organisation", "application__stage__call__fund", "reviewer"
    )
    return known.order_by("application__reference", "reviewer__full_name", "pk")


def progress_page(user: Actor, stage: Stage, number: object) -> Page[Assignment]:
    return Paginator(assignments_seen(user, stage), PER_PAGE).get_page(number)


def shows_scores(user: Actor, assignment: Assignment) -> bool:
    """Once handed in; a review under way is its writer's own, and nobody reads others' before theirs is in."""
    is_in = assignment.state in (*HANDED_IN, AssignmentState.RETURNED)
    return is_in and not _still_to_review(user).filter(application=assignment.application_id).exists()


def applications_to_read(user: Actor, stage: Stage) -> QuerySet[Application]:
    ready = Application.objects.filter(stage=stage, state__in=[ApplicationState.ELIGIBLE, ApplicationState.IN_REVIEW])
    seen = ready.exclude(organisation__in=conflicted_ids(user))
    return seen.select_related("organisation").order_by("reference")


def people_to_invite(panel: Panel) -> QuerySet[User]:
    """Who holds the reviewer's role in this fund and does not sit on the panel yet."""
    fund = panel.stage.call.fund_id
    held = RoleGrant.objects.in_force().filter(Q(fund=fund) | Q(fund__isnull=True), role__in=READERS)
    seated = panel.members.in_office().values("user")
    return User.objects.filter(pk__in=held.order_by().values("user")).exclude(pk__in=seated).order_by("full_name", "pk")


def people_on(panel: Panel) -> QuerySet[User]:
    return User.objects.filter(pk__in=panel.members.in_office().values("user")).order_by("full_name", "pk")


def plan_under_way(panel: Panel) -> Plan | None:
    return panel.plans.filter(state__in=UNDER_WAY).order_by("-pk").first()


def proposed(user: Actor, plan: Plan) -> list[Assignment]:
    seen = plan.assignments.filter(state=AssignmentState.PROPOSED).exclude(
        application__organisation__in=conflicted_ids(user)
    )
    known = seen.select_related("application__organisation", "reviewer")
    return list(known.order_by("application__reference", "reviewer__full_name", "pk"))


def ranking(user: Actor, stage: Stage) -> list[Ranked]:
    """The highest mean first, equal ones by reference."""
    found = standings(stage)
    seen = Application.objects.filter(pk__in=found).exclude(organisation__in=conflicted_ids(user))
    open_to = seen.exclude(pk__in=_still_to_review(user).values("application")).select_related("organisation")
    ranked = [Ranked(one, found[one.pk]) for one in open_to.order_by("reference")]
    return sorted(ranked, key=lambda one: -one.standing.mean)


def _still_to_review(user: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        reviewer=getattr(user, "pk", None), state__in=(*BEFORE_READING, *READING)
    ).order_by()
