"""Sections and questions of a form: added, worded, moved, removed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.refusals import Refusal
from grants.questionnaires import services
from grants.questionnaires.definition import Question, QuestionKind
from grants.questionnaires.editing import DOWN, UP, new_key
from grants.questionnaires.forms import SectionTextForm, Versioned
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.question_form import QuestionForm
from grants.questionnaires.views.page import (
    UNPROCESSABLE,
    question_or_404,
    section_or_404,
    show_form,
    visible_form,
)

Act = Callable[..., Questionnaire]


@require_http_methods(["GET", "POST"])
def add_section(request: HttpRequest, form_id: int) -> HttpResponse:
    found = visible_form(request, form_id)
    key = new_key((section.key for section in found.form.sections), "section")
    bound = SectionTextForm(request.POST or None, initial={"version": found.version})
    return _write(
        request, found, bound, lambda: (services.add_section, {"section": bound.section(key)}), _("Add a section")
    )


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    found = visible_form(request, form_id)
    held = section_or_404(found.form, key)
    bound = SectionTextForm(request.POST or None, section=held, initial={"version": found.version})
    title = _("Section “%(title)s”") % {"title": held.title or key}
    return _write(request, found, bound, lambda: (services.change_section, {"section": bound.section(key)}), title)


@require_http_methods(["GET", "POST"])
def add_question(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    """The kind is chosen on the form's page."""
    found = visible_form(request, form_id)
    definition = found.form
    section_or_404(definition, key)
    bare = Question(new_key(definition.by_key, "question"), _kind(request.GET.get("kind", "")))
    bound = _question_form(request, found, bare)
    title = _("Add a question: %(kind)s") % {"kind": QuestionKind(bare.kind).label}
    return _write(
        request,
        found,
        bound,
        lambda: (services.add_question, {"section_key": key, "question": bound.made(bare.key)}),
        title,
    )


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    found = visible_form(request, form_id)
    held = question_or_404(found.form, key)
    bound = _question_form(request, found, held)
    title = _("Question “%(label)s”") % {"label": held.label or key}
    return _write(request, found, bound, lambda: (services.change_question, {"question": bound.made(key)}), title)


@require_POST
def move_section(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    section_or_404(visible_form(request, form_id).form, key)
    return _act(request, form_id, services.move_section, key=key, direction=_direction(request))


@require_POST
def move_question(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    question_or_404(visible_form(request, form_id).form, key)
    return _act(request, form_id, services.move_question, key=key, direction=_direction(request))


@require_http_methods(["GET", "POST"])
def remove_section(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    found = visible_form(request, form_id)
    held = section_or_404(found.form, key)
    if request.method == "POST":
        return _act(request, form_id, services.remove_section, key=key)
    return _ask(request, found, held.title or key, [one.label or one.key for one in held.questions])


@require_http_methods(["GET", "POST"])
def remove_question(request: HttpRequest, form_id: int, key: str) -> HttpResponse:
    found = visible_form(request, form_id)
    held = question_or_404(found.form, key)
    if request.method == "POST":
        return _act(request, form_id, services.remove_question, key=key)
    return _ask(request, found, held.label or key, [])


def _write(
    request: HttpRequest, found: Questionnaire, bound: Versioned, change: Callable[[], tuple[Act, Any]], title: str
) -> HttpResponse:
    """Saves what was typed; refused, the same page comes back with it, under the version that stands now."""
    status, refusal = 200, ""
    if bound.is_bound:
        status = UNPROCESSABLE
        if bound.is_valid():
            act, facts = change()
            try:
                act(found.pk, **facts, version=bound.cleaned_data["version"], by=request.user)
            except Refusal as refused:
                status, refusal = refused.status, str(refused)
                bound.look_again(found.version)
            else:
                messages.success(request, _("Saved. Applicants see it once a call is announced with this form."))
                return redirect("questionnaires:form", form_id=found.pk)
    context = {"form": bound, "title": title, "questionnaire": found, "fund": found.fund, "refusal": refusal}
    return render(request, "questionnaires/part.html", context, status=status)


def _act(request: HttpRequest, form_id: int, act: Act, **facts: Any) -> HttpResponse:
    try:
        act(form_id, **facts, version=_version(request), by=request.user)
    except Refusal as refusal:
        return show_form(request, form_id, refusal=refusal)
    return redirect(f"{reverse('questionnaires:form', args=[form_id])}#{facts['key']}")


def _ask(request: HttpRequest, found: Questionnaire, name: str, inside: list[str]) -> HttpResponse:
    context = {"questionnaire": found, "fund": found.fund, "name": name, "inside": inside}
    return render(request, "questionnaires/remove.html", context)


def _question_form(request: HttpRequest, found: Questionnaire, held: Question) -> QuestionForm:
    return QuestionForm(
        request.POST or None,
        definition=found.form,
        question=held,
        currency=found.fund.settlement_currency,
        initial={"version": found.version},
    )


def _kind(word: str) -> str:
    if word not in QuestionKind.values:
        raise Http404
    return word


def _direction(request: HttpRequest) -> str:
    direction = request.POST.get("direction", "")
    if direction not in {UP, DOWN}:
        raise Refusal(_("Say whether it goes up or down."), status=UNPROCESSABLE)
    return direction


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000000") else 0
