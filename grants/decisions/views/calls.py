"""Where there is something to decide, and the panel's word on each application of a stage."""

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.access import may
from fundportal.lifecycle import why_not
from fundportal.organisations.queries import conflicted_ids
from fundportal.refusals import Refusal
from fundportal.templatetags.ledgers import Ledger
from grants.applications.models import Application
from grants.calls.models import Stage
from grants.decisions import services
from grants.decisions.cards import of_call
from grants.decisions.forms import AdviceForm
from grants.decisions.permissions import DROP_INVITATION, INVITE, PREPARE, RECOMMEND
from grants.decisions.queries.appeals import appeals_of
from grants.decisions.queries.feedback import feedback_on
from grants.decisions.queries.invitations import proposed_invitations
from grants.decisions.queries.lists import Ranked, call_page, calls_seen, ranking_page
from grants.decisions.tables import appeal_badge, calls_table, lists_table, ranking_table

OK, UNPROCESSABLE = 200, 422


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    page = call_page(request.user, request.GET.get("page"))
    return render(request, "decisions/decisions.html", {"page": page, "table": calls_table(page)})


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    return show_call(request, code)


def show_call(request: HttpRequest, code: str, *, refusal: Refusal | None = None) -> HttpResponse:
    found = get_object_or_404(calls_seen(request.user).select_related("fund", "purpose"), code=code)
    may_propose = may(request.user, RECOMMEND, found.fund)
    stages = [_by_rank(request, stage, may_propose=may_propose) for stage in found.stages.order_by("number")]
    context = {
        "call": found,
        "fund": found.fund,
        "stages": stages,
        "lists": lists_table(found.deliberations.order_by("-prepared_at", "-pk")),
        "may_prepare": may(request.user, PREPARE, found.fund),
        "appeals": [(one, appeal_badge(one)) for one in appeals_of(found, request.user)],
        "invitations": proposed_invitations(found, request.user),
        "may_invite": may(request.user, INVITE, found.fund),
        "may_drop": may(request.user, DROP_INVITATION, found.fund),
        "actions": list(of_call(found, request.user)),
        "refusal": refusal,
    }
    return render(request, "decisions/call.html", context, status=refusal.status if refusal else OK)


def _by_rank(request: HttpRequest, stage: Stage, *, may_propose: bool) -> tuple[Stage, Ledger, Page[Ranked]]:
    """Each stage turns its own pages."""
    page = ranking_page(stage, request.user, request.GET.get(f"page-{stage.number}"))
    return stage, ranking_table(page, may_propose=may_propose), page


@require_http_methods(["GET", "POST"])
def recommend(request: HttpRequest, reference: str) -> HttpResponse:
    application = of_the_panel(request, reference)
    form = AdviceForm(request.POST or None, call=application.stage.call)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            services.recommend(application.pk, advice=form.advice, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Kept. The body that decides reads it; the applicant does not yet."))
            return redirect("decisions:call", code=application.stage.call.code)
    context = {"application": application, "call": application.stage.call, "fund": application.fund, "form": form}
    context["feedback"] = feedback_on(application)
    context["may_be_invited"] = not why_not(application, "invite")
    return render(request, "decisions/recommend.html", context, status=status)


def of_the_panel(request: HttpRequest, reference: str) -> Application:
    known = Application.objects.received().filter(stage__call__in=calls_seen(request.user))
    kept_away = conflicted_ids(request.user)
    found = known.exclude(organisation__in=kept_away).select_related("stage__call__fund", "organisation")
    application = found.filter(reference=reference).first()
    if application is None:
        raise Http404
    return application
