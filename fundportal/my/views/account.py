"""One's own account: name, language, keys, and who stands in during an absence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.access import may
from fundportal.accounts import services
from fundportal.accounts.forms import AccountForm, DeputyForm
from fundportal.accounts.models import FactorReset
from fundportal.accounts.queries import deputies_of, has_second_factor, needs_second_factor
from fundportal.my.answers import put_beside, status_of
from fundportal.my.tables import deputies_table
from fundportal.refusals import Refusal


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, person=request.user)
    if form.is_valid():
        services.edit_account(request.user.pk, **form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. Letters come in this language from now on."))
        return redirect("my:account")
    context = {
        "form": form,
        "has_factor": has_second_factor(request.user),
        "needs_factor": needs_second_factor(request.user),
        "reset": FactorReset.objects.filter(person=request.user, ended_at=None).select_related("proposed_by").first(),
        "has_role": may(request.user, "conflicts.own"),
    }
    return render(request, "my/account.html", context, status=status_of(form))


@require_POST
def keep_keys(request: HttpRequest, reset_id: int) -> HttpResponse:
    """Somebody proposed to take this person's keys away, and they did not ask for it."""
    reset = get_object_or_404(FactorReset, pk=reset_id, person=request.user, ended_at=None)
    services.withdraw_factor_reset(reset.pk, by=request.user)
    messages.success(request, _("Taken back. Your keys stay as they are; tell the administrator who proposed it."))
    return redirect("my:account")


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    form = DeputyForm(request.POST or None, person=request.user)
    status = 200
    if form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        chosen = form.cleaned_data["deputy"]
        try:
            services.propose_deputy(request.user.pk, deputy_id=chosen.pk, **days, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("Proposed. An administrator approves each role before it counts."))
            return redirect("my:absence")
    context = {"form": form, "table": deputies_table(deputies_of(request.user))}
    return render(request, "my/absence.html", context, status=status_of(form, status))
