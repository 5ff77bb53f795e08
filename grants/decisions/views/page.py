"""What every page of one list begins with."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fundportal.access import may
from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.decisions.cards import actions_of
from grants.decisions.gauge import gauge_of
from grants.decisions.models import Deliberation
from grants.decisions.permissions import ADOPT, PREPARE
from grants.decisions.queries.lists import budget_of, deliberation_in_full, not_listed
from grants.decisions.states import AT_THE_DESK, DeliberationState
from grants.decisions.tables import deliberation_badge, lines_table, meeting_facts
from grants.reviews.queries.standings import summaries

OK, UNPROCESSABLE = 200, 422


def visible(request: HttpRequest, pk: int) -> Deliberation:
    found = deliberation_in_full(Deliberation.objects.visible_to(request.user), pk)
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, pk: int, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a list; after a refusal the same page with its sentence."""
    one = visible(request, pk)
    kept_away = conflicted_ids(request.user)
    lines = [line for line in one.decisions.all() if line.application.organisation_id not in kept_away]
    stages = {line.application.stage for line in lines}
    scored = {key: found for stage in stages for key, found in summaries(stage).items()}
    is_open = one.state in AT_THE_DESK and may(request.user, PREPARE, one.call.fund)
    context = {
        "deliberation": one,
        "call": one.call,
        "fund": one.call.fund,
        "badge": deliberation_badge(one),
        "gauge": gauge_of(budget_of(one)),
        "facts": meeting_facts(one),
        "table": lines_table(one, scored, lines=lines, is_open=is_open),
        "hidden_lines": len(one.decisions.all()) - len(lines),
        "approvals": list(one.approvals.all()),
        "candidates": list(not_listed(one.call, request.user)) if is_open else [],
        "actions": actions_of(one, viewer=request.user),
        "may_take_back": one.state == DeliberationState.ADOPTED and may(request.user, ADOPT, one.call.fund),
        "refusal": refusal,
        "lines": lines,
    }
    return render(request, "decisions/deliberation.html", context, status=refusal.status if refusal else 200)


def ask(request: HttpRequest, template: str, form: Form, *, status: int = OK, **context: object) -> HttpResponse:
    """A form page about a list or a call; 422 where something typed does not fit."""
    if status == OK and form.is_bound:
        status = UNPROCESSABLE
    return render(request, f"decisions/{template}.html", context | {"form": form}, status=status)
