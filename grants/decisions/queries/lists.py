"""What the pages of the house show: calls with something to decide, a stage by rank, one list in full."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from fundportal.access import ALL, Actor, funds_where
from fundportal.accounts.models import User
from fundportal.money import Money
from fundportal.organisations.queries import conflicted_ids
from grants.applications.models import Application
from grants.applications.states import STAGED, ApplicationState
from grants.calls.models import Call, Stage
from grants.decisions.models import Approval, Decision, Deliberation, Recommendation
from grants.decisions.permissions import VIEW
from grants.decisions.queries.holds import agreed
from grants.decisions.states import IN_FORCE, Outcome
from grants.reviews.queries.standings import Summary, summaries

PER_PAGE = 25
PROPOSED = (ApplicationState.RECOMMENDED, ApplicationState.RESERVE, ApplicationState.NOT_RECOMMENDED)
CONCERNED = (ApplicationState.REVIEWED, *PROPOSED, *STAGED)
IN_FORCE_NOW = Prefetch("recommendations", Recommendation.objects.filter(replaced_at__isnull=True).order_by("pk"))


@dataclass(frozen=True)
class Ranked:
    """One application of a stage; `place` is none where no review is in."""

    application: Application
    place: int | None
    scored: Summary | None
    advice: Recommendation | None


@dataclass(frozen=True)
class Budget:
    """Of what the call gives: what other lists took, what this one takes, and what stays; below zero when too much."""

    whole: Money
    agreed: Money
    wanted: Money

    @property
    def free(self) -> Money:
        return self.whole - self.agreed - self.wanted


def calls_seen(actor: Actor) -> QuerySet[Call]:
    funds = funds_where(actor, VIEW)
    return Call.objects.all() if funds == ALL else Call.objects.filter(fund__in=funds)


def call_page(actor: Actor, number: object) -> Page[Call]:
    """With something to propose, to decide or decided; the newest first."""
    reached = Application.objects.filter(stage__call=OuterRef("pk"), state__in=CONCERNED)
    found = calls_seen(actor).filter(Exists(reached)).select_related("fund", "purpose")
    counted = found.annotate(to_propose=_number_at(ApplicationState.REVIEWED), to_decide=_number_at(*PROPOSED))
    lists = Prefetch("deliberations", Deliberation.objects.order_by("-prepared_at", "-pk"))
    in_order = counted.prefetch_related("stages", lists).order_by("-created_at", "-pk")
    return Paginator(in_order, PER_PAGE).get_page(number)


def ranking_page(stage: Stage, viewer: User, number: object) -> Page[Ranked]:
    """Best mean first, equals by reference; without the organisations the reader keeps away from.

    Everything of the stage is put in order, and what the page shows is read.
    """
    scored = summaries(stage)
    found = Application.objects.filter(stage=stage, state__in=CONCERNED).exclude(
        organisation__in=conflicted_ids(viewer)
    )
    listed = list(found.order_by("reference").values_list("pk", flat=True))
    ordered, places = _by_mean(listed, scored)
    page = Paginator(ordered, PER_PAGE).get_page(number)
    shown = found.select_related("organisation").prefetch_related(IN_FORCE_NOW).in_bulk(list(page.object_list))
    page.object_list = [_ranked(shown[pk], places.get(pk), scored.get(pk)) for pk in page.object_list]
    return page


def _number_at(*states: str) -> Coalesce:
    """Of a call's applications, those at these states: counted for the rows that are shown, not for every call."""
    there = Application.objects.filter(stage__call=OuterRef("pk"), state__in=states).order_by()
    return Coalesce(Subquery(there.values("stage__call").annotate(number=Count("pk")).values("number")), 0)


def _by_mean(listed: list[int], scored: Mapping[int, Summary]) -> tuple[list[int], dict[int, int]]:
    """The applications with a mean, then those without, and the place of each of the first; equals share one."""
    alike: dict[Fraction, list[int]] = {}
    for pk in listed:
        if pk in scored:
            alike.setdefault(scored[pk].mean, []).append(pk)
    ordered: list[int] = []
    places: dict[int, int] = {}
    for mean in sorted(alike, reverse=True):
        places |= dict.fromkeys(alike[mean], len(ordered) + 1)
        ordered += alike[mean]
    return ordered + [pk for pk in listed if pk not in scored], places


def deliberation_in_full(deliberations: QuerySet[Deliberation], pk: int) -> Deliberation | None:
    lines = Decision.objects.select_related("application__organisation", "application__stage")
    parts = (
        Prefetch("decisions", lines.order_by("application__reference", "pk")),
        Prefetch("decisions__application__recommendations", IN_FORCE_NOW.queryset),
        Prefetch("approvals", Approval.objects.select_related("by").order_by("at", "pk")),
    )
    known = deliberations.select_related("call__fund", "call__purpose", "prepared_by")
    return known.prefetch_related(*parts).filter(pk=pk).first()


def not_listed(call: Call, viewer: User) -> QuerySet[Application]:
    """Proposed by the panel, and on no list in force."""
    standing = Decision.objects.filter(application=OuterRef("pk"), is_effective=True)
    found = Application.objects.filter(stage__call=call, state__in=PROPOSED).exclude(Exists(standing))
    kept_away = conflicted_ids(viewer)
    return found.exclude(organisation__in=kept_away).select_related("organisation").order_by("reference")


def budget_of(deliberation: Deliberation) -> Budget:
    """Reads the prefetched lines."""
    call = deliberation.call
    approved = [line.amount for line in deliberation.decisions.all() if line.is_effective and line.amount]
    wanted = sum(approved, Money.zero(call.currency))
    taken = agreed(call)
    return Budget(call.budget, taken - wanted if deliberation.state in IN_FORCE else taken, wanted)


def is_approval(decision: Decision) -> bool:
    return decision.outcome == Outcome.APPROVE


def _ranked(application: Application, place: int | None, scored: Summary | None) -> Ranked:
    advice = next(iter(application.recommendations.all()), None)
    return Ranked(application, place, scored, advice)
