"""Messages and requests as ledgers: what stands in which column, and in which words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from donations.stripe.models import Event, OutboundCall
from donations.stripe.states import CallState, EventState
from donations.stripe.wording import call_words, event_words
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_hour

EVENT_KINDS = {
    EventState.RECEIVED: "wait",
    EventState.DONE: "ok",
    EventState.IGNORED: "mute",
    EventState.FAILED: "stop",
}
CALL_KINDS = {
    CallState.ASKED: "wait",
    CallState.UNKNOWN: "wait",
    CallState.ANSWERED: "ok",
    CallState.REFUSED: "stop",
}


def events_table(events: Iterable[Event]) -> Ledger:
    columns = [Column(_("What happened")), Column(_("Subject")), Column(_("Where it stands")), Column(_("Received"))]
    rows = [
        [
            Cell(event_words(event.type), url=reverse("stripe:event", args=[event.pk]), detail=event.type),
            Cell(event.object_id),
            Cell(event_badge(event)),
            Cell(local_day(event.received_at), detail=local_hour(event.received_at)),
        ]
        for event in events
    ]
    return Ledger(_("Messages from Stripe, newest first"), columns, rows, has_hidden_caption=True)


def calls_table(calls: Iterable[OutboundCall]) -> Ledger:
    columns = [
        Column(_("What we asked")),
        Column(_("What came of it")),
        Column(_("Where it stands")),
        Column(_("Asked")),
    ]
    rows = [
        [
            Cell(call_words(call.op), detail=call.key),
            Cell(call.object_id or call.error),
            Cell(Badge(call.get_state_display(), CALL_KINDS[CallState(call.state)])),
            Cell(local_day(call.asked_at), detail=local_hour(call.asked_at)),
        ]
        for call in calls
    ]
    return Ledger(_("Requests to Stripe, newest first"), columns, rows, has_hidden_caption=True)


def event_badge(event: Event) -> Badge:
    return Badge(event.get_state_display(), EVENT_KINDS[EventState(event.state)])
