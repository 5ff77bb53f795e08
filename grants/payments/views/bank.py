"""For the office: bank details are compared with a paper of the bank by somebody who does not send money."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.access import may
from fundportal.refusals import Refusal
from grants.payments.account_facts import AccountFacts
from grants.payments.cards.bank import details_actions, details_moments, details_warnings, may_verify, why_not_verify
from grants.payments.forms.bank import ReasonForm, VerifyForm
from grants.payments.models import BankDetails
from grants.payments.permissions import VERIFY_BANK, VIEW
from grants.payments.queries.bank_pages import accounts_of, of_office
from grants.payments.services.bank import refuse_bank_details, reveal_bank_details, verify_bank_details
from grants.payments.tables.bank import details_badge, full_facts, masked_facts, past_table
from grants.payments.views.answers import OK, posted, status_unless_done


@never_cache
@require_safe
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, visible(request, pk))


@never_cache
@require_POST
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The one page with the whole numbers: asked for with a press, because it is recorded."""
    details = visible(request, pk)
    try:
        facts = reveal_bank_details(details.pk, by=request.user)
    except Refusal as refusal:
        return _show(request, details, refusal=refusal)
    return _show(request, details, numbers=facts)


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    details, form = visible(request, pk), VerifyForm(request.POST)
    status = status_unless_done(
        form, lambda: verify_bank_details(details.pk, note=form.cleaned_data["note"], by=request.user)
    )
    if status is not None:
        return _show(request, visible(request, pk), form=form, status=status)
    messages.success(request, _("Verified. The organisation has a letter about it."))
    return redirect("payments:bank", pk)


@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    details, form = visible(request, pk), ReasonForm(posted(request))
    status = status_unless_done(
        form, lambda: refuse_bank_details(details.pk, reason=form.cleaned_data["reason"], by=request.user)
    )
    if status is not None:
        context = {"form": form, "details": details, "fund": details.fund, "may_view": may(request.user, VIEW)}
        return render(request, "payments/bank_refuse.html", context, status=status)
    messages.success(request, _("Refused. The organisation has a letter with your reason."))
    return redirect("payments:bank", pk)


def visible(request: HttpRequest, pk: int) -> BankDetails:
    found = of_office(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    details: BankDetails,
    *,
    numbers: AccountFacts | None = None,
    form: VerifyForm | None = None,
    refusal: Refusal | None = None,
    status: int = OK,
) -> HttpResponse:
    others = [one for one in accounts_of(details.organisation).rows if one.pk != details.pk]
    is_mine = may_verify(details, viewer=request.user)
    context = {
        "details": details,
        "fund": details.fund,
        "badge": details_badge(details),
        "facts": full_facts(numbers) if numbers else masked_facts(details),
        "is_open": numbers is not None,
        "may_read": may(request.user, VERIFY_BANK, details.fund),
        "may_view": may(request.user, VIEW),
        "warnings": list(details_warnings(details)),
        "form": form or (VerifyForm() if is_mine else None),
        "why_not": why_not_verify(details, viewer=request.user),
        "actions": details_actions(details, viewer=request.user),
        "moments": details_moments(details),
        "history": past_table(others, for_office=True),
        "refusal": refusal,
    }
    return render(request, "payments/bank.html", context, status=refusal.status if refusal else status)
