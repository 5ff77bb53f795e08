"""A person's way in: second keys that were lost, a deputy, the day somebody leaves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.accounts import services
from fundportal.accounts.forms import DeputyForm, ResetForm
from fundportal.accounts.models import FactorReset
from fundportal.office.queries import people_for
from fundportal.office.views.people import person_page, put_beside, status_of
from fundportal.refusals import Refusal


@require_http_methods(["GET", "POST"])
def propose_reset(request: HttpRequest, user_id: int) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), pk=user_id)
    form = ResetForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            services.propose_factor_reset(found.pk, reason=form.cleaned_data["reason"], by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("Proposed. The person has a letter; another administrator decides."))
            return redirect("office:person", user_id=user_id)
    context = {"form": form, "person": found}
    return render(request, "office/reset_propose.html", context, status=status_of(form, status))


@require_http_methods(["GET", "POST"])
def deputy(request: HttpRequest, user_id: int) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), pk=user_id)
    form = DeputyForm(request.POST or None, person=found)
    status = 200
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        chosen = form.cleaned_data["deputy"]
        try:
            services.propose_deputy(found.pk, deputy_id=chosen.pk, **days, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("Proposed. A second administrator approves each role before it counts."))
            return redirect("office:person", user_id=chosen.pk)
    context = {"form": form, "person": found}
    return render(request, "office/deputy.html", context, status=status_of(form, status))


@require_POST
def approve_reset(request: HttpRequest, reset_id: int) -> HttpResponse:
    done = _("The keys are taken away. The person is signed out everywhere and has a letter.")
    return _decide(request, reset_id, services.approve_factor_reset, done)


@require_POST
def withdraw_reset(request: HttpRequest, reset_id: int) -> HttpResponse:
    return _decide(request, reset_id, services.withdraw_factor_reset, _("The proposal is taken back."))


@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    done = _("The account is closed: no role, no session, no way in. What was done under it stays on record.")
    return _act(request, user_id, services.close_account, done)


@require_POST
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    return _act(request, user_id, services.reopen_account, _("The account is open again. Roles are proposed anew."))


def _decide(request: HttpRequest, reset_id: int, service: Callable[..., Any], done: str) -> HttpResponse:
    reset = get_object_or_404(FactorReset, pk=reset_id, person__in=people_for(request.user))
    try:
        service(reset.pk, by=request.user)
    except Refusal as refusal:
        return person_page(request, reset.person_id, refusal)
    messages.success(request, done)
    return redirect("office:person", user_id=reset.person_id)


def _act(request: HttpRequest, user_id: int, service: Callable[..., Any], done: str) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), pk=user_id)
    try:
        service(found.pk, by=request.user)
    except Refusal as refusal:
        return person_page(request, found.pk, refusal)
    messages.success(request, done)
    return redirect("office:person", user_id=found.pk)
