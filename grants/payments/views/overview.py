"""What waits in payments, and the fund's own accounts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.access import funds_where
from grants.payments.cards.runs import overview_actions
from grants.payments.forms.bank import AccountForm
from grants.payments.permissions import KEEP_ACCOUNTS, VIEW
from grants.payments.queries.bank_pages import to_verify
from grants.payments.queries.line_pages import unmatched_lines
from grants.payments.queries.run_pages import bank_accounts_of, free_tranches, money_in, run_page
from grants.payments.services.bank import keep_paying_account
from grants.payments.tables.bank import to_verify_table
from grants.payments.tables.lines import lines_table
from grants.payments.tables.runs import accounts_table, free_table, runs_table
from grants.payments.views.answers import posted, status_unless_done


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    person = request.user
    page, free = run_page(person, request.GET.get("page")), list(free_tranches(person))
    accounts = list(bank_accounts_of(person, VIEW))
    context = {
        "to_verify": to_verify_table(to_verify(person)),
        "free": free_table(free),
        "page": page,
        "runs": runs_table(page),
        "unmatched": lines_table(unmatched_lines(person), _("Lines nobody understands yet, oldest first")),
        "accounts": accounts_table(accounts, money_in(accounts), keepers=funds_where(person, KEEP_ACCOUNTS)),
        "actions": overview_actions(accounts, free, viewer=person),
    }
    return render(request, "payments/overview.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """The numbers that a payment file names. Those kept are shown by their last digits, and typed anew to change."""
    found = get_object_or_404(bank_accounts_of(request.user, KEEP_ACCOUNTS), pk=account_id)
    form = AccountForm(posted(request), initial={"currency": found.currency, "holder": found.fund.name})
    status = status_unless_done(form, lambda: keep_paying_account(found.pk, facts=form.facts, by=request.user))
    if status is None:
        messages.success(request, _("Kept. Files for the bank name this account from now on."))
        return redirect("payments:payments")
    kept = getattr(found, "paying_account", None)
    context = {"form": form, "account": found, "fund": found.fund, "kept": kept, "may_view": True}
    return render(request, "payments/account.html", context, status=status)
