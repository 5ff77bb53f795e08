"""The office's pages of a panel: who sits on it, how far the reviews are, how the applications stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.access import may
from fundportal.refusals import Refusal
from grants.calls.models import Stage
from grants.reviews import services
from grants.reviews.forms import MemberForm, TermsForm
from grants.reviews.models import Panel
from grants.reviews.permissions import MANAGE, SEAL
from grants.reviews.queries.office import (
    people_to_invite,
    plan_under_way,
    progress_page,
    ranking,
    stages_seen,
    stages_with_counts,
)
from grants.reviews.tables import dots, progress_table, stages_table, standings_table

OK, UNPROCESSABLE = 200, 422


@require_safe
def panels(request: HttpRequest) -> HttpResponse:
    return render(request, "reviews/panels.html", {"table": stages_table(stages_with_counts(request.user))})


@require_safe
def panel(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    if getattr(stage, "panel", None) is None:
        return render(request, "reviews/no_panel.html", frame(request, stage))
    return show_panel(request, stage)


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Opens the panel, or changes its terms."""
    stage = seen_stage(request, stage_id)
    standing = getattr(stage, "panel", None)
    form = TermsForm(request.POST or None, stage=stage, panel=standing)
    status = UNPROCESSABLE if form.is_bound else OK
    if form.is_valid():
        try:
            _keep_terms(request, stage, standing, form)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            status = refusal.status
        else:
            return redirect("office_reviews:panel", stage_id=stage.pk)
    return render(request, "reviews/terms.html", frame(request, stage) | {"form": form}, status=status)


@require_POST
def add_member(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    held = get_object_or_404(Panel, stage=stage)
    form = MemberForm(request.POST, people=people_to_invite(held))
    if not form.is_valid():
        return show_panel(request, stage, member_form=form)
    person = form.cleaned_data["user"]
    try:
        most = form.cleaned_data["most_assignments"]
        services.add_member(held.pk, user_id=person.pk, most_assignments=most, by=request.user)
    except Refusal as refusal:
        return show_panel(request, stage, refusal=refusal)
    messages.success(request, _("%(name)s sits on the panel.") % {"name": person.full_name})
    return redirect("office_reviews:panel", stage_id=stage_id)


@require_POST
def remove_member(request: HttpRequest, stage_id: int, member_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    member = get_object_or_404(stage.panel.members.all(), pk=member_id)
    try:
        services.remove_member(member.pk, by=request.user)
    except Refusal as refusal:
        return show_panel(request, stage, refusal=refusal)
    messages.success(request, _("Taken off the panel. What they have handed in stays."))
    return redirect("office_reviews:panel", stage_id=stage_id)


@require_POST
def seal(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    held = get_object_or_404(Panel, stage=stage)
    try:
        services.seal_reviews(held.pk, by=request.user)
    except Refusal as refusal:
        return show_panel(request, stage, refusal=refusal)
    messages.success(request, _("Sealed. From here no score changes."))
    return redirect("office_reviews:panel", stage_id=stage_id)


@require_safe
def standings(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = seen_stage(request, stage_id)
    ranked = ranking(request.user, stage)
    context = frame(request, stage) | {"table": standings_table(ranked), "dots": dots(ranked)}
    return render(request, "reviews/standings.html", context)


def seen_stage(request: HttpRequest, stage_id: int) -> Stage:
    return get_object_or_404(stages_seen(request.user), pk=stage_id)


def frame(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    fund = stage.call.fund
    rights = {"may_manage": may(request.user, MANAGE, fund), "may_seal": may(request.user, SEAL, fund)}
    return rights | {"stage": stage, "call": stage.call, "fund": fund, "panel": getattr(stage, "panel", None)}


def show_panel(
    request: HttpRequest, stage: Stage, *, refusal: Refusal | None = None, member_form: MemberForm | None = None
) -> HttpResponse:
    held = stage.panel
    page = progress_page(request.user, stage, request.GET.get("page"))
    context = frame(request, stage) | {
        "members": held.members.in_office().select_related("user"),
        "member_form": member_form or MemberForm(people=people_to_invite(held)),
        "plan": plan_under_way(held),
        "page": page,
        "table": progress_table(stage, page),
        "refusal": refusal,
        "form": member_form,
    }
    status = refusal.status if refusal else UNPROCESSABLE if member_form else OK
    return render(request, "reviews/panel.html", context, status=status)


def _keep_terms(request: HttpRequest, stage: Stage, standing: Panel | None, form: TermsForm) -> None:
    if standing is None:
        services.open_panel(stage.pk, terms=form.terms, by=request.user)
        messages.success(request, _("The panel is open. Add its reviewers next."))
    else:
        services.change_panel(standing.pk, terms=form.terms, by=request.user)
        messages.success(request, _("Saved. Whoever has agreed already has agreed to the text they read."))
