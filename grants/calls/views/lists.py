from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fundportal.access import may
from fundportal.templatetags.lists import Chip
from grants.calls.forms import CallSearch
from grants.calls.models import Call
from grants.calls.permissions import EDIT
from grants.calls.queries import call_page, state_counts
from grants.calls.states import CallState
from grants.calls.tables import calls_table
from grants.calls.views.page import show_call


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    seen = Call.objects.visible_to(request.user)
    form = CallSearch(request.GET)
    wanted = form.wanted
    page = call_page(seen, **wanted, number=request.GET.get("page"))
    context = {
        "search": form,
        "page": page,
        "table": calls_table(page),
        "chips": _chips(state_counts(seen, words=wanted["words"]), request.GET, wanted["state"]),
        "is_narrowed": any(wanted.values()),
        "may_add": may(request.user, EDIT),
    }
    return render(request, "calls/calls.html", context)


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    return show_call(request, code)


def _chips(counts: dict[str, int], query: QueryDict, wanted: str) -> list[Chip]:
    kept = query.copy()
    for name in ("page", "state"):
        kept.pop(name, None)

    def chip(label: object, count: int, **on: str) -> Chip:
        address = kept.copy()
        address.update(on)
        return Chip(label, f"?{address.urlencode()}", count, is_current=on.get("state", "") == wanted)

    chips = [chip(_("All"), sum(counts.values()))]
    return chips + [chip(state.label, counts[state], state=state.value) for state in CallState if counts.get(state)]
