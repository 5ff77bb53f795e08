"""A concept note is invited to the next stage: proposed by the chair, agreed to by a manager."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.refusals import Refusal
from grants.decisions import services
from grants.decisions.forms import InvitationForm
from grants.decisions.queries.feedback import feedback_on
from grants.decisions.views.calls import of_the_panel, show_call
from grants.decisions.views.page import ask
from grants.decisions.views.preparing import tried


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    application = of_the_panel(request, reference)
    call = application.stage.call
    form = InvitationForm(request.POST or None)
    context = {"application": application, "call": call, "fund": call.fund, "feedback": feedback_on(application)}
    if not form.is_valid():
        return ask(request, "invite", form, **context)
    said = form.cleaned_data["feedback"]
    if refusal := tried(form, partial(services.propose_invitation, application.pk, feedback=said, by=request.user)):
        return ask(request, "invite", form, status=refusal.status, **context)
    messages.success(request, _("Proposed. A manager decides; the applicant hears nothing until then."))
    return redirect("decisions:call", code=call.code)


@require_POST
def agree(request: HttpRequest, reference: str) -> HttpResponse:
    return _settle(request, reference, services.invite, _("Invited. The applicant has a letter and a draft."))


@require_POST
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    return _settle(request, reference, services.drop_invitation, _("Dropped. The panel has its word again."))


def _settle(request: HttpRequest, reference: str, service: Callable[..., object], done: str) -> HttpResponse:
    application = of_the_panel(request, reference)
    code = application.stage.call.code
    try:
        service(application.pk, by=request.user)
    except Refusal as refusal:
        return show_call(request, code, refusal=refusal)
    messages.success(request, done)
    return redirect("decisions:call", code=code)
