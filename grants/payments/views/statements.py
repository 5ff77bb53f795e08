"""A statement is read in two steps: what it would do is shown first, and nothing is lost on the way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from grants.payments.cards.lines import faults_sentence, import_sentence, imported_sentence, new_lines
from grants.payments.forms.statement import StatementForm
from grants.payments.permissions import IMPORT_LINES
from grants.payments.queries.run_pages import bank_accounts_of
from grants.payments.services.lines import Preview, import_lines, preview_lines
from grants.payments.tables.lines import column_facts, faults_table, preview_table
from grants.payments.views.answers import OK, UNPROCESSABLE, posted


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _ask(request, form)
    return _preview(request, form)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _ask(request, form)
    held = form.cleaned_data
    name = held["name"] or _("Put in by hand")
    try:
        done = import_lines(held["bank_account"].pk, text=held["text"], name=name, by=request.user)
    except Refusal as refusal:
        return _preview(request, form, refusal=refusal)
    messages.success(request, imported_sentence(done))
    return redirect("payments:lines")


def _form(request: HttpRequest) -> StatementForm:
    accounts = bank_accounts_of(request.user, IMPORT_LINES)
    only = accounts.first() if len(accounts) == 1 else None
    initial = {"bank_account": only}
    return StatementForm(posted(request), request.FILES or None, accounts=accounts, initial=initial)


def _ask(request: HttpRequest, form: StatementForm, preview: Preview | None = None) -> HttpResponse:
    errors = preview.errors if preview else []
    if errors:
        form.add_error("text", faults_sentence(errors))
    context = {"form": form, "faults": faults_table(errors), "columns": column_facts()}
    return render(request, "payments/lines_read.html", context, status=UNPROCESSABLE if form.is_bound else OK)


def _preview(request: HttpRequest, form: StatementForm, refusal: Refusal | None = None) -> HttpResponse:
    account = form.cleaned_data["bank_account"]
    preview = preview_lines(account.pk, text=form.cleaned_data["text"], by=request.user)
    if preview.errors:
        return _ask(request, form, preview)
    count = new_lines(preview.lines)
    context = {
        "form": form,
        "account": account,
        "fund": account.fund,
        "refusal": refusal,
        "summary": import_sentence(preview.lines),
        "table": preview_table(preview.lines, kept_away=conflicted_ids(request.user)),
        "label": ngettext("Read %(count)s line in", "Read %(count)s lines in", count) % {"count": count},
        "reason": "" if count else _("Every line was read in before."),
    }
    return render(request, "payments/lines_preview.html", context, status=refusal.status if refusal else OK)
