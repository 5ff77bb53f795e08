"""One report with all that its pages tell, and the lists of them, each in a constant number of queries."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet

from fundportal import clock
from fundportal.documents.models import Upload
from grants.awards.models import ReportDue
from grants.awards.states import WITH_THE_GRANTEE, ReportState
from grants.reports.models import Feedback, PartSave, ReportRevision

PER_PAGE = 25
LATE = "late"


@dataclass(frozen=True)
class ReportFilter:
    """`state` is one of a report, or "late"; an empty text narrows nothing."""

    words: str = ""
    state: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.state)


def report_in_full(reports: QuerySet[ReportDue], reference: str, number: int) -> ReportDue | None:
    parts = (
        Prefetch("revisions", ReportRevision.objects.select_related("submitted_by", "form_version").order_by("number")),
        Prefetch("feedback", Feedback.objects.select_related("by", "revision").order_by("at", "pk")),
        Prefetch("draft__parts", PartSave.objects.select_related("saved_by").order_by("key")),
        "award__indicators",
        "award__budget_lines",
    )
    known = reports.select_related(
        "award__fund", "award__organisation", "form_version", "draft__saved_by", "publication__cleared_by"
    )
    return known.prefetch_related(*parts).filter(award__reference=reference, number=number).first()


def my_reports(reports: QuerySet[ReportDue]) -> QuerySet[ReportDue]:
    """What is to be written stands first; then by the day it is due."""
    known = reports.select_related("award__fund", "award__organisation")
    first = known.annotate(to_write=Q(state__in=WITH_THE_GRANTEE))
    return first.order_by("-to_write", "due_on", "award__reference", "number")


def report_page(reports: QuerySet[ReportDue], *, wanted: ReportFilter, number: object) -> Page[ReportDue]:
    """What came in first, then by the day it is due; a page number that is none is the nearest there is."""
    known = _narrowed(reports, wanted).select_related("award__fund", "award__organisation", "publication")
    first = known.annotate(to_read=Q(state=ReportState.SUBMITTED))
    return Paginator(first.order_by("-to_read", "due_on", "pk"), PER_PAGE).get_page(number)


def state_counts(reports: QuerySet[ReportDue], *, wanted: ReportFilter) -> dict[str, int]:
    """How many stand where, under the words that are looked for; one query for the states, one for the late ones."""
    others = _narrowed(reports, ReportFilter(words=wanted.words)).order_by()
    counts = dict(others.values_list("state").annotate(count=Count("pk")))
    return counts | {LATE: late_ones(others).count()}


def late_ones(reports: QuerySet[ReportDue]) -> QuerySet[ReportDue]:
    """By the day in universal time: within half a day of what the zone of each fund says."""
    return reports.filter(state=ReportState.OPEN, due_on__lt=clock.today("UTC"))


def uploads_of(report: ReportDue) -> dict[str, Upload]:
    """Every file added to it, by token."""
    found = Upload.objects.filter(report_file__report=report).select_related("document").order_by("pk")
    return {str(upload.token): upload for upload in found}


def _narrowed(reports: QuerySet[ReportDue], wanted: ReportFilter) -> QuerySet[ReportDue]:
    if wanted.state == LATE:
        reports = late_ones(reports)
    elif wanted.state:
        reports = reports.filter(state=wanted.state)
    for word in wanted.words.split():
        by_name = Q(award__organisation__name__icontains=word) | Q(award__organisation__city__icontains=word)
        reports = reports.filter(by_name | Q(award__reference__icontains=word) | Q(award__title__icontains=word))
    return reports
