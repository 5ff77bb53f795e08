"""A score changes after the panel talked: the first one stays beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fundportal.refusals import Refusal
from grants.reviews import services
from grants.reviews.forms import AmendForm
from grants.reviews.models import Assignment, Score
from grants.reviews.queries.reading import own_reviews
from grants.reviews.queries.standings import value_of
from grants.reviews.states import BEFORE_READING
from grants.reviews.views.room import OK, UNPROCESSABLE


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, token: UUID, criterion_id: int) -> HttpResponse:
    assignment = get_object_or_404(own_reviews(request.user), token=token)
    score = _score(assignment, criterion_id)
    form = AmendForm(request.POST or None, criterion=score.criterion)
    if not form.is_valid():
        return _show(request, assignment, score, form, status=UNPROCESSABLE if form.is_bound else OK)
    try:
        services.amend_score(assignment.pk, criterion_id=criterion_id, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _show(request, assignment, score, form, status=refusal.status)
    messages.success(request, _("Changed. The first score stays readable beside it."))
    return redirect("reviews:review", token=token)


def _show(request: HttpRequest, assignment: Assignment, score: Score, form: AmendForm, *, status: int) -> HttpResponse:
    call = assignment.application.stage.call
    context = {
        "assignment": assignment,
        "application": assignment.application,
        "call": call,
        "fund": call.fund,
        "score": score,
        "counts": value_of(score),
        "form": form,
    }
    return render(request, "reviews/amend.html", context, status=status)


def _score(assignment: Assignment, criterion_id: int) -> Score:
    """One that was handed in; before that there is nothing to amend."""
    if assignment.state in BEFORE_READING:
        raise Http404
    scored = assignment.scores.filter(value__isnull=False).select_related("criterion").prefetch_related("amendments")
    return get_object_or_404(scored, criterion=criterion_id)
