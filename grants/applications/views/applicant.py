"""The applicant's pages: begin, see where it stands, check, send, open again, withdraw."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.documents.views import serve
from fundportal.organisations.queries import organisations_of
from fundportal.refusals import Refusal
from grants.applications import services
from grants.applications.arrival import arrival_of
from grants.applications.documents import acknowledgement_pdf
from grants.applications.forms import CollaboratorForm, StartForm, VersionForm, WithdrawForm
from grants.applications.models import Application, Revision
from grants.applications.queries import acknowledgement, applications_of, missing, stages_to_apply_to
from grants.applications.queries.pages import uploads_of
from grants.applications.states import ApplicationState
from grants.applications.tables import my_table
from grants.applications.views.page import files_of, frame, open_request, rights, show_application, to_act_on, written
from grants.questionnaires.answers import sheet

UNPROCESSABLE = 422


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    context = {"table": my_table(applications_of(request.user)), "stages": stages_to_apply_to()}
    return render(request, "applications/my_list.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, stage_id: int) -> HttpResponse:
    stage = next((one for one in stages_to_apply_to() if one.pk == stage_id), None)
    if stage is None:
        raise Http404
    ours = organisations_of(request.user)
    form = StartForm(request.POST or None, organisations=ours, call=stage.call)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        chosen = {"organisation_id": form.cleaned_data["organisation"].pk, "language": form.cleaned_data["language"]}
        try:
            begun = services.start_application(stage.pk, **chosen, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = refusal.status
        else:
            return redirect("my_applications:application", reference=begun.reference)
    context = {"form": form, "stage": stage, "call": stage.call, "fund": stage.call.fund, "has_any": ours.exists()}
    return render(request, "applications/start.html", context, status=status)


@require_safe
def application(request: HttpRequest, reference: str) -> HttpResponse:
    return show_application(request, reference)


@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    return _show_check(request, reference)


def _show_check(request: HttpRequest, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    """All answers as the office will read them, what is missing with the way there, and the button that sends."""
    found = written(request, reference)
    if not found.is_open_for_writing:
        return redirect("my_applications:application", reference=reference)
    context = frame(found) | {
        "missing": missing(found),
        "sheet": sheet(found.draft.form_version.form, found.draft.answers),
        "may": rights(request, found),
        "request_open": open_request(found),
        "refusal": refusal,
    }
    context |= files_of(found, "my_applications:file")
    return render(request, "applications/check.html", context, status=refusal.status if refusal else 200)


@require_POST
def send(request: HttpRequest, reference: str) -> HttpResponse:
    found = to_act_on(request, reference)
    known = VersionForm(request.POST)
    if not known.is_valid():
        raise Http404
    answers_request = found.state == ApplicationState.INFO_REQUESTED
    act = services.resubmit if answers_request else services.submit
    version = known.cleaned_data["version"]
    try:
        revision = act(found.pk, version=version, by=request.user, at=arrival_of(request))
    except Refusal as refusal:
        return _show_check(request, reference, refusal)
    return redirect("my_applications:acknowledgement", reference=reference, number=revision.number)


@require_safe
def received(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    revision = _revision(request, reference, number)
    is_standing = not revision.application.revisions.filter(number__gt=number).exists()
    context = {
        "paper": acknowledgement(revision, request.LANGUAGE_CODE),
        "revision": revision,
        "application": revision.application,
        "fund": revision.application.fund,
        "is_standing": is_standing,
    }
    context |= files_of(revision.application, "my_applications:file")
    return render(request, "applications/received.html", context)


@require_safe
def received_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    revision = _revision(request, reference, number)
    response = HttpResponse(acknowledgement_pdf(revision), content_type="application/pdf")
    name = f"{reference}-{number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def file(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    upload = uploads_of(written(request, reference)).get(str(token))
    if upload is None or upload.document is None:
        raise Http404
    return serve(upload.document)


@require_POST
def unlock(request: HttpRequest, reference: str) -> HttpResponse:
    done = _("Open for changes. What you sent stays in force until you send it again.")
    return _act(request, reference, services.unlock, done)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    done = _("Withdrawn. The fund can bring it back within 14 days if you ask.")
    return _act(request, reference, partial(services.withdraw, reason=reason), done)


@require_POST
def add_person(request: HttpRequest, reference: str) -> HttpResponse:
    found = written(request, reference)
    form = CollaboratorForm(request.POST)
    if not form.is_valid():
        return show_application(request, reference, people_form=form, status=UNPROCESSABLE)
    try:
        services.add_collaborator(found.pk, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return show_application(request, reference, people_form=form, status=refusal.status)
    messages.success(request, _("This person has a letter and can write along."))
    return redirect("my_applications:application", reference=reference)


@require_POST
def remove_person(request: HttpRequest, reference: str, collaborator: int) -> HttpResponse:
    found = written(request, reference)
    get_object_or_404(found.collaborators.all(), pk=collaborator)
    act = partial(services.remove_collaborator, collaborator_id=collaborator)
    return _act(request, reference, act, _("This person no longer writes along."))


def _act(request: HttpRequest, reference: str, service: Callable[..., object], done: str) -> HttpResponse:
    found = to_act_on(request, reference)
    try:
        service(found.pk, by=request.user)
    except Refusal as refusal:
        return show_application(request, reference, refusal=refusal)
    messages.success(request, done)
    return redirect("my_applications:application", reference=reference)


def _revision(request: HttpRequest, reference: str, number: int) -> Revision:
    known = Revision.objects.filter(application__in=Application.objects.written_by(request.user))
    facts = known.select_related("application__stage__call__fund", "form_version", "submitted_by")
    return get_object_or_404(facts, application__reference=reference, number=number)
