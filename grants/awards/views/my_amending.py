"""The grantee's side of a change: proposed, sent to the fund, withdrawn."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.amendment_cards import my_amendment_actions
from grants.awards.models import Amendment
from grants.awards.states import AmendmentState, Side
from grants.awards.views.amendment_page import amendment_context, numbered_amendment, rewrite, write_new
from grants.awards.views.grant_page import held
from grants.awards.views.page import OK


@require_safe
def amendment(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return _show(request, reference, number)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    award = held(request, reference)
    return write_new(request, award, Side.GRANTEE, template="my_amend", onward="my_grants:amendment")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    one = numbered_amendment(held(request, reference), number, Side.GRANTEE)
    return rewrite(request, one, template="my_amend", onward="my_grants:amendment")


@require_POST
def submit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return _press(request, reference, number, partial(services.submit_amendment, by=request.user))


@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    act = partial(services.withdraw_amendment, side=Side.GRANTEE, by=request.user)
    return _press(request, reference, number, act)


def _press(request: HttpRequest, reference: str, number: int, act: Callable[[int], Amendment]) -> HttpResponse:
    one = numbered_amendment(held(request, reference), number, Side.GRANTEE)
    try:
        done = act(one.pk)
    except Refusal as refusal:
        return _show(request, reference, number, refusal=refusal)
    messages.success(request, _said(done))
    return redirect("my_grants:amendment", reference=reference, number=number)


def _said(amendment: Amendment) -> str:
    if amendment.state == AmendmentState.APPLIED:
        return _("It holds from now on: so small a move of the budget needs no approval.")
    if amendment.state == AmendmentState.WITHDRAWN:
        return _("Withdrawn. Everything stays as it was.")
    return _("Sent. The fund decides it and answers by letter.")


def _show(request: HttpRequest, reference: str, number: int, *, refusal: Refusal | None = None) -> HttpResponse:
    one = numbered_amendment(held(request, reference), number, Side.GRANTEE)
    context = amendment_context(one, Side.GRANTEE) | {"actions": my_amendment_actions(one), "refusal": refusal}
    return render(request, "awards/my_amendment.html", context, status=refusal.status if refusal else OK)
