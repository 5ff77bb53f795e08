"""The reviewer's pages: what waits, the invitation, the reading room."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.documents.views import serve
from fundportal.refusals import Refusal
from grants.reviews import services
from grants.reviews.forms import AcceptForm, ConflictForm, DeclineForm
from grants.reviews.queries.reading import own_reviews, sent_files, sent_revision
from grants.reviews.states import BEFORE_READING, HANDED_IN, READING
from grants.reviews.tables import own_table
from grants.reviews.views.room import own_review, show_review


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    mine = list(own_reviews(request.user))
    groups = [
        ("asked", _("To answer"), [one for one in mine if one.state in BEFORE_READING]),
        ("reading", _("To read and score"), [one for one in mine if one.state in READING]),
        ("sent", _("Handed in"), [one for one in mine if one.state in HANDED_IN]),
    ]
    tables = [(key, title, own_table(title, found)) for key, title, found in groups if found]
    return render(request, "reviews/desk.html", {"tables": tables})


@require_safe
def review(request: HttpRequest, token: UUID) -> HttpResponse:
    return show_review(request, own_review(request, token))


@require_POST
def accept(request: HttpRequest, token: UUID) -> HttpResponse:
    assignment = own_review(request, token)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return show_review(request, assignment, accept_form=form)
    try:
        services.accept(assignment.pk, by=request.user)
    except Refusal as refusal:
        return show_review(request, assignment, refusal=refusal)
    return redirect("reviews:review", token=token)


@require_POST
def decline(request: HttpRequest, token: UUID) -> HttpResponse:
    assignment = own_review(request, token)
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return show_review(request, assignment, decline_form=form)
    try:
        services.decline(assignment.pk, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        return show_review(request, assignment, refusal=refusal)
    messages.success(request, _("Thank you for telling us. The office asks somebody else."))
    return redirect("reviews:desk")


@require_POST
def conflict(request: HttpRequest, token: UUID) -> HttpResponse:
    assignment = own_review(request, token)
    form = ConflictForm(request.POST, prefix="conflict")
    if not form.is_valid():
        return show_review(request, assignment, conflict_form=form)
    try:
        services.declare_conflict(assignment.pk, reason=form.cleaned_data["reason"], by=request.user)
    except Refusal as refusal:
        return show_review(request, assignment, refusal=refusal)
    messages.success(request, _("Noted. Nothing of this organisation is shown to you from now on."))
    return redirect("reviews:desk")


@require_safe
def file(request: HttpRequest, token: UUID, upload: UUID) -> HttpResponseBase:
    assignment = own_review(request, token)
    revision = sent_revision(assignment.application)
    if assignment.state in BEFORE_READING or revision is None:
        raise Http404
    found = sent_files(assignment.application, revision).get(str(upload))
    if found is None or found.document is None:
        raise Http404
    return serve(found.document)
