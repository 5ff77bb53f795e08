"""The acts on a list, one URL each."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.decisions import services
from grants.decisions.forms import ReasonForm
from grants.decisions.views.page import ask, show, visible
from grants.decisions.views.preparing import tried


def _press(request: HttpRequest, pk: int, *, service: Callable[..., object], done: object) -> HttpResponse:
    visible(request, pk)
    try:
        service(pk, by=request.user)
    except Refusal as refusal:
        return show(request, pk, refusal=refusal)
    messages.success(request, str(done))
    return redirect("decisions:deliberation", pk=pk)


submit_to_body = require_POST(
    partial(_press, service=services.submit_to_body, done=gettext_lazy("Before the body. Two people approve it now."))
)
approve = require_POST(partial(_press, service=services.approve_deliberation, done=gettext_lazy("You approved it.")))
adopt = require_POST(
    partial(
        _press,
        service=services.adopt,
        done=gettext_lazy("Adopted. The money is held; nobody outside is told before the hour."),
    )
)
reject = require_POST(
    partial(_press, service=services.reject, done=gettext_lazy("Rejected. Its lines may come on another list."))
)
release = require_POST(
    partial(_press, service=services.release, done=gettext_lazy("Announced. Every letter is on its way."))
)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    one = visible(request, pk)
    form = ReasonForm(request.POST or None)
    context = {"deliberation": one, "call": one.call, "fund": one.call.fund}
    if not form.is_valid():
        return ask(request, "send_back", form, **context)
    reason = form.cleaned_data["reason"]
    if refusal := tried(form, partial(services.send_back, pk, reason=reason, by=request.user)):
        return ask(request, "send_back", form, status=refusal.status, **context)
    messages.success(request, _("Sent back. What was approved before is void."))
    return redirect("decisions:deliberation", pk=pk)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    one = visible(request, pk)
    open_to_me = one.decisions.exclude(application__organisation__in=conflicted_ids(request.user))
    line = get_object_or_404(open_to_me.select_related("application__organisation"), application__reference=reference)
    form = ReasonForm(request.POST or None)
    context = {"deliberation": one, "call": one.call, "fund": one.call.fund, "application": line.application}
    if not form.is_valid():
        return ask(request, "take_back", form, **context)
    reason = form.cleaned_data["reason"]
    if refusal := tried(form, partial(services.take_back, line.application_id, reason=reason, by=request.user)):
        return ask(request, "take_back", form, status=refusal.status, **context)
    messages.success(request, _("Taken back. Its money is free, and it may be decided anew."))
    return redirect("decisions:deliberation", pk=pk)
