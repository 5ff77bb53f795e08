"""After the payment page: the gift as it was last read from Stripe. Looking asks for another reading, no more."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from donations.gifts.models import Gift
from donations.giving import queries, services
from donations.giving.views.doors import return_urls, see_other, thanks_url, visitor
from fundportal.money import format_money
from fundportal.refusals import Refusal
from fundportal.tasks import after_commit


@never_cache
@require_safe
def thanks(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    gift = queries.gift_of(queries.campaign_of(code), uuid)
    if not gift.has_money:
        after_commit("gifts.reread", gift.pk)
    return _show(request, gift)


@never_cache
@require_POST
def again(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    gift = queries.gift_of(queries.campaign_of(code), uuid)
    if gift.has_money:
        return see_other(thanks_url(gift))
    try:
        who = visitor(request, gift.donor.email)
        return see_other(services.continue_gift(gift, visitor=who, return_urls=return_urls(request, gift)))
    except Refusal as refusal:
        return _show(request, gift, refused=str(refusal), status=refusal.status)


def _show(request: HttpRequest, gift: Gift, *, refused: str = "", status: int = 200) -> HttpResponse:
    campaign = gift.campaign
    page = {
        "gift": gift,
        "campaign": campaign,
        "fund": campaign.fund,
        "standing": queries.standing(gift),
        "total_words": format_money(gift.total),
        "refused": refused,
    }
    return render(request, "giving/thanks.html", page, status=status)
