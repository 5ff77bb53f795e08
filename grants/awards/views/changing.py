"""The amount of a running award is lowered, and a payment is added to its plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from grants.awards import services
from grants.awards.forms.changing import LowerForm, NewTrancheForm
from grants.awards.models import Award
from grants.awards.tables import plan_facts
from grants.awards.views.page import ask, seen_by, tried

CONFLICT = 409


@require_http_methods(["GET", "POST"])
def change_amount(request: HttpRequest, reference: str) -> HttpResponse:
    award = seen_by(request, reference)
    form = LowerForm(request.POST or None, currency=award.currency, initial={"version": award.version})
    context = _context(award)
    if not form.is_valid():
        return ask(request, "change_amount", form, **context)
    facts = {"difference": form.difference, "reason": form.cleaned_data["reason"], "by": request.user}
    version = form.cleaned_data["version"]
    if refusal := tried(form, lambda: services.change_amount(award.pk, version=version, **facts)):
        if refusal.status == CONFLICT:
            form.data = form.data.copy()
            form.data["version"] = str(award.version)
        return ask(request, "change_amount", form, status=refusal.status, **context)
    messages.success(request, _("Lowered, in the books too."))
    return redirect("awards:award", reference=reference)


@require_http_methods(["GET", "POST"])
def add_tranche(request: HttpRequest, reference: str) -> HttpResponse:
    award = seen_by(request, reference)
    form = NewTrancheForm(request.POST or None, currency=award.currency)
    context = _context(award)
    if not form.is_valid():
        return ask(request, "add_tranche", form, **context)
    if refusal := tried(form, lambda: services.add_tranche(award.pk, terms=form.terms, by=request.user)):
        return ask(request, "add_tranche", form, status=refusal.status, **context)
    messages.success(request, _("Planned."))
    return redirect("awards:award", reference=reference)


def _context(award: Award) -> dict[str, object]:
    return {"award": award, "fund": award.fund, "standing": plan_facts(award)}
