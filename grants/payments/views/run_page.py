"""What every page of one run begins with."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.payments.cards.runs import (
    put_in,
    refused_by_the_bank,
    run_actions,
    run_table,
    run_warnings,
    taken_out,
)
from grants.payments.models import PaymentRun
from grants.payments.queries.run_pages import coverage_of, payable_from, run_in_full
from grants.payments.tables.runs import coverage_facts, run_badge, run_facts
from grants.payments.views.answers import OK


def visible(request: HttpRequest, pk: int) -> PaymentRun:
    found = run_in_full(request.user, pk)
    if found is None:
        raise Http404
    return found


def show(request: HttpRequest, pk: int, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a run; after a refusal the same page with its sentence."""
    run, person = visible(request, pk), request.user
    kept_away = conflicted_ids(person)
    payments = [one for one in run.instructions.all() if one.tranche.award.organisation_id not in kept_away]
    coverage = coverage_of(run)
    context = {
        "run": run,
        "fund": run.fund,
        "badge": run_badge(run),
        "table": run_table(payments, run),
        "hidden_lines": len(run.instructions.all()) - len(payments),
        "warnings": list(run_warnings(payments, coverage, run)),
        "money": coverage_facts(coverage),
        "facts": run_facts(run),
        "approvals": list(run.approvals.all()),
        "actions": run_actions(run, viewer=person),
        "taken_out": taken_out(run, payments, viewer=person),
        "put_in": put_in(run, payable_from(run.bank_account, person), viewer=person),
        "refused_by_the_bank": refused_by_the_bank(payments, run, viewer=person),
        "refusal": refusal,
    }
    return render(request, "payments/run.html", context, status=refusal.status if refusal else OK)
