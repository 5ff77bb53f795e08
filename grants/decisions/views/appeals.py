"""The office's page of an appeal: answered by one, agreed to by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.access import may
from fundportal.refusals import Refusal
from grants.decisions import services
from grants.decisions.forms import AnswerForm
from grants.decisions.models import Appeal
from grants.decisions.permissions import ANSWER
from grants.decisions.states import AppealState
from grants.decisions.tables import appeal_badge, appeal_facts
from grants.decisions.views.page import OK, ask
from grants.decisions.views.preparing import tried


@require_safe
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    _seen(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, pk, form=form)
    if refusal := tried(form, lambda: services.answer_appeal(pk, **form.cleaned_data, by=request.user)):
        return _show(request, pk, form=form, status=refusal.status)
    messages.success(request, _("Kept. The applicant hears nothing until a second person agrees."))
    return redirect("decisions:appeal", pk=pk)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    _seen(request, pk)
    try:
        services.agree_appeal(pk, by=request.user)
    except Refusal as refusal:
        return _show(request, pk, refusal=refusal)
    messages.success(request, _("Settled. The applicant has a letter."))
    return redirect("decisions:appeal", pk=pk)


def _show(
    request: HttpRequest,
    pk: int,
    *,
    form: AnswerForm | None = None,
    refusal: Refusal | None = None,
    status: int = OK,
) -> HttpResponse:
    one = _seen(request, pk)
    fund, is_open = one.application.fund, one.state == AppealState.FILED
    may_answer = is_open and may(request.user, ANSWER, fund)
    context = {
        "appeal": one,
        "application": one.application,
        "call": one.application.stage.call,
        "fund": fund,
        "badge": appeal_badge(one),
        "facts": appeal_facts(one),
        "may_answer": may_answer,
        "may_agree": may_answer and one.answered_by_id not in {None, request.user.pk},
        "refusal": refusal,
    }
    status = refusal.status if refusal else status
    return ask(request, "appeal", form or AnswerForm(), status=status, **context)


def _seen(request: HttpRequest, pk: int) -> Appeal:
    found = Appeal.objects.visible_to(request.user).select_related(
        "application__stage__call__fund", "application__organisation", "decision__deliberation",
        "filed_by", "answered_by", "agreed_by",
    )  # fmt: skip
    return get_object_or_404(found, pk=pk)
