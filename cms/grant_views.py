"""Grants in public: the list, a page for each, and itself for machines."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms import grants as shown
from cms.grant_reading import GrantReading
from cms.grant_timeline import moments_of
from cms.models.base import FRESH_FOR_SECONDS
from grants import public

fresh = cache_control(public=True, max_age=FRESH_FOR_SECONDS)


@require_safe
def grant_list(request: HttpRequest) -> HttpResponse:
    reading = GrantReading(request.GET)
    found = reading.found
    context = {"reading": reading, "found": found, "table": shown.table_of(found.object_list), "query": request.GET}
    return render(request, "cms/grant_list.html", context)


@require_safe
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    page = public.grant_page(reference)
    if page is None:
        raise Http404
    found = page.grant
    context = {
        "page": page,
        "grant": found,
        "fund": found.fund,
        "badge": shown.badge_of(found),
        "lead": shown.lead_of(found),
        "money_table": shown.money_table(page),
        "payment_table": shown.payment_table(page),
        "result_bars": shown.result_bars(page.results),
        "result_table": shown.result_table(page.results),
        "spending": shown.spending_picture(page.spending),
        "grantee": shown.grantee_facts(found),
        "decision": shown.decision_facts(page.decision),
        "moments": moments_of(page),
        "next_report": shown.next_report(page),
    }
    return render(request, "cms/grant.html", context)


@require_safe
@fresh
def grant_data(_request: HttpRequest, reference: str) -> JsonResponse:
    found = public.grant_data(reference)
    if found is None:
        raise Http404
    page = settings.SITE_ORIGIN + reverse("grant", args=[reference])
    return JsonResponse(found | {"page": page}, json_dumps_params={"ensure_ascii": False, "indent": 2})
