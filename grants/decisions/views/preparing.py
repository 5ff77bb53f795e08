"""A list is written: the meeting, and line by line what is decided."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.decisions import services
from grants.decisions.forms import DeliberationForm, LineForm, line_as_listed
from grants.decisions.queries.feedback import feedback_on
from grants.decisions.queries.lists import calls_seen
from grants.decisions.tables import advice_words, meeting_facts
from grants.decisions.views.page import ask, show, visible

CONFLICT = 409


@require_safe
def deliberation(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, pk)


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    call = get_object_or_404(calls_seen(request.user).select_related("fund"), code=code)
    form = DeliberationForm(request.POST or None, call=call)
    context = {"call": call, "fund": call.fund}
    if not form.is_valid():
        return ask(request, "prepare", form, **context)
    try:
        made = services.prepare_deliberation(call.pk, facts=form.facts, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return ask(request, "prepare", form, status=refusal.status, **context)
    return redirect("decisions:deliberation", pk=made.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    form = DeliberationForm(request.POST or None, call=one.call, standing=one)
    context = {"call": one.call, "fund": one.call.fund, "deliberation": one, "standing": []}
    if not form.is_valid():
        return ask(request, "edit", form, **context)
    version = form.cleaned_data["version"] or 0
    refusal = tried(form, lambda: services.change_deliberation(pk, facts=form.facts, version=version, by=request.user))
    if refusal is None:
        messages.success(request, _("Saved."))
        return redirect("decisions:deliberation", pk=pk)
    if refusal.status == CONFLICT:
        form.data = form.data.copy()
        form.data["version"] = str(one.version)
        context["standing"] = meeting_facts(one)
    return ask(request, "edit", form, status=refusal.status, **context)


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    one, application = visible(request, pk), _of_the_call(request, pk, reference)
    listed = one.decisions.filter(application=application).first()
    advice = application.recommendations.filter(replaced_at__isnull=True).first()
    form = LineForm(request.POST or None, call=one.call, initial=line_as_listed(listed, advice))
    context = {
        "deliberation": one, "call": one.call, "fund": one.call.fund, "application": application, "advice": advice,
        "proposed": advice_words(advice), "feedback": feedback_on(application), "listed": listed,
    }  # fmt: skip
    if not form.is_valid():
        return ask(request, "line", form, **context)
    facts = {"application_id": application.pk, "line": form.line, "by": request.user}
    if refusal := tried(form, lambda: services.put_on_list(pk, **facts)):
        return ask(request, "line", form, status=refusal.status, **context)
    messages.success(request, _("It stands on the list."))
    return redirect("decisions:deliberation", pk=pk)


@require_POST
def unlist(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    application = _of_the_call(request, pk, reference)
    try:
        services.take_off_list(pk, application_id=application.pk, by=request.user)
    except Refusal as refusal:
        return show(request, pk, refusal=refusal)
    messages.success(request, _("Taken off the list."))
    return redirect("decisions:deliberation", pk=pk)


def tried(form: Form, act: Callable[[], object]) -> Refusal | None:
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return refusal
    return None


def _of_the_call(request: HttpRequest, pk: int, reference: str) -> Application:
    call = visible(request, pk).call
    known = (
        Application.objects.received().filter(stage__call=call).exclude(organisation__in=conflicted_ids(request.user))
    )
    found = known.select_related("organisation", "stage__call__fund").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found
