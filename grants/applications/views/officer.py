"""The office's pages: the list, and one application with what was found, asked and proposed."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fundportal import clock
from fundportal.access import may
from fundportal.documents.views import serve
from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from fundportal.templatetags.lists import Chip, Moment, state_chip
from grants.applications.cards import chain, office_notes
from grants.applications.forms import (
    DisqualifyForm,
    FilterForm,
    HoldForm,
    IneligibleForm,
    ReasonForm,
    RequestForm,
)
from grants.applications.models import Application
from grants.applications.permissions import MANAGE, SCREEN
from grants.applications.queries import (
    ApplicationFilter,
    StateCounts,
    application_in_full,
    application_page,
    calls_of,
    checklist,
    exclusions_to_decide,
    rules_of,
    state_counts,
    timeline,
)
from grants.applications.queries.pages import uploads_of
from grants.applications.queries.screening import unanswered_rules
from grants.applications.services.screening import earliest_due_on
from grants.applications.states import ApplicationState
from grants.applications.tables import application_facts, office_badge, office_table
from grants.applications.views.page import files_of
from grants.questionnaires.answers import differences, sheet

UNPROCESSABLE = 422
HOLD_DAYS = 14
Forms = dict[str, BaseForm]


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    seen = Application.objects.of_office(request.user)
    form = FilterForm(request.GET, calls=calls_of(seen))
    wanted = form.wanted
    page = application_page(seen, wanted=wanted, number=request.GET.get("page"))
    context = {
        "search": form,
        "page": page,
        "table": office_table(page),
        "waits": list(exclusions_to_decide(request.user)),
        "chips": state_chips(state_counts(seen, wanted=wanted), request.GET, wanted),
        "is_narrowed": not wanted.is_empty,
    }
    return render(request, "applications/office_list.html", context)


def state_chips(counts: StateCounts, query: QueryDict, wanted: ApplicationFilter) -> list[Chip]:
    """All, and each state that any application stands at; the other filters stay on."""
    chip = partial(state_chip, query, wanted.state)
    chips = [chip(_("All"), counts.total)]
    return chips + [
        chip(state.label, counts.of[state], state.value) for state in ApplicationState if counts.of.get(state)
    ]


@require_safe
def application(request: HttpRequest, reference: str) -> HttpResponse:
    return show(request, seen_by(request, reference))


@require_safe
def file(request: HttpRequest, reference: str, token: UUID) -> HttpResponse:
    upload = uploads_of(seen_by(request, reference)).get(str(token))
    if upload is None or upload.document is None:
        raise Http404
    return serve(upload.document)


def show(
    request: HttpRequest, application: Application, *, refusal: Refusal | None = None, **typed: BaseForm
) -> HttpResponse:
    """The page of one application; after a refusal the same page with its sentence, and whatever was typed."""
    standing = list(application.revisions.all())[-1]
    zone = application.fund.time_zone
    form = standing.form_version.form
    context = {
        "application": application,
        "fund": application.fund,
        "call": application.stage.call,
        "badge": office_badge(application),
        "facts": application_facts(application, standing),
        "standing": standing,
        "sheet": sheet(form, standing.answers),
        "checklist": checklist(application),
        "unmet": bool(unanswered_rules(application)),
        "changes": changes(application),
        "moments": [Moment(one.title, one.sentence, one.at, one.state, zone) for one in timeline(application)],
        "acts": acts(request, application),
        "proposals": proposals(request, application),
        "chain": chain(application, "applications:application", is_office=True),
        "notes": office_notes(application, request.user),
        "refusal": refusal,
        "form": next((form for form in typed.values() if form.errors), None),
    }
    context |= files_of(application, "applications:file")
    status = refusal.status if refusal else UNPROCESSABLE if context["form"] else 200
    return render(request, "applications/office.html", context | forms_for(application, typed), status=status)


def forms_for(application: Application, typed: Forms) -> Forms:
    today = clock.today(application.fund.time_zone)
    fresh: Forms = {
        "request_form": RequestForm(application=application, initial={"due_on": earliest_due_on(today)}),
        "ineligible_form": IneligibleForm(rules=rules_of(application.stage.call)),
        "hold_form": HoldForm(initial={"ends_on": today + timedelta(days=HOLD_DAYS)}),
        "disqualify_form": DisqualifyForm(),
        "reason_form": ReasonForm(),
    }
    return fresh | typed


def acts(request: HttpRequest, application: Application) -> dict[str, bool]:
    """What this person may do now, by the name of the move."""
    screens = may(request.user, SCREEN, application.fund)
    manages = may(request.user, MANAGE, application.fund)
    rights = {
        "begin_screening": screens,
        "request_info": screens,
        "mark_eligible": screens,
        "mark_ineligible": screens,
        "hold": screens,
        "resume": screens,
        "disqualify": manages,
        "reinstate": manages,
        "uphold_appeal": manages and application.state == ApplicationState.INELIGIBLE,
    }
    possible = {name: held and not why_not(application, name) for name, held in rights.items()}
    return possible | {"check": screens and application.state == ApplicationState.SCREENING}


def proposals(request: HttpRequest, application: Application) -> list[dict[str, Any]]:
    """What was proposed and waits for a second person."""
    held = may(request.user, SCREEN, application.fund)
    lines = [
        ("ineligible", _("Not fit for this call"), list(application.ineligibilities.all())),
        ("disqualify", _("To be excluded"), list(application.disqualifications.all())),
    ]
    return [
        {"act": act, "word": word, "proposal": one, "mine": one.proposed_by_id == request.user.pk, "may": held}
        for act, word, found in lines
        for one in found
        if one.is_open
    ]


def changes(application: Application) -> list[Any]:
    """What the last answer to a request changed, before and now."""
    answered = [one for one in application.info_requests.all() if one.answered_at]
    if not answered:
        return []
    before, after = answered[-1].revision_before, list(application.revisions.all())[-1]
    return differences(after.form_version.form, before.answers, after.answers)


def seen_by(request: HttpRequest, reference: str) -> Application:
    found = application_in_full(Application.objects.of_office(request.user), reference)
    if found is None:
        raise Http404
    return found
