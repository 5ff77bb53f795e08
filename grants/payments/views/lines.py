"""The bank's statements: looked through before they count, and each line understood by somebody."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.access import may
from fundportal.accounts.models import User
from grants.payments.cards.lines import line_chips
from grants.payments.forms.lines import ExplainForm, MatchForm, ReturnForm
from grants.payments.models import BankLine
from grants.payments.permissions import CONFIRM, IMPORT_LINES
from grants.payments.queries.line_pages import FILTERS, grant_named, line_counts, line_in_full, line_page, payments_like
from grants.payments.services.matching import explain_line, match_line, return_line
from grants.payments.states import LineKind
from grants.payments.tables.lines import line_facts, lines_table, match_badge, match_facts, match_of
from grants.payments.views.answers import OK, status_unless_done


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in FILTERS else ""
    page = line_page(request.user, wanted=wanted, number=request.GET.get("page"))
    context = {
        "page": page,
        "table": lines_table(page, _("Bank lines, newest first")),
        "chips": line_chips(line_counts(request.user), wanted),
        "is_narrowed": bool(wanted),
        "may_import": may(request.user, IMPORT_LINES),
    }
    return render(request, "payments/lines.html", context)


@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _visible(request, pk))


@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = MatchForm(request.POST, payments=list(payments_like(found, request.user)))
    status = status_unless_done(
        form, lambda: match_line(pk, instruction_id=form.cleaned_data["instruction"], by=request.user)
    )
    if status is not None:
        return _show(request, _visible(request, pk), match=form, status=status)
    messages.success(request, _("Understood, and booked."))
    return redirect("payments:line", pk)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    _visible(request, pk)
    form = ReturnForm(request.POST)
    status = status_unless_done(
        form, lambda: return_line(pk, reference=form.cleaned_data["reference"], by=request.user)
    )
    if status is not None:
        return _show(request, _visible(request, pk), unspent=form, status=status)
    messages.success(request, _("Understood, and booked. The purpose may grant it again."))
    return redirect("payments:line", pk)


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    form = ExplainForm(request.POST, line=found)
    status = status_unless_done(
        form,
        lambda: explain_line(pk, kind=_kind(found), purpose_id=form.cleaned_data["purpose"], by=request.user),
    )
    if status is not None:
        return _show(request, _visible(request, pk), explain=form, status=status)
    messages.success(request, _("Understood, and booked."))
    return redirect("payments:line", pk)


def _visible(request: HttpRequest, pk: int) -> BankLine:
    found = line_in_full(request.user, pk)
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    found: BankLine,
    *,
    match: MatchForm | None = None,
    explain: ExplainForm | None = None,
    unspent: ReturnForm | None = None,
    status: int = OK,
) -> HttpResponse:
    """Until it is understood, with the ways to say what it is."""
    known = match_of(found)
    is_open = known is None and may(request.user, CONFIRM, found.bank_account.fund)
    payments = list(payments_like(found, request.user)) if is_open else []
    context = {
        "line": found,
        "fund": found.bank_account.fund,
        "badge": match_badge(known),
        "facts": line_facts(found),
        "meaning": match_facts(known) if known else [],
        "is_open": is_open,
        "is_out": found.amount_minor < 0,
        "form": _bound(match, explain, unspent),
        "match": match or (MatchForm(payments=payments) if payments else None),
        "explain": explain or ExplainForm(line=found),
        "unspent": unspent or _unspent_form(found, request.user),
    }
    return render(request, "payments/line.html", context, status=status)


def _unspent_form(found: BankLine, person: User) -> ReturnForm | None:
    if found.amount_minor < 0:
        return None
    return ReturnForm(initial={"reference": grant_named(found, person)})


def _bound(*forms: Form | None) -> Form | None:
    """What was just sent, for the summary of what to put right."""
    return next((form for form in forms if form is not None), None)


def _kind(line: BankLine) -> str:
    return LineKind.CHARGE if line.amount_minor < 0 else LineKind.INTEREST
