"""The office's acts on one application, one URL each."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fundportal.refusals import Refusal
from grants.applications import services
from grants.applications.forms import DisqualifyForm, HoldForm, IneligibleForm, ReasonForm, RequestForm, RuleForm
from grants.applications.queries import rules_of
from grants.applications.views.officer import seen_by, show


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.begin_screening, _("You check it now."))


@require_POST
def check(request: HttpRequest, reference: str) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        raise Http404
    return _act(request, reference, partial(services.check_rule, **form.cleaned_data), _("Kept."))


@require_POST
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    done = _("Asked. The parts you named are open for the applicant until they answer.")
    form = RequestForm(request.POST, application=seen_by(request, reference))
    return _act_with(request, reference, "request_form", form, services.request_info, done)


@require_POST
def eligible(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.mark_eligible, _("Fit for review."))


@require_POST
def propose_ineligible(request: HttpRequest, reference: str) -> HttpResponse:
    form = IneligibleForm(request.POST, rules=rules_of(seen_by(request, reference).stage.call))
    done = _("Proposed. A second person decides; the applicant hears nothing until then.")
    return _act_with(request, reference, "ineligible_form", form, services.propose_ineligible, done)


@require_POST
def agree_ineligible(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.mark_ineligible, _("Agreed. The applicant has a letter and may appeal."))


@require_POST
def drop_ineligible(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.drop_ineligible, _("Dropped. The check goes on."))


@require_POST
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    done = _("On hold. The applicant has a letter.")
    return _act_with(request, reference, "hold_form", HoldForm(request.POST), services.hold, done)


@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.resume, _("It stands where it stood before."))


@require_POST
def disqualify(request: HttpRequest, reference: str) -> HttpResponse:
    done = _("Proposed. A second person decides; the applicant hears nothing until then.")
    form = DisqualifyForm(request.POST)
    return _act_with(request, reference, "disqualify_form", form, services.propose_disqualification, done)


@require_POST
def agree_disqualify(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.disqualify, _("Excluded. The applicant has a letter."))


@require_POST
def drop_disqualify(request: HttpRequest, reference: str) -> HttpResponse:
    return _act(request, reference, services.drop_disqualification, _("Dropped. Nothing changes."))


@require_POST
def reinstate(request: HttpRequest, reference: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _act_with(request, reference, "reason_form", form, services.reinstate, _("It stands where it stood before."))


@require_POST
def appeal(request: HttpRequest, reference: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    return _act_with(request, reference, "reason_form", form, services.uphold_appeal, _("It goes on to review."))


def _act_with(
    request: HttpRequest, reference: str, name: str, form: BaseForm, service: Callable[..., object], done: str
) -> HttpResponse:
    seen = seen_by(request, reference)
    if not form.is_valid():
        return show(request, seen, **{name: form})
    try:
        service(seen.pk, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
        return show(request, seen_by(request, reference), refusal=refusal, **{name: form})
    messages.success(request, done)
    return redirect("applications:application", reference=reference)


def _act(request: HttpRequest, reference: str, service: Callable[..., object], done: str) -> HttpResponse:
    seen = seen_by(request, reference)
    try:
        service(seen.pk, by=request.user)
    except Refusal as refusal:
        return show(request, seen_by(request, reference), refusal=refusal)
    messages.success(request, done)
    return redirect("applications:application", reference=reference)
