"""What the clock asks of reports. Days are those of the fund's zone, so they are worked out here."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet

from fundportal import clock
from grants.awards.models import Award, ReportDue
from grants.awards.states import RUNNING, ReportState
from grants.reports.states import MONEY_WAITS_AFTER, REMINDER_DAYS

ZONE = "award__fund__time_zone"


def mark_reached(due_on: date, today: date) -> int | None:
    """The last reminder whose day has come, None before the first."""
    reached = [days for days in REMINDER_DAYS if due_on + timedelta(days=days) <= today]
    return max(reached, default=None)


def reports_to_open() -> list[int]:
    """Of running awards, whose first day to write has come."""
    planned = ReportDue.objects.filter(state=ReportState.SCHEDULED, award__state__in=RUNNING)
    return [one.pk for one in _with_fund(planned) if one.opens_on <= _today(one)]


def reports_to_remind() -> list[int]:
    """Never sent, with a reminder whose day has come and that nobody wrote."""
    return [one.pk for one in _open_reports() if _is_behind(one)]


def very_late_reports(award: Award, today: date) -> QuerySet[ReportDue]:
    """Those for which money waits."""
    limit = today - timedelta(days=MONEY_WAITS_AFTER)
    return ReportDue.objects.filter(award=award, state=ReportState.OPEN, due_on__lte=limit)


def next_moment() -> datetime | None:
    """When the next report opens, or the next reminder goes out. Reads days, however many reports share them."""
    now = clock.now()
    return min((moment for moment in _moments() if moment > now), default=None)


def _moments() -> Iterator[datetime]:
    running = ReportDue.objects.filter(award__state__in=RUNNING).order_by()
    today = clock.today("UTC")  # the day before it may still be today somewhere, but no longer to come
    planned = running.filter(state=ReportState.SCHEDULED, period_ends_on__gte=today, due_on__gte=today)
    for ends_on, due_on, zone in planned.values_list("period_ends_on", "due_on", ZONE).distinct():
        yield _beginning_of(ReportDue(period_ends_on=ends_on, due_on=due_on).opens_on, zone)
    written = running.filter(state=ReportState.OPEN, due_on__gte=today - timedelta(days=max(REMINDER_DAYS)))
    for due_on, zone in written.values_list("due_on", ZONE).distinct():
        for days in REMINDER_DAYS:
            yield _beginning_of(due_on + timedelta(days=days), zone)


def _open_reports() -> QuerySet[ReportDue]:
    written = ReportDue.objects.filter(state=ReportState.OPEN, award__state__in=RUNNING)
    return _with_fund(written).annotate(reminded=Max("reminders__days"))


def _with_fund(reports: QuerySet[ReportDue]) -> QuerySet[ReportDue]:
    return reports.select_related("award__fund").order_by("due_on", "pk")


def _is_behind(one: ReportDue) -> bool:
    mark = mark_reached(one.due_on, _today(one))
    return mark is not None and (one.reminded is None or one.reminded < mark)


def _beginning_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))


def _today(one: ReportDue) -> date:
    return clock.today(one.award.fund.time_zone)
