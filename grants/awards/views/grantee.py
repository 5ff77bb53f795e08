"""The grantee's pages: what was promised, what happens next, the agreement, the payments."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.forms import ChangeForm, DeclineForm, SignForm
from grants.awards.queries.lists import awards_of
from grants.awards.states import Side
from grants.awards.tables import my_awards_table
from grants.awards.views.grant_page import agreement_context, held, show_agreement, show_grant
from grants.awards.views.identity import factor_of
from grants.awards.views.page import ask, tried


@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    return render(request, "awards/my_list.html", {"table": my_awards_table(awards_of(request.user))})


@require_safe
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    return show_grant(request, reference)


@require_safe
def agreement(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return show_agreement(request, reference, number)


@require_POST
def approve(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The very text that was on the page, known by its fingerprint."""
    context = agreement_context(request, reference, number)
    facts = {"side": Side.GRANTEE, "sha256": request.POST.get("sha256", ""), "by": request.user}
    try:
        services.approve_agreement_text(context["agreement"].pk, **facts)
    except Refusal as refusal:
        return show_agreement(request, reference, number, refusal=refusal)
    messages.success(request, _("Approved word for word. Now both sides sign."))
    return redirect("my_grants:agreement", reference=reference, number=number)


@require_POST
def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    one, form = agreement_context(request, reference, number)["agreement"], ChangeForm(request.POST)
    if not form.is_valid():
        return show_agreement(request, reference, number, change_form=form)
    act = partial(services.ask_for_change, one.pk, reason=form.cleaned_data["reason"], by=request.user)
    if refusal := tried(form, act):
        return show_agreement(request, reference, number, refusal=refusal, change_form=form)
    messages.success(request, _("Asked. The fund answers with a new text."))
    return redirect("my_grants:grant", reference=reference)


@require_POST
def sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    one, form = agreement_context(request, reference, number)["agreement"], SignForm(request.POST)
    if not form.is_valid():
        return show_agreement(request, reference, number, sign_form=form)
    facts = {"side": Side.GRANTEE, "factor": factor_of(request), "by": request.user} | form.cleaned_data
    if refusal := tried(form, partial(services.sign_agreement, one.pk, **facts)):
        return show_agreement(request, reference, number, refusal=refusal, sign_form=form)
    messages.success(request, _("Signed. The agreement holds once both sides have."))
    return redirect("my_grants:grant", reference=reference)


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    award = held(request, reference)
    form = DeclineForm(request.POST or None)
    context = {"award": award, "fund": award.fund}
    if not form.is_valid():
        return ask(request, "decline", form, **context)
    reason = form.cleaned_data["reason"]
    if refusal := tried(form, lambda: services.decline_award(award.pk, reason=reason, by=request.user)):
        return ask(request, "decline", form, status=refusal.status, **context)
    messages.success(request, _("Declined. The money stays with the fund."))
    return redirect("my_grants:grant", reference=reference)


@require_POST
def request_payment(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    tranche = get_object_or_404(held(request, reference).tranches, number=number)
    try:
        services.request_tranche(tranche.pk, by=request.user)
    except Refusal as refusal:
        return show_grant(request, reference, refusal=refusal)
    messages.success(request, _("Asked for. The fund checks it and pays it with its next run."))
    return redirect("my_grants:grant", reference=reference)
