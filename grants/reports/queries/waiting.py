"""What waits for the people of a grantee, and for whoever reads reports in the office."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.templatetags.words import DAY_FORMAT
from fundportal.waiting import Waiting
from grants.awards.models import ReportDue
from grants.awards.states import WITH_THE_GRANTEE, ReportState
from grants.reports.permissions import REVIEW
from grants.reports.queries.pages import late_ones
from grants.reports.queries.people import reports_of, reports_seen


def to_write(user: User) -> Iterator[Waiting]:
    mine = reports_of(user).filter(state__in=WITH_THE_GRANTEE).select_related("award")
    for report in mine.order_by("due_on", "pk"):
        words = {"report": report, "day": date_format(report.due_on, DAY_FORMAT)}
        sentence = _("The report %(report)s is to be sent by %(day)s.")
        if report.state == ReportState.CHANGES_REQUESTED:
            sentence = _("The fund office has a question on your report %(report)s.")
        address = reverse("my_reports:report", args=[report.award.reference, report.number])
        yield Waiting(sentence % words, address)


def to_read(user: User) -> Iterator[Waiting]:
    """What came in, in the funds in which this person answers reports."""
    if not funds_where(user, REVIEW):
        return
    count = _mine_to_review(user).filter(state=ReportState.SUBMITTED).count()
    if count:
        sentence = ngettext(
            "%(count)s report came in and waits for an answer.",
            "%(count)s reports came in and wait for an answer.",
            count,
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('reports:reports')}?state=submitted", count)


def late_to_follow(user: User) -> Iterator[Waiting]:
    if not funds_where(user, REVIEW):
        return
    count = late_ones(_mine_to_review(user)).count()
    if count:
        sentence = ngettext("%(count)s report is late.", "%(count)s reports are late.", count)
        yield Waiting(sentence % {"count": count}, f"{reverse('reports:reports')}?state=late", count)


def _mine_to_review(user: User) -> QuerySet[ReportDue]:
    funds = funds_where(user, REVIEW)
    seen = reports_seen(user)
    return seen if funds == ALL else seen.filter(award__fund__in=funds)
