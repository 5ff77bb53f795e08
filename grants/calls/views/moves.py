"""Moves by one press, and those that ask for a public reason first."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.refusals import Refusal
from grants.calls import services
from grants.calls.forms import CancelForm
from grants.calls.models import Call, Stage
from grants.calls.views.page import show_call, visible_call

UNPROCESSABLE = 422


def _press(request: HttpRequest, code: str, *, service: Callable[..., Call], done: object) -> HttpResponse:
    call = visible_call(request, code)
    try:
        service(call.pk, by=request.user)
    except Refusal as refusal:
        return show_call(request, code, refusal=refusal)
    messages.success(request, str(done))
    return redirect("calls:call", code=code)


publish = require_POST(
    partial(
        _press,
        service=services.publish,
        done=gettext_lazy("Announced. Everybody can read it now; it opens by itself at its opening."),
    )
)
withdraw = require_POST(
    partial(_press, service=services.withdraw, done=gettext_lazy("Back at the desk. Nobody outside can read it."))
)
open_call = require_POST(
    partial(_press, service=services.open_call, done=gettext_lazy("Open. Organisations can begin their applications."))
)
start_assessment = require_POST(
    partial(_press, service=services.start_assessment, done=gettext_lazy("The assessment has begun."))
)
archive = require_POST(partial(_press, service=services.archive, done=gettext_lazy("Archived. Its public page stays.")))


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    call = visible_call(request, code)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        refusal = _tried(form, partial(services.cancel, call.pk, reason=form.cleaned_data["reason"], by=request.user))
        if refusal is None:
            messages.success(request, _("Cancelled. Its page says why."))
            return redirect("calls:call", code=code)
        return _ask(request, "calls/cancel.html", form, call=call, status=refusal.status)
    return _ask(request, "calls/cancel.html", form, call=call)


def stage_of(call: Call, number: int) -> Stage:
    found = next((stage for stage in call.stages.all() if stage.number == number), None)
    if found is None:
        raise Http404
    return found


def _tried(form: Form, act: Callable[[], object]) -> Refusal | None:
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return refusal
    return None


def _ask(request: HttpRequest, template: str, form: Form, *, status: int = 200, **context: Any) -> HttpResponse:
    faulty = form.is_bound and form.errors and status == 200  # noqa: PLR2004  (HTTP's own number)
    context |= {"form": form, "fund": context["call"].fund}
    return render(request, template, context, status=UNPROCESSABLE if faulty else status)
