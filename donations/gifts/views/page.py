import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from donations.gifts.cards import may_request_refund, refund_cards
from donations.gifts.forms import RefundForm
from donations.gifts.models import Gift
from donations.gifts.permissions import READ_AGAIN
from donations.gifts.queries import gift_in_full, gift_timeline, journals_behind
from donations.gifts.tables import gift_badge, journal_table
from donations.gifts.wording import gift_facts, stops_of
from fundportal.access import may
from fundportal.refusals import Refusal


def visible_gift(request: HttpRequest, reference: str) -> Gift:
    found = gift_in_full(Gift.objects.visible_to(request.user), reference)
    if found is None:
        raise Http404
    return found


def show_gift(
    request: HttpRequest,
    reference: str,
    *,
    form: RefundForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a gift; after a refusal the same page with its sentence, and whatever was typed."""
    gift = visible_gift(request, reference)
    if form is None and may_request_refund(gift, viewer=request.user):
        form = RefundForm(gift=gift, initial={"key": uuid.uuid4(), "amount": gift.refundable})
    journals = journals_behind(gift)
    context = {
        "gift": gift,
        "fund": gift.fund,
        "badge": gift_badge(gift),
        "facts": gift_facts(gift),
        "moments": stops_of(gift_timeline(gift), gift.fund.time_zone),
        "journals": [journal_table(journal) for journal in journals],
        "sure": "books" if journals else "reported",
        "refunds": refund_cards(gift, viewer=request.user),
        "form": form,
        "may_read_again": gift.is_at_stripe and may(request.user, READ_AGAIN, gift.fund),
        "refusal": refusal,
    }
    return render(request, "gifts/gift.html", context, status=refusal.status if refusal else status)
