from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donations.campaigns import services
from donations.campaigns.models import Campaign
from donations.campaigns.rows import rows_of
from fundportal.refusals import Refusal


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    done = _("“%(campaign)s” is closed. Nobody can begin a gift to it; one at the payment page may still arrive.")
    return _act(request, code, services.close_campaign, done)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    return _act(request, code, services.reopen_campaign, _("“%(campaign)s” is open for gifts again."))


def _act(request: HttpRequest, code: str, service: Callable[..., Campaign], done: str) -> HttpResponse:
    found = get_object_or_404(Campaign.objects.visible_to(request.user), code=code)
    try:
        campaign = service(found.pk, by=request.user)
    except Refusal as refusal:
        return _page(request, refusal)
    messages.success(request, done % {"campaign": campaign.title})
    return redirect("campaigns:campaigns")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    seen = Campaign.objects.visible_to(request.user).select_related("fund").order_by("fund__code", "code")
    context = {"rows": list(rows_of(seen, viewer=request.user)), "refusal": refusal}
    return render(request, "campaigns/campaigns.html", context, status=refusal.status if refusal else 200)
