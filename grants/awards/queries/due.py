"""What the clock has to do with awards, and when it will next have something to do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from fundportal import clock
from grants.awards.models import Award, Condition, Tranche
from grants.awards.states import BACK_FROM_THE_BANK, AwardState, ConditionKind, TrancheState

A_DAY = timedelta(days=1)


def awards_that_may_lapse(now: datetime) -> QuerySet[Award]:
    """Roughly: zones differ by a day at most, and the guard looks at the day of the fund."""
    latest = now.astimezone(UTC).date() + A_DAY
    return Award.objects.filter(state=AwardState.OFFERED, respond_by__lt=latest).order_by("pk")


def tranches_that_may_be_ready(now: datetime) -> QuerySet[Tranche]:
    latest = now.astimezone(UTC).date() + A_DAY
    day_has_come = Q(kind=ConditionKind.DATE, due_on__lte=latest)
    undone = Condition.objects.filter(tranche=OuterRef("pk"), met_at__isnull=True, waived_at__isnull=True)
    waiting = Tranche.objects.filter(state=TrancheState.PLANNED, award__state=AwardState.ACTIVE, planned_on__lte=latest)
    return waiting.exclude(Exists(undone.exclude(day_has_come))).order_by("pk")


def tranches_that_came_back() -> QuerySet[Tranche]:
    """Of awards under way: what the bank sent back while they rested."""
    back = Tranche.objects.filter(state__in=BACK_FROM_THE_BANK, award__state=AwardState.ACTIVE)
    return back.order_by("pk")


def next_lapse_at() -> datetime | None:
    """The midnight after the last day to answer, in the zone of each fund."""
    offered = Award.objects.filter(state=AwardState.OFFERED).order_by()
    rows = offered.values_list("fund__time_zone").annotate(Min("respond_by"))
    return min((_midnight(day + A_DAY, zone) for zone, day in rows), default=None)


def next_payment_at() -> datetime | None:
    """The first midnight of a day from which a planned payment may be asked for."""
    return min(_payment_days(), default=None)


def _payment_days() -> Iterator[datetime]:
    now = clock.now()
    planned = Tranche.objects.filter(state=TrancheState.PLANNED, award__state=AwardState.ACTIVE).order_by()
    today = now.astimezone(UTC).date() - A_DAY
    days = planned.filter(planned_on__gt=today).values_list("award__fund__time_zone").annotate(Min("planned_on"))
    waits = Condition.objects.filter(
        tranche__in=planned.values("pk"), kind=ConditionKind.DATE, due_on__gt=today, waived_at__isnull=True
    )
    later = waits.order_by().values_list("tranche__award__fund__time_zone").annotate(Min("due_on"))
    for zone, day in [*days, *later]:
        moment = _midnight(day, zone)
        if moment > now:
            yield moment


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))
