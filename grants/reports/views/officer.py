"""The office's pages: the list, and one report beside what the version before it said."""

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fundportal.access import may
from fundportal.documents.views import serve
from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from fundportal.templatetags.lists import Chip, state_chip
from grants.awards.models import ReportDue
from grants.awards.permissions import VIEW as VIEW_AWARDS
from grants.awards.states import ReportState
from grants.questionnaires.permissions import VIEW as VIEW_FORMS
from grants.reports.forms import AcceptForm, AskForm, FilterForm, PublishForm, WaiveForm
from grants.reports.permissions import PUBLISH, REVIEW, WAIVE
from grants.reports.queries.changes import changes_between
from grants.reports.queries.pages import LATE, ReportFilter, report_in_full, report_page, state_counts, uploads_of
from grants.reports.queries.people import reports_seen
from grants.reports.tables import office_table, period_of, report_badge, report_facts, title_of
from grants.reports.views.page import files_of, sent, stops

UNPROCESSABLE = 422
Forms = dict[str, BaseForm]


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    seen = reports_seen(request.user)
    form = FilterForm(request.GET)
    page = report_page(seen, wanted=form.wanted, number=request.GET.get("page"))
    context = {
        "search": form,
        "may_see_forms": may(request.user, VIEW_FORMS),
        "page": page,
        "table": office_table(page),
        "chips": state_chips(state_counts(seen, wanted=form.wanted), request.GET, form.wanted),
        "is_narrowed": not form.wanted.is_empty,
    }
    return render(request, "reports/office_list.html", context)


@require_safe
def report(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    return show(request, seen_by(request, reference, number))


@require_safe
def file(request: HttpRequest, reference: str, number: int, token: UUID) -> HttpResponse:
    """Of a version that was sent: what lies beside a draft is nobody's business but its writers'."""
    found = seen_by(request, reference, number)
    upload = uploads_of(found).get(str(token))
    was_sent = any(str(token) in revision.files for revision in found.revisions.all())
    if not was_sent or upload is None or upload.document is None:
        raise Http404
    return serve(upload.document)


def show(request: HttpRequest, found: ReportDue, *, refusal: Refusal | None = None, **typed: BaseForm) -> HttpResponse:
    """The page of one report; after a refusal the same page with its sentence, and whatever was typed."""
    versions = list(found.revisions.all())
    files = files_of(found, "reports:file")
    faulty = next((form for form in typed.values() if form.errors), None)
    context = {
        "report": found,
        "award": found.award,
        "fund": found.award.fund,
        "place": [found.award.reference, found.number],
        "title": title_of(found),
        "period": period_of(found),
        "badge": report_badge(found),
        "facts": report_facts(found),
        "may_see_award": may(request.user, VIEW_AWARDS, found.award.fund),
        "changes": changes_between(versions[-2], versions[-1], files["uploads"]) if versions[1:] else [],
        "moments": stops(found),
        "acts": acts(request, found),
        "refusal": refusal,
        "form": faulty,
    }
    context |= sent(versions[-1]) if versions else {"revision": None}
    context |= publication_of(found)
    status = refusal.status if refusal else UNPROCESSABLE if faulty else 200
    return render(request, "reports/office.html", context | files | forms_for(found, typed), status=status)


def publication_of(found: ReportDue) -> dict[str, Any]:
    """What everybody reads of it now, language by language."""
    publication = getattr(found, "publication", None)
    texts = publication.summaries if publication else {}
    named = [(name, texts[code]) for code, name in settings.LANGUAGES if texts.get(code)]
    version = publication.version if publication else 0
    return {"publication": publication, "publication_version": version, "summaries": named}


def forms_for(found: ReportDue, typed: Forms) -> Forms:
    read = {"revision": max((one.number for one in found.revisions.all()), default=0)}
    fresh: Forms = {
        "ask_form": AskForm(initial=read),
        "accept_form": AcceptForm(initial=read),
        "waive_form": WaiveForm(),
        "publish_form": PublishForm(standing=getattr(found, "publication", None)),
    }
    return fresh | typed


def acts(request: HttpRequest, found: ReportDue) -> dict[str, bool]:
    """What this person may do now, by the name of the move."""
    fund = found.award.fund
    reads, publishes = may(request.user, REVIEW, fund), may(request.user, PUBLISH, fund)
    publication = getattr(found, "publication", None)
    is_public = publication is not None and publication.withdrawn_at is None
    waivable = found.state in {ReportState.SCHEDULED, ReportState.OPEN, ReportState.CHANGES_REQUESTED}
    return {
        "ask": reads and not why_not(found, "ask_for_changes"),
        "accept": reads and not why_not(found, "accept"),
        "waive": may(request.user, WAIVE, fund) and waivable,
        "publish": publishes and found.state == ReportState.ACCEPTED,
        "unpublish": publishes and is_public,
    }


def state_chips(counts: dict[str, int], query: QueryDict, wanted: ReportFilter) -> list[Chip]:
    """All, the late ones, and each state that any report stands at; the words that are looked for stay."""
    chip = partial(state_chip, query, wanted.state)
    states = [state for state in ReportState if counts.get(state)]
    chips = [chip(_("All"), sum(counts[state] for state in states))]
    late: list[Any] = [chip(_("Late"), counts[LATE], LATE)] if counts[LATE] else []
    return chips + late + [chip(state.label, counts[state], state.value) for state in states]


def seen_by(request: HttpRequest, reference: str, number: int) -> ReportDue:
    found = report_in_full(reports_seen(request.user), reference, number)
    if found is None:
        raise Http404
    return found
