"""A payment run: put together, approved by two, given to the bank, settled by the statement."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal import clock
from fundportal.refusals import Refusal
from grants.awards.models import Award, Tranche
from grants.payments.forms.bank import ReasonForm
from grants.payments.forms.runs import RunForm
from grants.payments.models import Instruction, PaymentRun
from grants.payments.permissions import MAKE_RUN
from grants.payments.queries.run_pages import bank_accounts_of, payable_from
from grants.payments.services import confirming, exporting, runs
from grants.payments.views.answers import posted, refused_by, status_unless_done
from grants.payments.views.run_page import show, visible


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, account_id: int) -> HttpResponse:
    account = get_object_or_404(bank_accounts_of(request.user, MAKE_RUN), pk=account_id)
    free = list(payable_from(account, request.user))
    form = RunForm(posted(request), tranches=free, today=clock.today(account.fund.time_zone))
    made: list[PaymentRun] = []

    def act() -> None:
        facts = {"pay_on": form.cleaned_data["pay_on"], "tranche_ids": form.cleaned_data["tranches"]}
        made.append(runs.draft_run(account.pk, **facts, by=request.user))

    status = status_unless_done(form, act)
    if status is None:
        messages.success(request, _("Drafted. Two people approve it now, neither of them you."))
        return redirect("payments:run", made[0].pk)
    context = {"form": form, "account": account, "fund": account.fund, "may_view": True}
    return render(request, "payments/run_draft.html", context, status=status)


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, pk)


@require_POST
def add(request: HttpRequest, pk: int, tranche_id: int) -> HttpResponse:
    run = visible(request, pk)
    known = Tranche.objects.filter(award__in=Award.objects.of_office(request.user), award__fund=run.fund_id)
    tranche = get_object_or_404(known, pk=tranche_id)
    return _press(
        request,
        pk,
        lambda: runs.add_instruction(pk, tranche_id=tranche.pk, by=request.user),
        _("Added. Whoever approved this run before looks at it again."),
    )


@require_POST
def remove(request: HttpRequest, pk: int, instruction_id: int) -> HttpResponse:
    """A second press finds it gone and says so; what a conflict keeps away is not there."""
    if Instruction.objects.filter(run=pk, pk=instruction_id).exists():
        _payment(request, pk, instruction_id)
    return _press(
        request,
        pk,
        lambda: runs.remove_instruction(pk, instruction_id=instruction_id, by=request.user),
        _("Taken out. Whoever approved this run before looks at it again."),
    )


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _press(request, pk, lambda: runs.approve_run(pk, by=request.user), _("You approved it."))


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("The file is made and the money stands in the books as on its way. Give the file to the bank now.")
    return _press(request, pk, lambda: exporting.export_run(pk, by=request.user), done)


@never_cache
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as a download. It names whole accounts, so the service records who read it."""
    visible(request, pk)
    try:
        kept = exporting.read_payment_file(pk, by=request.user)
    except Refusal as refusal:
        return show(request, pk, refusal=refusal)
    response = HttpResponse(bytes(kept.content), content_type="application/xml")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = visible(request, pk), ReasonForm(posted(request))
    status = status_unless_done(form, lambda: runs.cancel_run(pk, reason=form.cleaned_data["reason"], by=request.user))
    if status is not None:
        context = {"form": form, "run": found, "fund": found.fund, "may_view": True}
        return render(request, "payments/run_cancel.html", context, status=status)
    messages.success(request, _("Cancelled. Its payments may go out with another run."))
    return redirect("payments:run", pk)


@require_http_methods(["GET", "POST"])
def fail(request: HttpRequest, pk: int, instruction_id: int) -> HttpResponse:
    payment, form = _payment(request, pk, instruction_id), ReasonForm(posted(request))
    status = status_unless_done(
        form, lambda: confirming.fail_instruction(payment.pk, reason=form.cleaned_data["reason"], by=request.user)
    )
    if status is not None:
        context = {"form": form, "run": payment.run, "payment": payment, "fund": payment.run.fund, "may_view": True}
        return render(request, "payments/payment_fail.html", context, status=status)
    messages.success(request, _("Noted. The money never left, and the grantee may ask for the payment again."))
    return redirect("payments:run", pk)


def _press(request: HttpRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    visible(request, pk)
    if refusal := refused_by(act):
        return show(request, pk, refusal=refusal)
    messages.success(request, done)
    return redirect("payments:run", pk)


def _payment(request: HttpRequest, pk: int, instruction_id: int) -> Instruction:
    """Not those of an organisation this person keeps away from."""
    seen = Instruction.objects.visible_to(request.user).select_related("run__fund", "tranche__award__organisation")
    found = seen.filter(run=pk, pk=instruction_id).first()
    if found is None:
        raise Http404
    return found
