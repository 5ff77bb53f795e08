from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fundportal.languages import pick
from fundportal.refusals import Refusal
from grants.calls.cards import actions_of, may_add_stage, stage_cards
from grants.calls.models import Call
from grants.calls.queries import call_in_full, missing
from grants.calls.tables import call_badge, call_facts


def visible_call(request: HttpRequest, code: str) -> Call:
    found = call_in_full(Call.objects.visible_to(request.user), code)
    if found is None:
        raise Http404
    return found


def show_call(request: HttpRequest, code: str, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a call; after a refusal the same page with its sentence."""
    call = visible_call(request, code)
    context = {
        "call": call,
        "fund": call.fund,
        "badge": call_badge(call),
        "facts": call_facts(call),
        "actions": actions_of(call, viewer=request.user),
        "stages": stage_cards(call, viewer=request.user),
        "next_stage": len(call.stages.all()) + 1 if may_add_stage(call, viewer=request.user) else 0,
        "missing": missing(call) if call.is_draft else [],
        "rules": [pick(rule["texts"]) for rule in call.screening_rules],
        "refusal": refusal,
    }
    return render(request, "calls/call.html", context, status=refusal.status if refusal else 200)
