"""The forms that offers may name for their reports: started, and published."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.access import ALL, funds_where, may
from fundportal.funds.models import Fund
from fundportal.refusals import Refusal
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.permissions import EDIT
from grants.questionnaires.queries import forms_for
from grants.reports import services
from grants.reports.forms import StartFormForm

PER_PAGE, UNPROCESSABLE = 30, 422


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    form = StartFormForm(request.POST, funds=_funds(request))
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    made = services.start_report_form(form.cleaned_data["fund"].pk, name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("The form is there. Change what you need, then publish it under Report forms."))
    return redirect("questionnaires:form", form_id=made.pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Questionnaire.objects.visible_to(request.user), pk=pk)
    try:
        made = services.publish_report_form(found.pk, by=request.user)
    except Refusal as refusal:
        return _show(request, refusal=refusal, status=refusal.status)
    words = {"name": found.name, "number": made.number}
    messages.success(request, _("“%(name)s” stands in version %(number)s. Offers may name it.") % words)
    return redirect("reports:forms")


def _show(
    request: HttpRequest, form: StartFormForm | None = None, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "page": Paginator(forms_for(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "may_edit": may(request.user, EDIT),
        "start_form": form or StartFormForm(funds=_funds(request)),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "reports/forms.html", context, status=status)


def _funds(request: HttpRequest) -> QuerySet[Fund]:
    held = funds_where(request.user, EDIT)
    return (Fund.objects.all() if held == ALL else Fund.objects.filter(pk__in=held)).order_by("code")
