"""What the clock asks of the calls. Deadlines are wall clocks, so they are worked out here and not in the database."""

from datetime import datetime
from itertools import groupby

from fundportal import clock
from grants.calls.models import Call, Stage
from grants.calls.states import FORECAST, OPEN


def open_stage(call: Call, at: datetime) -> Stage | None:
    """The stage in which an application that arrives at that moment is in time; asks nothing of the call's state."""
    return next((stage for stage in call.stages.order_by("number") if stage.accepts(at)), None)


def calls_due_to_close(at: datetime) -> list[int]:
    """The ids of open calls whose every stage is over, its grace included."""
    return [call_id for call_id, closes_at in _closings().items() if closes_at < at]


def next_opening_at() -> datetime | None:
    coming = Stage.objects.filter(call__state=FORECAST, opens_at__gt=clock.now()).order_by("opens_at")
    return coming.values_list("opens_at", flat=True).first()


def next_closing_at() -> datetime | None:
    now = clock.now()
    return min((closes_at for closes_at in _closings().values() if closes_at > now), default=None)


def _closings() -> dict[int, datetime]:
    """When the last stage of each open call closes."""
    stages = Stage.objects.filter(call__state=OPEN).order_by("call_id", "number")
    grouped = groupby(stages, key=lambda stage: stage.call_id)
    return {call_id: max(stage.closes_at for stage in its_stages) for call_id, its_stages in grouped}
