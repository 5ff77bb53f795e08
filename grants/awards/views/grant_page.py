"""What every page of one grant begins with, for the people who work for its grantee."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.money import Money
from fundportal.organisations.queries import may_sign
from fundportal.refusals import Refusal
from grants.awards.agreement_tables import agreement_facts
from grants.awards.amendment_tables import amendments_table
from grants.awards.badges import agreement_badge, award_badge
from grants.awards.cards import may_sign_now, tranche_card
from grants.awards.forms import ChangeForm, SignForm
from grants.awards.models import Agreement, Award, Tranche
from grants.awards.next_steps import next_steps
from grants.awards.onward import accept_url, bank_url
from grants.awards.queries.pages import award_in_full, standing_agreement
from grants.awards.queries.timeline import told_timeline
from grants.awards.states import PAID, RUNNING, AgreementState, AwardState, Side, TrancheState
from grants.awards.tables import budget_table, grant_facts, indicators_table, reports_table
from grants.awards.views.page import OK, UNPROCESSABLE, numbered
from grants.calls.cards import Action


def held(request: HttpRequest, reference: str) -> Award:
    """One of an organisation that this person works for; every other does not exist."""
    found = award_in_full(Award.objects.of_grantee(request.user), reference)
    if found is None:
        raise Http404
    return found


def show_grant(request: HttpRequest, reference: str, *, refusal: Refusal | None = None) -> HttpResponse:
    award = held(request, reference)
    signs = may_sign(request.user, award.organisation)
    agreement = standing_agreement(award, with_drafts=False)
    is_signed = agreement is not None and agreement.state == AgreementState.EXECUTED
    context = _frame(award) | {
        "steps": next_steps(award),
        "signs": signs,
        "agreement": agreement,
        "agreement_badge": agreement_badge(agreement) if agreement else None,
        "changes": amendments_table(award, Side.GRANTEE),
        "may_amend": award.state in RUNNING,
        "cards": [tranche_card(one, actions=_payment_actions(one, signs=signs)) for one in award.tranches.all()],
        "reports": reports_table(award.reports_due.all(), for_grantee=True),
        "budget": budget_table(award.budget_lines.all(), award.currency),
        "indicators": indicators_table(award.indicators.all()),
        "moments": told_timeline(award),
        "may_accept": award.state == AwardState.OFFERED and is_signed and signs,
        "accept_url": accept_url(award),
        "bank_url": bank_url(award),
        "may_decline": award.state == AwardState.OFFERED and signs,
        "refusal": refusal,
    }
    return render(request, "awards/grant.html", context, status=refusal.status if refusal else OK)


def show_agreement(
    request: HttpRequest, reference: str, number: int, *, refusal: Refusal | None = None, **typed: BaseForm
) -> HttpResponse:
    """The text, and whatever this person may do with it now; after a refusal with what was typed."""
    context = agreement_context(request, reference, number)
    award, one = context["award"], context["agreement"]
    signs = may_sign(request.user, award.organisation)
    is_read = one.state == AgreementState.GRANTEE_REVIEW
    forms = {"change_form": ChangeForm(), "sign_form": SignForm()} | typed
    faulty = next((form for form in typed.values() if form.errors), None)
    context |= forms | {
        "signs": signs,
        "may_approve": is_read and signs,
        "may_ask": is_read,
        "may_sign": may_sign_now(one, Side.GRANTEE) and signs,
        "waits_for_signature": may_sign_now(one, Side.GRANTEE),
        "refusal": refusal if faulty is None else None,
        "form": faulty,
    }
    status = refusal.status if refusal else UNPROCESSABLE if faulty else OK
    return render(request, "awards/my_agreement.html", context, status=status)


def agreement_context(request: HttpRequest, reference: str, number: int) -> dict[str, Any]:
    award = held(request, reference)
    one = _readable(numbered(award, number))
    if one is None:
        raise Http404
    badge, facts = agreement_badge(one), agreement_facts(one, award.fund.time_zone)
    return _frame(award) | {"agreement": one, "badge": badge, "agreement_facts": facts}


def _frame(award: Award) -> dict[str, Any]:
    sums = [one.amount for one in award.tranches.all() if one.state in PAID]
    paid = sum(sums, Money.zero(award.currency))
    return {
        "award": award,
        "fund": award.fund,
        "badge": award_badge(award),
        "paid": paid,
        "facts": grant_facts(award, paid),
    }


def _readable(agreement: Agreement | None) -> Agreement | None:
    """What is still being written at the fund's desk is nobody else's to read."""
    return None if agreement is None or agreement.state == AgreementState.DRAFTING else agreement


def _payment_actions(tranche: Tranche, *, signs: bool) -> list[Action]:
    if tranche.state != TrancheState.READY or not signs:
        return []
    url = reverse("my_grants:request_payment", args=[tranche.award.reference, tranche.number])
    return [Action(_("Ask for this payment"), url)]
