"""What the office does with a report, one address each."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.reports import services
from grants.reports.forms import AcceptForm, AskForm, PublishForm, WaiveForm
from grants.reports.views.officer import seen_by, show


@require_POST
def ask(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found, form = seen_by(request, reference, number), AskForm(request.POST)
    if not form.is_valid():
        return show(request, found, ask_form=form)
    act = partial(services.ask_for_changes, revision=form.read, reason=form.cleaned_data["reason"])
    return _act(request, found, act, _("The grantee has your words and can write again."), ask_form=form)


@require_POST
def accept(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found, form = seen_by(request, reference, number), AcceptForm(request.POST)
    if not form.is_valid():
        return show(request, found, accept_form=form)
    act = partial(services.accept_report, revision=form.read, feedback=form.cleaned_data["feedback"])
    return _act(request, found, act, _("Accepted. The grantee has your answer."), accept_form=form)


@require_POST
def waive(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found, form = seen_by(request, reference, number), WaiveForm(request.POST)
    if not form.is_valid():
        return show(request, found, waive_form=form)
    act = partial(services.waive_report, reason=form.cleaned_data["reason"])
    return _act(request, found, act, _("This report is no longer asked for."), waive_form=form)


@require_POST
def publish(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = seen_by(request, reference, number)
    form = PublishForm(request.POST, standing=getattr(found, "publication", None))
    if not form.is_valid():
        return show(request, found, publish_form=form)
    version = form.cleaned_data["version"]
    act = partial(services.clear_for_publication, facts=form.facts, version=version)
    return _act(request, found, act, _("Everybody can read it on the page of the grant."), publish_form=form)


@require_POST
def unpublish(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = seen_by(request, reference, number)
    return _act(request, found, services.take_off, _("It no longer stands on the page of the grant."))


def _act(
    request: HttpRequest, found: ReportDue, service: Callable[..., object], done: str, **typed: BaseForm
) -> HttpResponse:
    try:
        service(found.pk, by=request.user)
    except Refusal as refusal:
        fresh = seen_by(request, found.award.reference, found.number)
        return show(request, fresh, refusal=refusal, **typed)
    messages.success(request, done)
    return redirect("reports:report", found.award.reference, found.number)
