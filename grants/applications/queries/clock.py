"""What the clock asks of applications. Deadlines are wall clocks, so they are worked out here."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from fundportal import clock
from grants.applications.models import Application, Census
from grants.applications.states import ApplicationState
from grants.calls.models import Stage
from grants.calls.states import CallState


def stages_to_count(at: datetime) -> list[int]:
    """Stages of calls that were opened, over at that moment and not counted since they were."""
    return [stage.pk for stage in _opened_stages() if stage.is_over(at) and fresh_census(stage) is None]


def fresh_census(stage: Stage) -> Census | None:
    """The count made after the deadline as it stands now; one from before an extension does not hold."""
    taken = stage.censuses.order_by("-taken_at").first()
    return taken if taken and taken.taken_at > stage.closes_at else None


def drafts_left(stage: Stage) -> list[int]:
    return _ids(stage, ApplicationState.DRAFT)


def being_written(stage_id: int) -> list[int]:
    """Drafts, and those that were withdrawn as drafts and may come back; never what was sent once."""
    unsent = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.WITHDRAWN, resumes_to=ApplicationState.DRAFT)
    return list(Application.objects.filter(unsent, stage=stage_id).order_by("reference").values_list("pk", flat=True))


def with_an_open_text(stage_id: int) -> QuerySet[Application]:
    """Whose writers have something to send before the deadline: drafts, and received ones opened again."""
    opened = Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.SUBMITTED, unlocked_at__isnull=False)
    found = Application.objects.filter(opened, stage=stage_id).select_related("stage__call__fund", "organisation")
    return found.order_by("reference")


def received_unscreened(stage: Stage) -> list[int]:
    return _ids(stage, ApplicationState.SUBMITTED)


def next_count_at(pause: timedelta) -> datetime | None:
    """When the next stage is counted: `pause` after it closes."""
    moments = (stage.closes_at + pause for stage in _opened_stages())
    return min((moment for moment in moments if moment > clock.now()), default=None)


def _opened_stages() -> Iterator[Stage]:
    return Stage.objects.filter(call__state__in=(CallState.OPEN, CallState.CLOSED)).order_by("pk").iterator()


def _ids(stage: Stage, state: str) -> list[int]:
    found = Application.objects.filter(stage=stage, state=state).order_by("reference")
    return list(found.values_list("pk", flat=True))
