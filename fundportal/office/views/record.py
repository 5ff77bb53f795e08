from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fundportal.audit.services import note_export
from fundportal.office.forms import RecordSearch
from fundportal.office.queries import funds_for
from fundportal.office.record import COLUMNS, exported, record_for
from fundportal.office.tables import record_table
from fundportal.spreadsheets import csv_response

ROWS = 50


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    page = Paginator(record_for(request.user, search.asked()), ROWS).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "table": record_table(page), "export_url": search.address_of_export()}
    return render(request, "office/record.html", context)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the page lists, all of it; that somebody took it along is on record too."""
    search = _search(request)
    noted = note_export(search.told(), by=request.user)
    return csv_response("record.csv", COLUMNS, exported(request.user, search.asked(), before=noted))


def _search(request: HttpRequest) -> RecordSearch:
    return RecordSearch(request.GET, funds=funds_for(request.user, "audit.view"))
