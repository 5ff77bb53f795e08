"""The database agrees with the machine: a state that has a date has it, and no earlier state does."""

from django.db import models
from django.db.models import Q

from grants.calls.states import (
    ANNOUNCED,
    ARCHIVED,
    ASSESSING,
    CANCELLED,
    DECIDED,
    ONCE_CLOSED,
    ONCE_OPEN,
    CallState,
)


def dated(states: tuple[str, ...], column: str, name: str) -> models.CheckConstraint:
    """The column holds a date in these states and none in others; a cancelled call keeps what it had."""
    others = [state for state in CallState if state not in {*states, CANCELLED}]
    condition = (
        Q(state__in=states, **{f"{column}__isnull": False})
        | Q(state__in=others, **{f"{column}__isnull": True})
        | Q(state=CANCELLED)
    )
    return models.CheckConstraint(condition=condition, name=name)


ASSESSED = (ASSESSING, DECIDED, ARCHIVED)
DATES_OF_A_CALL = (
    dated(ANNOUNCED, "published_at", "a_call_is_announced_exactly_when_it_says_since_when"),
    dated(ONCE_OPEN, "opened_at", "a_call_was_opened_exactly_when_it_says_when"),
    dated(ONCE_CLOSED, "closed_at", "a_call_was_closed_exactly_when_it_says_when"),
    dated(
        (ASSESSING, DECIDED, ARCHIVED), "assessment_started_at", "a_call_is_assessed_exactly_when_it_says_since_when"
    ),
    dated((DECIDED, ARCHIVED), "decided_at", "a_call_is_decided_exactly_when_it_says_since_when"),
    dated((ARCHIVED,), "archived_at", "a_call_is_archived_exactly_when_it_says_since_when"),
    models.CheckConstraint(
        condition=Q(state=CANCELLED, cancelled_at__isnull=False) | (~Q(state=CANCELLED) & Q(cancelled_at__isnull=True)),
        name="a_call_is_cancelled_exactly_when_it_says_since_when",
    ),
)
