"""The office's side of an agreement: it is written, changed, sent and signed for the fund."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grants.awards import services
from grants.awards.agreement_tables import agreement_facts
from grants.awards.badges import agreement_badge
from grants.awards.forms import AgreementForm, SignForm
from grants.awards.states import Side
from grants.awards.views.identity import factor_of
from grants.awards.views.moves import press
from grants.awards.views.page import ask, numbered, seen_by, tried


@require_POST
def prepare(request: HttpRequest, reference: str) -> HttpResponse:
    done = _("Written from the fund’s text and the terms. Read it, then send it to the grantee.")
    return press(request, reference, lambda award: services.prepare_agreement(award.pk, by=request.user), done)


@require_POST
def send(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    done = _("Sent. The fund has approved this text with it; the grantee has a letter.")
    return press(
        request, reference, lambda award: services.send_agreement(numbered(award, number).pk, by=request.user), done
    )


@require_safe
def agreement(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return ask(request, "agreement", SignForm(), **_context(request, reference, number))


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    context = _context(request, reference, number) | {"is_signing": True}
    form = SignForm(request.POST or None)
    if not form.is_valid():
        return ask(request, "agreement", form, **context)
    facts = {"side": Side.FUND, "factor": factor_of(request), "by": request.user} | form.cleaned_data
    agreement_id = context["agreement"].pk
    if refusal := tried(form, lambda: services.sign_agreement(agreement_id, **facts)):
        return ask(request, "agreement", form, status=refusal.status, **context)
    messages.success(request, _("Signed for the fund."))
    return redirect("awards:award", reference=reference)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    context = _context(request, reference, number)
    one = context["agreement"]
    form = AgreementForm(request.POST or None, initial={"text": one.text})
    if not form.is_valid():
        return ask(request, "agreement_edit", form, **context)
    text = form.cleaned_data["text"]
    if refusal := tried(form, lambda: services.change_agreement(one.pk, text=text, by=request.user)):
        return ask(request, "agreement_edit", form, status=refusal.status, **context)
    messages.success(request, _("Saved. Send it to the grantee when it is right."))
    return redirect("awards:award", reference=reference)


def _context(request: HttpRequest, reference: str, number: int) -> dict[str, object]:
    award = seen_by(request, reference)
    one = numbered(award, number)
    return {
        "award": award,
        "fund": award.fund,
        "agreement": one,
        "badge": agreement_badge(one),
        "facts": agreement_facts(one, award.fund.time_zone),
        "is_signing": False,
    }
