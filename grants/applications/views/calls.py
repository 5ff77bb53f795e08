"""The pages on which an open call changes for those who are writing: a later deadline, clearer questions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fundportal.refusals import Refusal
from grants.applications import services
from grants.calls.deadlines import in_words
from grants.calls.forms import ExtendForm
from grants.calls.models import Call, Stage
from grants.calls.queries import call_in_full, form_change

OK, UNPROCESSABLE = 200, 422


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, code: str, number: int) -> HttpResponse:
    stage = _stage(request, code, number)
    form = ExtendForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else OK
    if form.is_valid():
        try:
            services.extend_deadline(stage.pk, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Moved, for everybody. The public page says why; who is writing has a letter."))
            return redirect("calls:call", code=code)
    context = {"form": form, "call": stage.call, "fund": stage.call.fund, "stage": stage}
    context["deadline"] = in_words(stage.deadline_at, stage.zone)
    return render(request, "applications/extend.html", context, status=status)


@require_http_methods(["GET", "POST"])
def amend_form(request: HttpRequest, code: str, number: int) -> HttpResponse:
    stage = _stage(request, code, number)
    if request.method == "POST":
        try:
            services.amend_form(stage.pk, by=request.user)
        except Refusal as refusal:
            return _show_change(request, stage, refusal=refusal)
        messages.success(request, _("Published. Drafts go on with the clearer questions; what was sent keeps its own."))
        return redirect("calls:call", code=code)
    return _show_change(request, stage)


def _show_change(request: HttpRequest, stage: Stage, *, refusal: Refusal | None = None) -> HttpResponse:
    context = {"call": stage.call, "fund": stage.call.fund, "stage": stage, "refusal": refusal}
    context["change"] = form_change(stage)
    return render(request, "applications/amend_form.html", context, status=refusal.status if refusal else OK)


def _stage(request: HttpRequest, code: str, number: int) -> Stage:
    call = call_in_full(Call.objects.visible_to(request.user), code)
    found = next((stage for stage in call.stages.all() if stage.number == number), None) if call else None
    if found is None:
        raise Http404
    found.call = call
    return found
