"""One review as the office reads it: handed back with a question, or taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from grants.reviews import services
from grants.reviews.forms import QuestionForm, TakeOffForm
from grants.reviews.models import Assignment
from grants.reviews.queries.office import assignments_seen, shows_scores
from grants.reviews.queries.standings import with_scores
from grants.reviews.sheets import review_lines
from grants.reviews.states import BEFORE_READING, READING, AssignmentState
from grants.reviews.tables import review_badge
from grants.reviews.views.panels import OK, UNPROCESSABLE, frame, seen_stage


@require_safe
def review(request: HttpRequest, stage_id: int, token: UUID) -> HttpResponse:
    return _show(request, stage_id, _seen(request, stage_id, token))


@require_POST
def hand_back(request: HttpRequest, stage_id: int, token: UUID) -> HttpResponse:
    assignment = _seen(request, stage_id, token)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show(request, stage_id, assignment, question_form=form)
    try:
        services.hand_back(assignment.pk, question=form.cleaned_data["question"], by=request.user)
    except Refusal as refusal:
        return _show(request, stage_id, assignment, refusal=refusal)
    messages.success(request, _("Handed back. The reviewer gets a letter with your question."))
    return redirect("office_reviews:review", stage_id=stage_id, token=token)


@require_POST
def take_off(request: HttpRequest, stage_id: int, token: UUID) -> HttpResponse:
    assignment = _seen(request, stage_id, token)
    form = TakeOffForm(request.POST)
    if not form.is_valid():
        return _show(request, stage_id, assignment, take_off_form=form)
    try:
        services.remove_assignment(assignment.pk, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        return _show(request, stage_id, assignment, refusal=refusal)
    messages.success(request, _("Taken off. The next plan looks for another reader."))
    return redirect("office_reviews:panel", stage_id=stage_id)


def _seen(request: HttpRequest, stage_id: int, token: UUID) -> Assignment:
    found = assignments_seen(request.user, seen_stage(request, stage_id))
    return get_object_or_404(with_scores(found), token=token)


def _show(
    request: HttpRequest, stage_id: int, assignment: Assignment, *, refusal: Refusal | None = None, **typed: Any
) -> HttpResponse:
    shown = shows_scores(request.user, assignment)
    bad = next((form for form in typed.values() if form.errors), None)
    frame_of_page = frame(request, seen_stage(request, stage_id))
    manages = frame_of_page["may_manage"]
    context = frame_of_page | {
        "assignment": assignment,
        "application": assignment.application,
        "badge": review_badge(assignment),
        "lines": review_lines(assignment) if shown else [],
        "may_hand_back": manages and assignment.state == AssignmentState.SUBMITTED,
        "may_take_off": manages
        and assignment.state in (*BEFORE_READING, *READING)
        and not why_not(assignment, "remove"),
        "question_form": QuestionForm(),
        "take_off_form": TakeOffForm(),
        "refusal": refusal,
        "form": bad,
    }
    status = refusal.status if refusal else UNPROCESSABLE if bad else OK
    return render(request, "reviews/review.html", context | typed, status=status)
