"""What the pages of a gift share: who is at the door, and where Stripe sends people back to."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from donations.gifts.models import Gift
from donations.gifts.services import ReturnUrls
from donations.giving.abuse import Visitor
from fundportal.knocks.services import address_of

SEE_OTHER: Final = 303


def visitor(request: HttpRequest, email: str) -> Visitor:
    """Starts a session for who has none, so that its next tries are counted together."""
    if not request.session.session_key:
        request.session.create()
    return Visitor(address_of(request), email, request.session.session_key or "")


def thanks_url(gift: Gift) -> str:
    return reverse("giving:thanks", args=[gift.campaign.code, gift.uuid])


def return_urls(request: HttpRequest, gift: Gift) -> ReturnUrls:
    cancel = reverse("giving:back", args=[gift.campaign.code, gift.uuid])
    return ReturnUrls(
        success=request.build_absolute_uri(thanks_url(gift)),
        cancel=request.build_absolute_uri(cancel),
    )


def see_other(url: str) -> HttpResponse:
    """After a POST the browser fetches the next page with GET, whatever it sent."""
    return HttpResponseRedirect(url, status=SEE_OTHER)
