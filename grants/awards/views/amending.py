"""The office's side of a change: it is proposed, decided, withdrawn; and unspent money is asked back no more."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.amendment_cards import amendment_actions, may_decide, why_not_approve
from grants.awards.models import Amendment
from grants.awards.states import Side
from grants.awards.views.amendment_page import amendment_context, numbered_amendment, rewrite, write_new
from grants.awards.views.asking import Question, ask_first
from grants.awards.views.page import OK, seen_by

REFUSE = Question(
    gettext_lazy("Refuse this change"),
    gettext_lazy("Everything stays as it was signed. The grantee has a letter with your words."),
    gettext_lazy("Refuse it"),
    gettext_lazy("Refused. Everything stays as it was signed."),
)
WAIVE = Question(
    gettext_lazy("Ask for the unspent money no more"),
    gettext_lazy("What is still to be returned stays with the grantee, and the award can be closed."),
    gettext_lazy("Ask for it no more"),
    gettext_lazy("It is not asked back."),
)


@require_safe
def amendment(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return _show(request, reference, number)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, reference: str) -> HttpResponse:
    award = seen_by(request, reference)
    return write_new(request, award, Side.FUND, template="amend", onward="awards:amendment")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    one = numbered_amendment(seen_by(request, reference), number, Side.FUND)
    return rewrite(request, one, template="amend", onward="awards:amendment")


@require_POST
def submit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    done = _("Sent. Somebody else of the fund decides it.")
    return _press(request, reference, number, lambda one: services.submit_amendment(one.pk, by=request.user), done)


@require_POST
def approve(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    version = request.POST.get("version", "")
    act = partial(services.approve_amendment, version=int(version) if version.isdecimal() else 0, by=request.user)
    done = _("You approved this change.")
    return _press(request, reference, number, lambda one: act(one.pk), done)


@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    act = partial(services.withdraw_amendment, side=Side.FUND, by=request.user)
    return _press(request, reference, number, lambda one: act(one.pk), _("Withdrawn. Everything stays as it was."))


@require_http_methods(["GET", "POST"])
def reject(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    award = seen_by(request, reference)
    one = numbered_amendment(award, number, Side.FUND)
    return ask_first(request, award, REFUSE, partial(services.reject_amendment, one.pk))


@require_http_methods(["GET", "POST"])
def waive_unspent(request: HttpRequest, reference: str) -> HttpResponse:
    award = seen_by(request, reference)
    return ask_first(request, award, WAIVE, partial(services.waive_unspent, award.pk))


def _press(
    request: HttpRequest, reference: str, number: int, act: Callable[[Amendment], object], done: str
) -> HttpResponse:
    one = numbered_amendment(seen_by(request, reference), number, Side.FUND)
    try:
        act(one)
    except Refusal as refusal:
        return _show(request, reference, number, refusal=refusal)
    messages.success(request, done)
    return redirect("awards:amendment", reference=reference, number=number)


def _show(request: HttpRequest, reference: str, number: int, *, refusal: Refusal | None = None) -> HttpResponse:
    one = numbered_amendment(seen_by(request, reference), number, Side.FUND)
    context = amendment_context(one, Side.FUND) | {
        "actions": amendment_actions(one, viewer=request.user),
        "may_decide": may_decide(one, request.user),
        "why_not": why_not_approve(one, request.user),
        "refusal": refusal,
    }
    return render(request, "awards/amendment.html", context, status=refusal.status if refusal else OK)
