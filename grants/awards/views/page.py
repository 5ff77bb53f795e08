"""What every page of one award begins with, in the office."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fundportal.refusals import Refusal
from grants.awards.amendment_tables import amendments_table
from grants.awards.badges import agreement_badge, award_badge
from grants.awards.cards import agreement_actions, award_actions, tranche_cards
from grants.awards.models import Agreement, Award
from grants.awards.next_steps import next_steps
from grants.awards.queries.pages import award_in_full, booked_lines, standing_agreement, still_payable
from grants.awards.queries.timeline import timeline
from grants.awards.states import Side
from grants.awards.tables import award_facts, books_table, budget_table, indicators_table, reports_table

OK, UNPROCESSABLE = 200, 422


def seen_by(request: HttpRequest, reference: str) -> Award:
    found = award_in_full(Award.objects.of_office(request.user), reference)
    if found is None:
        raise Http404
    return found


def numbered(award: Award, number: int) -> Agreement:
    """One agreement of an award whose rows are prefetched."""
    found = next((one for one in award.agreements.all() if one.number == number), None)
    if found is None:
        raise Http404
    return found


@require_safe
def award(request: HttpRequest, reference: str) -> HttpResponse:
    return show(request, reference)


def show(request: HttpRequest, reference: str, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of an award; after a refusal the same page with its sentence."""
    one = seen_by(request, reference)
    agreement, payable = standing_agreement(one), still_payable(one)
    steps = next_steps(one)
    context = {
        "award": one,
        "fund": one.fund,
        "badge": award_badge(one),
        "steps": steps,
        "agreement": agreement,
        "agreement_badge": agreement_badge(agreement) if agreement else None,
        "agreements": list(one.agreements.all()),
        "agreement_actions": agreement_actions(one, agreement, viewer=request.user),
        "changes": amendments_table(one, Side.FUND),
        "cards": tranche_cards(one, viewer=request.user),
        "reports": reports_table(one.reports_due.all(), for_grantee=False),
        "budget": budget_table(one.budget_lines.all(), one.currency),
        "indicators": indicators_table(one.indicators.all()),
        "books": books_table(booked_lines(one, request.user), payable),
        "facts": award_facts(one, payable),
        "moments": timeline(one),
        "actions": award_actions(one, agreement, viewer=request.user),
        "refusal": refusal,
    }
    return render(request, "awards/award.html", context, status=refusal.status if refusal else OK)


def ask(request: HttpRequest, template: str, form: BaseForm, *, status: int = OK, **context: object) -> HttpResponse:
    """A page that asks for something first; 422 where what was typed does not fit."""
    if status == OK and form.is_bound and form.errors:
        status = UNPROCESSABLE
    return render(request, f"awards/{template}.html", context | {"form": form}, status=status)


def tried(form: BaseForm, act: Callable[[], object]) -> Refusal | None:
    """The sentence of a refusal stands at the box it names, or above the form."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return refusal
    return None
