"""Calls in public: the list, a page for each, its deadlines for a calendar, and itself for machines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms import calls as shown
from cms.calendar import calendar
from cms.models.base import FRESH_FOR_SECONDS
from grants import public
from grants.public import PublicCall

fresh = cache_control(public=True, max_age=FRESH_FOR_SECONDS)


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    found = public.calls()
    now = [call for call in found if call.is_open or call.is_forecast]
    past = [call for call in found if call not in now]
    context = {"table": shown.table_of(now), "past": shown.table_of(past)}
    return render(request, "cms/call_list.html", context)


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    found = _public(code)
    context = {
        "call": found,
        "fund": found.fund,
        "badge": shown.badge_of(found),
        "notice": shown.notice_of(found),
        "start_url": shown.start_url(found),
        "grants_url": _grants_url(found),
        "who": shown.facts_for_readers(found.texts["who_may_apply"]),
        "rules": _rules(found),
        "stages": [(stage, shown.rubric_of(stage)) for stage in found.stages],
        "moments": list(shown.moments_of(found)),
        "hours": ngettext("%(count)s hour", "%(count)s hours", found.burden_hours) % {"count": found.burden_hours},
    }
    return render(request, "cms/call.html", context)


@require_safe
@fresh
def call_calendar(_request: HttpRequest, code: str) -> HttpResponse:
    found = _public(code)
    url = settings.SITE_ORIGIN + reverse("call", args=[code])
    body = calendar(shown.events_of(found, host=urlsplit(settings.SITE_ORIGIN).hostname or "", url=url))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    return response


@require_safe
@fresh
def call_data(_request: HttpRequest, code: str) -> JsonResponse:
    found = public.as_data(code)
    if found is None:
        raise Http404
    page = settings.SITE_ORIGIN + reverse("call", args=[code])
    return JsonResponse(found | {"page": page}, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _public(code: str) -> PublicCall:
    found = public.call(code)
    if found is None:
        raise Http404
    return found


def _grants_url(found: PublicCall) -> str:
    """Where the grants of a call that is over are listed; nothing while there is none."""
    is_over = not (found.is_open or found.is_forecast)
    if not is_over or not public.has_grants(public.GrantFilters(call=found.code)):
        return ""
    return f"{reverse('grant_list')}?call={found.code}"


def _rules(found: PublicCall) -> list[tuple[str, object]]:
    once = _("one") if found.most_per_organisation == 1 else found.most_per_organisation
    return [
        (_("Who may apply"), ", ".join(found.kinds)),
        (_("Applications of one organisation"), once),
        (_("Who sends it"), _("a signatory") if found.needs_signatory else _("any member")),
        (_("Languages"), ", ".join(found.languages)),
    ]
