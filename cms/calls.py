"""A call as its page shows it: the notice with the dates, the way to the answer, the scoring sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.calendar import Event
from fundportal import clock
from fundportal.context import Link
from fundportal.templatetags.figures import plain
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge, Moment
from fundportal.templatetags.words import LONG_DAY_FORMAT, time_of_day, zone_name
from grants.public import PublicCall, PublicStage

SHOWN_SCORES = (0, 3, 5)


@dataclass(frozen=True)
class Wall:
    """One instant as the wall shows it in the fund's zone; the browser adds the reader's own from `instant`."""

    zone: str
    words: str
    instant: str


@dataclass(frozen=True)
class Notice:
    """The sheet beside the title: what comes next and when."""

    title: str
    wall: Wall
    remark: str
    grace: str


def calls_link(request: HttpRequest) -> Link:
    url = reverse("call_list")
    return Link(_("Calls"), url, is_current=request.path.startswith(url))


def start_url(call: PublicCall) -> str:
    """Where an application begins; nothing while none can."""
    takes = call.is_open and call.current.accepts(clock.now())
    return reverse("my_applications:start", args=[call.current.id]) if takes else ""


def badge_of(call: PublicCall) -> Badge:
    if call.is_cancelled:
        return Badge(call.word, "stop")
    return Badge(call.word, "ok" if call.is_open else "wait" if call.is_forecast else "mute")


def notice_of(call: PublicCall) -> Notice:
    stage = call.current
    opens = not call.is_cancelled and clock.now() < stage.opens_at
    moment = stage.opens_at if opens else stage.deadline_at
    minutes = {"count": stage.grace_minutes}
    grace = ngettext(
        "There is %(count)s minute of grace for everybody.",
        "There are %(count)s minutes of grace for everybody.",
        stage.grace_minutes,
    )
    return Notice(_notice_title(call, stage, moment), wall_of(moment, stage.zone), stage.remark, grace % minutes)


def wall_of(moment: datetime, zone: str) -> Wall:
    local = moment.astimezone(ZoneInfo(zone))
    words = {"day": date_format(local, LONG_DAY_FORMAT), "time": time_of_day(local)}
    instant = moment.astimezone(UTC).isoformat(timespec="seconds")
    return Wall(zone_name(zone), _("%(day)s, %(time)s") % words, instant)


def moments_of(call: PublicCall) -> Iterator[Moment]:
    """What has happened, what goes on, and what is promised by whom."""
    now, first, last = clock.now(), call.stages[0], call.stages[-1]
    yield Moment(_("The call was announced"), when=call.published_at, zone=first.zone)
    for stage in call.stages:
        yield from _stage_moments(stage, now, counted=len(call.stages) > 1)
    reviewers = ngettext(
        "%(count)s reviewer scores each application", "%(count)s reviewers score each application",
        call.reviewers_wanted,
    )  # fmt: skip
    state = "later" if now < last.closes_at or call.is_cancelled else "now"
    yield Moment(reviewers % {"count": call.reviewers_wanted}, _("None of them may have a tie to you."), state=state)
    by = _("By %(day)s") % {"day": date_format(call.decision_by_on, "j F Y")}
    yield Moment(_("Everybody hears on the same day"), _("With reasons, and what to do next."), by, "later")


def rubric_of(stage: PublicStage) -> Ledger:
    """The scores 0, 3 and 5; the page has the others below."""
    columns = [Column(_("Criterion")), *(Column(score) for score in SHOWN_SCORES), Column(_("Weight"), is_number=True)]
    rows = [
        [
            Cell(each.title),
            *(Cell(each.anchors[score]) for score in SHOWN_SCORES),
            Cell(_("%(weight)s%%") % {"weight": each.weight}),
        ]
        for each in stage.criteria
    ]
    return Ledger(_("Scoring sheet"), columns, rows, has_hidden_caption=True)


def facts_for_readers(text: str) -> list[tuple[str, str]]:
    """Each line its own fact: the first sentence strong, the rest after it."""
    lines = (line.strip() for line in text.splitlines())
    return [_split(line) for line in lines if line]


def events_of(call: PublicCall, *, host: str, url: str) -> list[Event]:
    return [
        Event(
            uid=f"{call.code}-{stage.number}@{host}",
            summary=_("Deadline: %(call)s") % {"call": call.title},
            description=call.summary,
            url=url,
            at=stage.deadline_at,
            stamped_at=max([call.published_at, *(each.at for each in stage.extensions)]),
            sequence=len(stage.extensions),
        )
        for stage in call.stages
    ]


def table_of(calls: list[PublicCall]) -> Ledger:
    columns = [
        Column(_("Call")),
        Column(_("Where it stands")),
        Column(_("Deadline")),
        Column(_("One grant, at most"), is_number=True),
        Column(_("Money in all"), is_number=True),
    ]
    rows = [
        [
            Cell(call.title, url=reverse("call", args=[call.code]), detail=call.fund.name),
            Cell(badge_of(call)),
            _deadline_cell(call.current),
            Cell(plain(call.maximum)),
            Cell(plain(call.budget)),
        ]
        for call in calls
    ]
    return Ledger(_("Calls, open ones first"), columns, rows, has_hidden_caption=True)


def _deadline_cell(stage: PublicStage) -> Cell:
    wall = wall_of(stage.deadline_at, stage.zone)
    return Cell(wall.words, detail=wall.zone)


def _notice_title(call: PublicCall, stage: PublicStage, moment: datetime) -> str:
    if call.is_cancelled:
        return _("This call was cancelled")
    now = clock.now()
    days = _days(now, moment, stage.zone)
    if now < stage.opens_at:
        words = ngettext("Opens in %(count)s day", "Opens in %(count)s days", days) if days else _("Opens today")
    elif stage.accepts(now) and call.is_open:
        words = ngettext("Closes in %(count)s day", "Closes in %(count)s days", days) if days else _("Closes today")
    else:
        return _("This call is closed")
    return words % {"count": days}


def _days(now: datetime, then: datetime, zone: str) -> int:
    """Midnights between the two, on the wall of the zone; a deadline in its grace is today's."""
    place = ZoneInfo(zone)
    return max(0, (then.astimezone(place).date() - now.astimezone(place).date()).days)


def _stage_moments(stage: PublicStage, now: datetime, *, counted: bool) -> Iterator[Moment]:
    opens, closes = _("Applications open"), _("Applications close")
    if counted:
        opens, closes = (_("%(stage)s: %(what)s") % {"stage": stage.title, "what": what} for what in (opens, closes))
    yield Moment(opens, when=stage.opens_at, state="done" if now >= stage.opens_at else "later", zone=stage.zone)
    if stage.accepts(now):
        yield Moment(_("You write"), _("A draft keeps itself; sign it off when it is ready."), _("Now"), "now")
    for each in stage.extensions:
        yield Moment(_("The deadline was moved"), each.reason, each.at, "done", stage.zone)
    receipt = _("You get a receipt with a fingerprint of your application.")
    state = "done" if now > stage.closes_at else "later"
    yield Moment(closes, receipt, stage.deadline_at, state, stage.zone)


def _split(line: str) -> tuple[str, str]:
    head, dot, rest = line.partition(". ")
    return (head, rest) if dot else (line.removesuffix("."), "")
