from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from donations.stripe import services
from donations.stripe.models import Event, OutboundCall
from donations.stripe.queries import InboxHealth, inbox_health
from donations.stripe.states import EventState
from donations.stripe.tables import calls_table, event_badge, events_table
from donations.stripe.wording import event_words
from fundportal.access import may
from fundportal.funds.models import StripeAccount
from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from fundportal.templatetags.lists import Chip

ROWS = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """How the inbox does, and its messages."""
    seen = Event.objects.visible_to(request.user)
    health = inbox_health(seen, OutboundCall.objects.visible_to(request.user))
    state = request.GET.get("state", "")
    chosen = seen.filter(state=state) if state in EventState.values else seen
    page = Paginator(chosen.defer("payload").order_by("-received_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    context = {"health": health, "page": page, "table": events_table(page), "chips": _chips(health, state)}
    return render(request, "stripe/inbox.html", context)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    seen = OutboundCall.objects.visible_to(request.user).order_by("-asked_at", "-pk")
    page = Paginator(seen, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "table": calls_table(page), "without_outcome": seen.without_outcome().count()}
    return render(request, "stripe/calls.html", context)


@require_safe
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    return _page(request, event_id)


@require_POST
def retry(request: HttpRequest, event_id: int) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible_to(request.user), pk=event_id)
    try:
        services.retry_event(found.pk, by=request.user)
    except Refusal as refusal:
        return _page(request, event_id, refusal)
    messages.success(request, _("The message is tried again within a minute."))
    return redirect("stripe:event", event_id=event_id)


def _page(request: HttpRequest, event_id: int, refusal: Refusal | None = None) -> HttpResponse:
    found = get_object_or_404(Event.objects.visible_to(request.user).defer("payload"), pk=event_id)
    account = StripeAccount.objects.filter(account_id=found.account).select_related("fund").first()
    fund = account.fund if account else None
    context = {
        "event": found,
        "words": event_words(found.type),
        "badge": event_badge(found),
        "may_retry": may(request.user, "stripe.retry", fund=fund) and not why_not(found, "retry"),
        "refusal": refusal,
    }
    return render(request, "stripe/event.html", context, status=refusal.status if refusal else 200)


def _chips(health: InboxHealth, state: str) -> list[Chip]:
    address = reverse("stripe:inbox")
    every = Chip(_("All"), address, sum(health.counts.values()), is_current=state not in EventState.values)
    return [every] + [
        Chip(each.label, f"{address}?state={each.value}", health.counts[each], is_current=state == each)
        for each in EventState
        if health.counts[each] or state == each
    ]
