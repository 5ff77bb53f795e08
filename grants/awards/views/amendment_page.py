"""What both sides' pages of a change have in common."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from grants.awards import services
from grants.awards.amendment_tables import amendment_facts, terms_table, waits_for_signatures
from grants.awards.badges import amendment_badge
from grants.awards.forms.amending import AmendmentForm
from grants.awards.models import Amendment, Award
from grants.awards.services.terms_changed import terms_of
from grants.awards.states import Side
from grants.awards.views.page import ask, tried

CONFLICT = 409


def numbered_amendment(award: Award, number: int, side: str) -> Amendment:
    found = award.amendments.select_related("agreement", "proposed_by").filter(number=number).first()
    if found is None or not found.is_open_to(side):
        raise Http404
    found.award = award
    return found


def amendment_context(amendment: Amendment, side: str) -> dict[str, Any]:
    return {
        "award": amendment.award,
        "fund": amendment.award.fund,
        "amendment": amendment,
        "badge": amendment_badge(amendment),
        "terms": terms_table(terms_of(amendment)),
        "facts": amendment_facts(amendment, is_office=side == Side.FUND),
        "to_sign": waits_for_signatures(amendment),
    }


def write_new(request: HttpRequest, award: Award, side: str, *, template: str, onward: str) -> HttpResponse:
    form = AmendmentForm(request.POST or None, award=award)
    context = {"award": award, "fund": award.fund}
    if not form.is_valid():
        return ask(request, template, form, **context)
    facts = {"side": side, "reason": form.cleaned_data["reason"], "changes": form.changes, "by": request.user}
    made: list[Amendment] = []
    if refusal := tried(form, lambda: made.append(services.propose_amendment(award.pk, **facts))):
        return ask(request, template, form, status=refusal.status, **context)
    return _kept(request, onward, made[0])


def rewrite(request: HttpRequest, amendment: Amendment, *, template: str, onward: str) -> HttpResponse:
    award = amendment.award
    held = {"reason": amendment.reason, "version": amendment.version}
    form = AmendmentForm(request.POST or None, award=award, drafted=terms_of(amendment), initial=held)
    context = {"award": award, "fund": award.fund, "amendment": amendment}
    if not form.is_valid():
        return ask(request, template, form, **context)
    facts = {"reason": form.cleaned_data["reason"], "changes": form.changes, "by": request.user}
    act = partial(services.rewrite_amendment, amendment.pk, version=form.cleaned_data["version"] or 0, **facts)
    if refusal := _tried_upon(form, amendment, act):
        return ask(request, template, form, status=refusal, **context)
    return _kept(request, onward, amendment)


def _tried_upon(form: AmendmentForm, amendment: Amendment, act: Callable[[], object]) -> int:
    """The status of a refusal, 0 for none; after a stale save the next one is made upon what stands now."""
    refusal = tried(form, act)
    if refusal is None:
        return 0
    if refusal.status == CONFLICT:
        form.data = form.data.copy()
        form.data["version"] = str(amendment.version)
    return refusal.status


def _kept(request: HttpRequest, onward: str, amendment: Amendment) -> HttpResponse:
    messages.success(request, _("Kept as a draft. Read it once more, then send it."))
    return redirect(onward, reference=amendment.award.reference, number=amendment.number)
