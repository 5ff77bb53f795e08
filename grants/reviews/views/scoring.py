"""The score sheet is saved by the button, or by itself while somebody types, and handed in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fundportal.refusals import Refusal
from fundportal.templatetags.words import time_of_day
from grants.reviews import services
from grants.reviews.forms import ScoreForm, VersionForm
from grants.reviews.models import Assignment
from grants.reviews.views.room import own_review, score_form, show_review

AUTOSAVE = "X-Autosave"


@require_POST
def save(request: HttpRequest, token: UUID) -> HttpResponse:
    assignment = own_review(request, token)
    form = score_form(assignment, request.POST)
    form.is_valid()
    try:
        saved = _keep(request, assignment, form)
    except Refusal as refusal:
        return _refused(request, token, form, refusal)
    if request.headers.get(AUTOSAVE):
        words = {"time": time_of_day(saved.saved_at)}
        return JsonResponse({"version": saved.version, "sentence": _("Saved at %(time)s.") % words})
    if form.errors:
        return show_review(request, own_review(request, token), scores=form)
    messages.success(request, _("Saved. Hand the review in when every criterion has its score and its reason."))
    return redirect("reviews:review", token=token)


@require_POST
def hand_in(request: HttpRequest, token: UUID) -> HttpResponse:
    """What is typed is kept first, whatever is still missing."""
    assignment = own_review(request, token)
    form = score_form(assignment, request.POST)
    form.is_valid()
    try:
        _keep(request, assignment, form)
        if form.ask_for_what_is_missing() or form.errors:
            return show_review(request, own_review(request, token), scores=form)
        services.hand_in(assignment.pk, by=request.user)
    except Refusal as refusal:
        return _refused(request, token, form, refusal)
    messages.success(request, _("Handed in. The other reviews are open to you now."))
    return redirect("reviews:review", token=token)


def _keep(request: HttpRequest, assignment: Assignment, form: ScoreForm) -> Assignment:
    known = VersionForm(request.POST)
    if not known.is_valid():
        raise Http404
    version = known.cleaned_data["version"]
    facts = {"entries": form.entries, "comment": form.cleaned_data.get("comment")}
    return services.save_review(assignment.pk, **facts, version=version, by=request.user)


def _refused(request: HttpRequest, token: UUID, form: ScoreForm, refusal: Refusal) -> HttpResponse:
    """The typed text stays in the boxes; beside it stands what the other window saved."""
    if request.headers.get(AUTOSAVE):
        return JsonResponse({"sentence": str(refusal)}, status=refusal.status)
    current = own_review(request, token)
    form.show_saved(list(current.scores.all()))
    return show_review(request, current, refusal=refusal, scores=form)
