"""The office's lists: every award, and what is approved and waits for an offer."""

from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fundportal.access import funds_where, may
from fundportal.templatetags.lists import Chip, state_chip
from grants.awards.forms import FilterForm
from grants.awards.models import Award
from grants.awards.permissions import OFFER, SIGN
from grants.awards.queries.lists import (
    AwardFilter,
    StateCounts,
    approved_without_offer,
    award_page,
    calls_of,
    funds_of,
    state_counts,
    waiting_page,
)
from grants.awards.states import AwardState
from grants.awards.tables import awards_table, waiting_table


@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    seen = Award.objects.of_office(request.user)
    form = FilterForm(request.GET, funds=funds_of(seen), calls=calls_of(seen))
    wanted = form.wanted
    page = award_page(seen, wanted=wanted, number=request.GET.get("page"))
    context = {
        "search": form,
        "page": page,
        "table": awards_table(page),
        "waiting": approved_without_offer(request.user).count(),
        "may_write_texts": may(request.user, SIGN),
        "chips": _chips(state_counts(seen, wanted=wanted), request.GET, wanted),
        "is_narrowed": not wanted.is_empty,
    }
    return render(request, "awards/office_list.html", context)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    page = waiting_page(request.user, request.GET.get("page"))
    table = waiting_table(page, may_offer=funds_where(request.user, OFFER))
    return render(request, "awards/waiting.html", {"page": page, "table": table})


def _chips(counts: StateCounts, query: QueryDict, wanted: AwardFilter) -> list[Chip]:
    """All, and each state that any award stands at; the other filters stay on."""
    chip = partial(state_chip, query, wanted.state)
    known = [chip(state.label, counts.of[state], state.value) for state in AwardState if counts.of.get(state)]
    return [chip(_("All"), counts.total), *known]
