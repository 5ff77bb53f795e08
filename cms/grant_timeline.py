"""The way of a grant from the call to its result, day by day, in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.templatetags.figures import plain
from fundportal.templatetags.lists import Moment
from grants.public import GrantPage, Standing


@dataclass(frozen=True)
class Stop:
    """What is only planned is never done, whatever its day."""

    day: date | None
    title: object
    text: object = ""
    is_planned: bool = False


def moments_of(page: GrantPage) -> list[Moment]:
    """In the order of the days; what has no day yet is left out."""
    today = clock.today(page.grant.fund.time_zone)
    stops = [*_decided(page), *_agreed(page), *_paid(page), *_reported(page), *_ended(page)]
    dated = [(stop.day, stop) for stop in stops if stop.day is not None]
    return [_moment(stop, day, today) for day, stop in sorted(dated, key=itemgetter(0))]


def _moment(stop: Stop, day: date, today: date) -> Moment:
    return Moment(stop.title, stop.text, day, "later" if stop.is_planned or day > today else "done")


def _decided(page: GrantPage) -> Iterator[Stop]:
    yield Stop(page.call_published_on, _("The call was announced"), page.grant.call_title)
    yield Stop(page.call_closed_on, _("Applications closed"), _received(page.received))
    if page.readers:
        read = ngettext("%(count)s reviewer scored it", "%(count)s reviewers scored it", page.readers)
        yield Stop(page.read_on, read % {"count": page.readers}, _("None of them had a tie to the applicant."))
    yield Stop(page.decision.held_on, _("Decided"), page.decision.reference)
    yield Stop(page.decision.announced_on, _("Announced"), _("Everybody who had applied heard on the same day."))


def _agreed(page: GrantPage) -> Iterator[Stop]:
    yield Stop(page.signed_on, _("The agreement was signed"), _("By the fund and by the grantee."))
    yield Stop(page.accepted_on, _("The grant was accepted"))
    yield Stop(page.starts_on, _("The work begins"))


def _paid(page: GrantPage) -> Iterator[Stop]:
    for each in page.payments:
        number = {"number": each.number}
        if each.paid_on:
            yield Stop(each.paid_on, _("Payment %(number)s was made") % number, plain(each.amount))
        elif not each.is_off:
            text = _("Not before this day, and once its conditions are met.")
            yield Stop(each.planned_on, _("Payment %(number)s is planned") % number, text, is_planned=True)


def _reported(page: GrantPage) -> Iterator[Stop]:
    for report in page.reports:
        yield Stop(_local_day(report.published_at, page), report.kind_label, _("Read by the fund and published here."))
    if page.report_due_on and page.ended_on is None:
        yield Stop(page.report_due_on, _("A report is due"), _("From the grantee."), is_planned=True)


def _ended(page: GrantPage) -> Iterator[Stop]:
    if page.ended_on is None:
        yield Stop(page.ends_on, _("The work is planned to end"), is_planned=True)
    elif page.grant.standing == Standing.FINISHED:
        yield Stop(page.ended_on, _("The grant was closed"), _("Everything is paid and reported."))
    else:
        yield Stop(page.ended_on, page.grant.standing.label)


def _local_day(moment: datetime, page: GrantPage) -> date:
    return moment.astimezone(ZoneInfo(page.grant.fund.time_zone)).date()


def _received(count: int) -> str:
    words = ngettext("%(count)s application had arrived.", "%(count)s applications had arrived.", count)
    return words % {"count": count}
