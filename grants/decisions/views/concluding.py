"""A call is concluded: how its applications stand, what is left, and the button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fundportal import clock
from fundportal.lifecycle import why_not
from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.calls.models import Call
from grants.decisions import services
from grants.decisions.queries.concluding import counts_by_state, unfinished
from grants.decisions.queries.lists import calls_seen
from grants.decisions.tables import states_table
from grants.decisions.views.page import OK

MOST_NAMED = 25


@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, code: str) -> HttpResponse:
    call = get_object_or_404(calls_seen(request.user).select_related("fund"), code=code)
    if request.method == "POST":
        try:
            services.conclude(call.pk, by=request.user)
        except Refusal as refusal:
            return _show(request, call, refusal=refusal)
        messages.success(request, _("Decided. Its figures are on the record."))
        return redirect("calls:call", code=code)
    return _show(request, call)


def _words(application: Application) -> str:
    """Where it stands; a refusal that was told is final once nobody may appeal against it."""
    told = application.released_at or application.ineligible_at
    word = application.get_state_display()
    return _("%(state)s, and may still appeal") % {"state": word} if told else word


def _show(request: HttpRequest, call: Call, *, refusal: Refusal | None = None) -> HttpResponse:
    left = unfinished(call, clock.now())
    open_to_me = left.exclude(organisation__in=conflicted_ids(request.user))
    context = {
        "call": call,
        "fund": call.fund,
        "table": states_table(counts_by_state(call)),
        "left": left.count(),
        "named": [(one, _words(one)) for one in open_to_me[:MOST_NAMED]],
        "is_in_place": not why_not(call, "conclude"),
        "refusal": refusal,
    }
    return render(request, "decisions/conclude.html", context, status=refusal.status if refusal else OK)
