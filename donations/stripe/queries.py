"""The inbox's health and what its screens show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import ngettext

from donations.stripe.models import Event, OutboundCall
from donations.stripe.states import EventState
from fundportal import clock
from fundportal.access import may
from fundportal.waiting import Waiting

LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class InboxHealth:
    """`waiting_since` is when the oldest message that is not applied yet came in."""

    counts: dict[str, int]
    waiting_since: datetime | None
    calls_without_outcome: int

    @property
    def failed(self) -> int:
        return self.counts[EventState.FAILED]

    @property
    def waiting(self) -> int:
        return self.counts[EventState.RECEIVED]

    @property
    def is_late(self) -> bool:
        """The alarm: a message has waited for more than five minutes."""
        return self.waiting_since is not None and clock.now() - self.waiting_since > LATE

    @property
    def is_well(self) -> bool:
        return not self.is_late and not self.failed


def inbox_health(events: Any = None, calls: Any = None) -> InboxHealth:
    """Of everything, or of what a person may see."""
    events = Event.objects.all() if events is None else events
    calls = OutboundCall.objects.all() if calls is None else calls
    counts = dict.fromkeys(EventState.values, 0)
    counts |= dict(events.order_by().values_list("state").annotate(number=Count("pk")))
    oldest = events.unprocessed().aggregate(at=Min("received_at"))["at"]
    return InboxHealth(counts, oldest, calls.without_outcome().count())


def failed_messages(user: Any) -> Iterator[Waiting]:
    """For the desk of whoever may try again."""
    if not may(user, "stripe.retry"):
        return
    count = Event.objects.visible_to(user).failed().count()
    if count:
        sentence = ngettext(
            "%(count)s message from Stripe could not be applied.",
            "%(count)s messages from Stripe could not be applied.",
            count,
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('stripe:inbox')}?state=failed", count)
