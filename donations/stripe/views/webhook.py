"""Where Stripe knocks: check the signature, keep the bytes, answer. Nothing else happens here."""

from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations.stripe.gateway import UntrustedError
from donations.stripe.services import receive

LARGEST = 256 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    try:
        raw = request.read(LARGEST + 1)
    except UnreadablePostError:
        return HttpResponse(status=400)
    if len(raw) > LARGEST:
        return HttpResponse(status=413)
    try:
        receive(raw, request.headers.get("Stripe-Signature", ""))
    except UntrustedError:
        return HttpResponse(status=400)
    return HttpResponse(status=200)
