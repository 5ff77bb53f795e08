"""Pages made from records rather than by editors: one action, and the register as a table."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from cms.figures import write_month, write_number
from cms.models import ActionsPage
from cms.models.base import FRESH_FOR_SECONDS
from cms.register import Reading
from fundportal.money import format_money
from fundportal.spreadsheets import csv_response
from grants import public

COLUMNS = (
    "reference", "year", "submitter", "submitter_kind", "head", "where", "title", "printed_title", "summary",
    "kind_label", "priority", "starts", "ends", "is_ongoing", "is_fund_backed", "budget", "people", "people_unit",
    "latitude", "longitude",
)  # fmt: skip


def _register_page() -> ActionsPage | None:
    live: ActionsPage | None = ActionsPage.objects.live().filter(locale__language_code=get_language()).first()
    return live


@cache_control(public=True, max_age=FRESH_FOR_SECONDS)
def action(request: HttpRequest, reference: str) -> HttpResponse:
    found = public.action(reference)
    if found is None:
        raise Http404
    register = _register_page()
    return render(
        request,
        "cms/action.html",
        {
            "action": found,
            "partners": public.partner_actions(reference),
            "pairs": _pairs(found),
            "place": _place(found),
            "fund": register.dress if register else None,
            "fund_url": register.get_url(request) if register else "",
        },
    )


def _pairs(found: public.Action) -> list[tuple[str, object]]:
    """What was published of the action; whatever is missing says so."""
    people = f"{write_number(found.people)} {found.people_unit}" if found.people is not None else ""
    priority = f"{found.priority}. {found.priority_label}" if found.priority else ""
    pairs = [
        (_("Filed by"), found.submitter),
        (_("Kind of submitter"), found.submitter_kind),
        (_("Mayor or head"), found.head),
        (_("Where"), found.where),
        (_("Kind of pledge"), found.kind_label),
        (_("Priority of the Call"), priority),
        (_("Starts"), write_month(found.starts)),
        (_("Ends"), _("ongoing") if found.is_ongoing else write_month(found.ends)),
        (_("People"), people),
        (_("Budget"), format_money(found.budget, cents=False, code=True) if found.budget else ""),
    ]
    backed = _("Global Cities Fund, amount not published") if found.is_fund_backed else _("none named")
    return [(term, value or _("not published")) for term, value in pairs] + [(_("Backed by"), backed)]


def _place(found: public.Action) -> tuple[public.Place, ...]:
    if found.latitude is None or found.longitude is None:
        return ()
    return (public.Place(found.submitter, found.year, found.latitude, found.longitude),)


@cache_control(public=True, max_age=FRESH_FOR_SECONDS)
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered register as CSV, row by row."""
    return csv_response("local-actions.csv", (*COLUMNS, "source"), _rows(Reading(request.GET).filters))


def _rows(filters: public.Filters) -> Iterator[list[object]]:
    for entry in public.every_action(filters):
        source = f"{entry.document.title}, {entry.document.publisher}, {entry.document.year}"
        yield [*(getattr(entry, column) for column in COLUMNS), source]
