from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.gifts import services
from donations.gifts.forms import RefundForm
from donations.gifts.models import Refund
from donations.gifts.views.page import show_gift, visible_gift
from fundportal.refusals import Refusal

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def request_refund(request: HttpRequest, reference: str) -> HttpResponse:
    gift = visible_gift(request, reference)
    if request.method == "GET":
        return redirect("gifts:gift", reference=reference)
    form = RefundForm(request.POST, gift=gift)
    if not form.is_valid():
        return show_gift(request, reference, form=form, status=UNPROCESSABLE)
    try:
        services.request_refund(gift.pk, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return show_gift(request, reference, form=form, status=refusal.status)
    messages.success(request, _("Asked for. A second person in finance decides; the money stays here until then."))
    return redirect("gifts:gift", reference=reference)


@require_POST
def approve(request: HttpRequest, reference: str, refund: UUID) -> HttpResponse:
    done = _("Approved. Stripe is told within a minute; banks take five to ten days to show it.")
    return _decide(request, reference, refund, services.approve_refund, done)


@require_POST
def refuse(request: HttpRequest, reference: str, refund: UUID) -> HttpResponse:
    return _decide(request, reference, refund, services.refuse_refund, _("Refused. The money stays with the fund."))


def _decide(
    request: HttpRequest, reference: str, refund: UUID, service: Callable[..., Refund], done: str
) -> HttpResponse:
    gift = visible_gift(request, reference)
    found = get_object_or_404(Refund.objects.filter(gift=gift), uuid=refund)
    try:
        service(found.pk, by=request.user)
    except Refusal as refusal:
        return show_gift(request, reference, refusal=refusal)
    messages.success(request, done)
    return redirect("gifts:gift", reference=reference)
