"""Who shall read what: asked for, looked over, changed by hand, approved or discarded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.refusals import Refusal
from grants.calls.models import Stage
from grants.reviews import services
from grants.reviews.forms import PairForm
from grants.reviews.models import Panel, Plan
from grants.reviews.queries.office import applications_to_read, people_on, plan_under_way, proposed
from grants.reviews.states import PlanState
from grants.reviews.views.panels import OK, UNPROCESSABLE, frame, seen_stage, show_panel


@require_safe
def plan(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    held = plan_under_way(get_object_or_404(Panel, stage=stage))
    if held is None:
        return redirect("office_reviews:panel", stage_id=stage_id)
    return _show(request, stage, held)


@require_POST
def ask(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    try:
        services.ask_for_plan(get_object_or_404(Panel, stage=stage).pk, by=request.user)
    except Refusal as refusal:
        return show_panel(request, stage, refusal=refusal)
    messages.success(request, _("Asked for. The plan is drawn up within a minute; nobody is told of it yet."))
    return redirect("office_reviews:plan", stage_id=stage_id)


@require_POST
def put_in(request: HttpRequest, stage_id: int) -> HttpResponse:
    return _change(request, stage_id, is_in=True)


@require_POST
def take_out(request: HttpRequest, stage_id: int) -> HttpResponse:
    return _change(request, stage_id, is_in=False)


@require_POST
def approve(request: HttpRequest, stage_id: int) -> HttpResponse:
    done = _("Approved. Everybody on the plan gets one letter.")
    return _settle(request, stage_id, services.approve_plan, done)


@require_POST
def discard(request: HttpRequest, stage_id: int) -> HttpResponse:
    return _settle(request, stage_id, services.discard_plan, _("Discarded. Nobody was told of it."))


def _settle(request: HttpRequest, stage_id: int, service: Callable[..., Plan], done: str) -> HttpResponse:
    stage, held = _under_way(request, stage_id)
    try:
        service(held.pk, by=request.user)
    except Refusal as refusal:
        return _show(request, stage, held, refusal=refusal)
    messages.success(request, done)
    return redirect("office_reviews:panel", stage_id=stage_id)


def _change(request: HttpRequest, stage_id: int, *, is_in: bool) -> HttpResponse:
    stage, held = _under_way(request, stage_id)
    form = _pair_form(request, stage, request.POST)
    if not form.is_valid():
        return _show(request, stage, held, form=form)
    pair = {"application_id": form.cleaned_data["application"].pk, "reviewer_id": form.cleaned_data["reviewer"].pk}
    try:
        services.change_plan(held.pk, **pair, is_in=is_in, by=request.user)
    except Refusal as refusal:
        return _show(request, stage, held, refusal=refusal)
    messages.success(request, _("The plan is changed."))
    return redirect("office_reviews:plan", stage_id=stage_id)


def _under_way(request: HttpRequest, stage_id: int) -> tuple[Stage, Plan]:
    stage = seen_stage(request, stage_id)
    plans = Plan.objects.filter(panel__stage=stage, state__in=(PlanState.REQUESTED, PlanState.PROPOSED))
    return stage, get_object_or_404(plans)


def _pair_form(request: HttpRequest, stage: Stage, data: Any = None) -> PairForm:
    return PairForm(data, applications=applications_to_read(request.user, stage), people=people_on(stage.panel))


def _show(
    request: HttpRequest,
    stage: Stage,
    held: Plan,
    *,
    form: PairForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    rows = proposed(request.user, held)
    applications = {one.pk: one for one in applications_to_read(request.user, stage)}
    short = [(applications[int(pk)], missing) for pk, missing in held.short.items() if int(pk) in applications]
    context = frame(request, stage) | {
        "plan": held,
        "is_ready": held.state == PlanState.PROPOSED,
        "rows": rows,
        "loads": _loads(rows),
        "short": short,
        "pair_form": form or _pair_form(request, stage),
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else UNPROCESSABLE if form else OK
    return render(request, "reviews/plan.html", context, status=status)


def _loads(rows: list[Any]) -> list[tuple[object, object]]:
    names = sorted({(one.reviewer.full_name, one.reviewer_id) for one in rows})
    return [(name, sum(one.reviewer_id == pk for one in rows)) for name, pk in names]
