"""A closed call opens again: proposed on its page, agreed to or dropped there by a second person."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.access import may
from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from grants.calls.deadlines import in_words, instant, wall_clock
from grants.calls.models import Call
from grants.calls.queries import call_in_full
from grants.reviews import services
from grants.reviews.forms import ReopenForm
from grants.reviews.permissions import REOPEN
from grants.reviews.queries.reopening import has_visible_review, proposed_reopening
from grants.reviews.views.panels import OK, UNPROCESSABLE


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    form = ReopenForm(request.POST or None)
    if not form.is_valid():
        return _show(request, call, form=form)
    try:
        services.propose_reopening(call.pk, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _show(request, call, form=form, status=refusal.status)
    messages.success(request, _("Proposed. A second person decides; nobody outside hears of it until then."))
    return redirect("office_reviews:reopen", code=code)


@require_POST
def agree(request: HttpRequest, code: str) -> HttpResponse:
    return _settle(request, code, services.reopen, _("Open again. Its page says until when and why."))


@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    return _settle(request, code, services.drop_reopening, _("Dropped. The call stays closed."))


def _settle(request: HttpRequest, code: str, service: Callable[..., object], done: str) -> HttpResponse:
    call = _call(request, code)
    try:
        service(call.pk, by=request.user)
    except Refusal as refusal:
        return _show(request, call, refusal=refusal)
    messages.success(request, done)
    return redirect("calls:call", code=code)


def _show(
    request: HttpRequest,
    call: Call,
    *,
    form: ReopenForm | None = None,
    refusal: Refusal | None = None,
    status: int = OK,
) -> HttpResponse:
    last = list(call.stages.all())[-1]
    proposal = proposed_reopening(call)
    asked = instant(wall_clock(proposal.deadline_wall), last.zone) if proposal else None
    is_mine = proposal is not None and proposal.proposed_by_id == request.user.pk
    context = {
        "call": call,
        "fund": call.fund,
        "stage": last,
        "form": form or ReopenForm(),
        "proposal": proposal,
        "asked_for": in_words(asked, last.zone) if asked else "",
        "may_agree": not is_mine and may(request.user, REOPEN, call.fund),
        "may_open": not why_not(call, "reopen") and not has_visible_review(call),
        "refusal": refusal,
    }
    faulty = form is not None and form.is_bound and status == OK
    status = refusal.status if refusal else UNPROCESSABLE if faulty else status
    return render(request, "reviews/reopen.html", context, status=status)


def _call(request: HttpRequest, code: str) -> Call:
    found = call_in_full(Call.objects.visible_to(request.user), code)
    if found is None or not found.stages.all():
        raise Http404
    return found
