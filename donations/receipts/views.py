from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from donations.receipts import documents
from donations.receipts.forms import CheckForm
from donations.receipts.models import Receipt
from donations.receipts.queries import long_day, paper, receipt_by_code, receipt_by_token
from fundportal.knocks.services import Limit, address_of, knock

CHECKS: Final = {"address": Limit(30, timedelta(minutes=10))}
OK, NOT_FOUND, UNPROCESSABLE, TOO_MANY = 200, 404, 422, 429


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The accessible original. Its address is the key to it."""
    found = _by_token(token)
    words = paper(found)
    before, after = words.check.split(words.code)
    check_line = format_html('{}<b class="n" dir="ltr">{}</b>{}', before, words.code, after)
    page = {"receipt": found, "paper": words, "check": check_line, "fund": found.fund}
    return render(request, "receipts/receipt.html", page)


@never_cache
@require_safe
def pdf(_request: HttpRequest, token: str) -> HttpResponse:
    """The copy, with the same words."""
    found = _by_token(token)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{found.fund.code}-{found.reference}.pdf"'}
    return HttpResponse(documents.receipt_pdf(found), content_type="application/pdf", headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Anyone may ask whether a receipt is genuine; the answer has its date and amount and never a name."""
    if request.method != "POST":
        return _show_check(request, CheckForm())
    form = CheckForm(request.POST)
    if not knock("check", {"address": address_of(request)}, CHECKS):
        form.add_error(None, _("Many codes were tried from here in a short time. Try again in ten minutes."))
        return _show_check(request, form, status=TOO_MANY)
    if not form.is_valid():
        return _show_check(request, form, status=UNPROCESSABLE)
    found = receipt_by_code(form.cleaned_data["code"])
    if found is None:
        form.add_error("code", _("No receipt has this code. Compare it with the paper; if it agrees, ask the fund."))
        return _show_check(request, form, status=NOT_FOUND)
    return _show_check(request, CheckForm(), found=found)


def _by_token(token: str) -> Receipt:
    found = receipt_by_token(token)
    if found is None:
        raise Http404
    return found


def _show_check(
    request: HttpRequest, form: CheckForm, *, found: Receipt | None = None, status: int = OK
) -> HttpResponse:
    page: dict[str, Any] = {"form": form, "found": found}
    if found:
        page |= {"fund": found.fund, "received_on": long_day(found.snapshot["received_on"])}
    return render(request, "receipts/check.html", page, status=status)
