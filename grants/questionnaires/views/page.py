"""The page of one form, and what every view of it begins with."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from fundportal.access import may
from fundportal.refusals import Refusal
from grants.questionnaires.definition import Definition, Question, QuestionKind, Section
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.permissions import EDIT
from grants.questionnaires.queries import forms_for, problems
from grants.questionnaires.services.forms import written_in
from grants.questionnaires.tables import parts_of, versions_table

UNPROCESSABLE = 422


def visible_form(request: HttpRequest, form_id: int) -> Questionnaire:
    return get_object_or_404(forms_for(request.user), pk=form_id)


def section_or_404(definition: Definition, key: str) -> Section:
    found = definition.section(key)
    if found is None:
        raise Http404
    return found


def question_or_404(definition: Definition, key: str) -> Question:
    found = definition.by_key.get(key)
    if found is None:
        raise Http404
    return found


def show_form(request: HttpRequest, form_id: int, *, refusal: Refusal | None = None) -> HttpResponse:
    """As it stands now; with a refusal, its sentence above and its status."""
    questionnaire = visible_form(request, form_id)
    definition = questionnaire.form
    versions = questionnaire.versions.select_related("frozen_by").order_by("-number")
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "fund": questionnaire.fund,
        "parts": parts_of(definition),
        "kinds": QuestionKind.choices,
        "lacks": problems(definition, written_in(definition)),
        "versions": versions_table(versions),
        "may_edit": may(request.user, EDIT, questionnaire.fund),
        "refusal": str(refusal) if refusal else "",
    }
    return render(request, "questionnaires/form.html", context, status=refusal.status if refusal else 200)
