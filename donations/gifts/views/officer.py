from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donations.gifts import services
from donations.gifts.forms import FilterForm
from donations.gifts.models import Gift
from donations.gifts.queries import campaigns_of, gift_page, state_counts
from donations.gifts.tables import gifts_table
from donations.gifts.views.chips import state_chips
from donations.gifts.views.page import show_gift, visible_gift
from fundportal.refusals import Refusal


@require_safe
def gifts(request: HttpRequest) -> HttpResponse:
    seen = Gift.objects.visible_to(request.user)
    form = FilterForm(request.GET, campaigns=campaigns_of(seen))
    wanted = form.wanted
    page = gift_page(seen, wanted=wanted, number=request.GET.get("page"))
    context = {
        "search": form,
        "page": page,
        "table": gifts_table(page),
        "chips": state_chips(state_counts(seen, wanted=wanted), request.GET, wanted),
        "is_narrowed": not wanted.is_empty,
    }
    return render(request, "gifts/gifts.html", context)


@require_safe
def gift(request: HttpRequest, reference: str) -> HttpResponse:
    return show_gift(request, reference)


@require_POST
def read_again(request: HttpRequest, reference: str) -> HttpResponse:
    found = visible_gift(request, reference)
    try:
        services.read_again(found.pk, by=request.user)
    except Refusal as refusal:
        return show_gift(request, reference, refusal=refusal)
    messages.success(request, _("Read again. What stands here is what Stripe says now."))
    return redirect("gifts:gift", reference=reference)
