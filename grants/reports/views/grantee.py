"""The grantee's pages: what is due, where it stands, check, send, what was sent."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.documents.views import serve
from fundportal.refusals import Refusal
from grants.reports import services
from grants.reports.forms import VersionForm
from grants.reports.queries.agreed import definition_of, draft_of, result_lines, spending_lines
from grants.reports.queries.pages import my_reports, uploads_of
from grants.reports.queries.people import reports_of
from grants.reports.queries.readiness import is_writable, missing
from grants.reports.tables import my_table, results_table, spending_table
from grants.reports.views.page import files_of, frame, in_words, last_word, ours, sent, show_report


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/my_list.html", {"table": my_table(my_reports(reports_of(request.user)))})


@require_safe
def report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return show_report(request, reference, number)


@require_safe
def check(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return _show_check(request, reference, number)


@require_POST
def send(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = ours(request, reference, number)
    known = VersionForm(request.POST)
    if not known.is_valid():
        raise Http404
    try:
        revision = services.submit_report(found.pk, version=known.cleaned_data["version"], by=request.user)
    except Refusal as refusal:
        return _show_check(request, reference, number, refusal)
    messages.success(request, _("Sent. Somebody at the fund office reads it and answers you."))
    return redirect("my_reports:sent", reference, number, revision.number)


@require_safe
def sent_version(request: HttpRequest, reference: str, number: int, version: int) -> HttpResponse:
    found = ours(request, reference, number)
    versions = {each.number: each for each in found.revisions.all()}
    if version not in versions:
        raise Http404
    context = frame(found) | sent(versions[version]) | files_of(found, "my_reports:file")
    return render(request, "reports/sent.html", context | {"is_standing": version == max(versions)})


@require_safe
def file(request: HttpRequest, reference: str, number: int, token: UUID) -> HttpResponse:
    upload = uploads_of(ours(request, reference, number)).get(str(token))
    if upload is None or upload.document is None:
        raise Http404
    return serve(upload.document)


def _show_check(request: HttpRequest, reference: str, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """Everything as the office will read it, what is missing with the way there, and the button that sends."""
    found = ours(request, reference, number)
    if not is_writable(found):
        return show_report(request, reference, number, refusal=refusal)
    draft = draft_of(found)
    results, spending = result_lines(found, draft.values), spending_lines(found, draft.spending)
    context = (
        frame(found)
        | in_words(definition_of(found), draft.answers)
        | {
            "missing": missing(found),
            "said": last_word(found),
            "results": results_table(results) if results else None,
            "spending": spending_table(spending, found.award.currency) if spending else None,
            "refusal": refusal,
        }
    )
    context |= files_of(found, "my_reports:file")
    return render(request, "reports/check.html", context, status=refusal.status if refusal else 200)
