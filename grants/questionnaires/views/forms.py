"""Forms as a list, one by one, and as an applicant sees them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.access import ALL, funds_where, may
from fundportal.funds.models import Fund
from fundportal.refusals import Refusal
from grants.questionnaires import services
from grants.questionnaires.forms import USUAL, CopyForm, NameForm, NewForm
from grants.questionnaires.permissions import EDIT
from grants.questionnaires.queries import forms_for
from grants.questionnaires.section_form import PreviewForm
from grants.questionnaires.tables import forms_table, short
from grants.questionnaires.views.page import UNPROCESSABLE, show_form, visible_form

ROWS = 30


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    page = Paginator(forms_for(request.user), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "table": forms_table(page), "may_edit": may(request.user, EDIT)}
    return render(request, "questionnaires/forms.html", context)


@require_safe
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    return show_form(request, form_id)


@require_http_methods(["GET", "POST"])
def add_form(request: HttpRequest) -> HttpResponse:
    bound = NewForm(request.POST or None, funds=_funds(request))
    if not bound.is_valid():
        context = {"form": bound, "title": _("Write a new form")}
        return render(request, "questionnaires/form_add.html", context, status=UNPROCESSABLE if bound.is_bound else 200)
    held = bound.cleaned_data
    made = services.create_questionnaire(
        held["fund"].pk, name=held["name"], by=request.user, from_starter=held["start"] == USUAL
    )
    messages.success(
        request, _("The form is there. Nobody outside the office sees it until a call is announced with it.")
    )
    return redirect("questionnaires:form", form_id=made.pk)


@require_http_methods(["GET", "POST"])
def copy_form(request: HttpRequest, form_id: int) -> HttpResponse:
    original = visible_form(request, form_id)
    bound = CopyForm(request.POST or None, funds=_funds(request), initial={"fund": original.fund_id})
    if not bound.is_valid():
        context = {"form": bound, "title": _("Copy “%(name)s”") % {"name": original}, "questionnaire": original}
        return render(request, "questionnaires/form_add.html", context, status=UNPROCESSABLE if bound.is_bound else 200)
    held = bound.cleaned_data
    made = services.copy_questionnaire(original.pk, fund_id=held["fund"].pk, name=held["name"], by=request.user)
    messages.success(request, _("Copied. Changes here leave the original as it is."))
    return redirect("questionnaires:form", form_id=made.pk)


@require_http_methods(["GET", "POST"])
def rename_form(request: HttpRequest, form_id: int) -> HttpResponse:
    found = visible_form(request, form_id)
    bound = NameForm(request.POST or None, initial={"name": found.name, "version": found.version})
    status = UNPROCESSABLE if bound.is_bound else 200
    if bound.is_valid():
        try:
            services.rename_questionnaire(form_id, **bound.cleaned_data, by=request.user)
        except Refusal as refusal:
            return show_form(request, form_id, refusal=refusal)
        return redirect("questionnaires:form", form_id=form_id)
    context = {"form": bound, "title": _("Rename “%(name)s”") % {"name": found}, "questionnaire": found}
    return render(request, "questionnaires/form_add.html", context, status=status)


@require_safe
def preview(request: HttpRequest, form_id: int) -> HttpResponse:
    found = visible_form(request, form_id)
    definition = found.form
    parts = [(section, PreviewForm(section, definition)) for section in definition.sections]
    context = {"questionnaire": found, "fund": found.fund, "parts": parts}
    return render(request, "questionnaires/preview.html", context)


@require_safe
def version(request: HttpRequest, form_id: int, number: int) -> HttpResponse:
    found = visible_form(request, form_id)
    frozen = get_object_or_404(found.versions.all(), number=number)
    context = {"questionnaire": found, "fund": found.fund, "version": frozen, "fingerprint": short(frozen.sha256)}
    return render(request, "questionnaires/version.html", context)


def _funds(request: HttpRequest) -> object:
    funds = funds_where(request.user, EDIT)
    return Fund.objects.order_by("code") if funds == ALL else Fund.objects.filter(pk__in=funds).order_by("code")
