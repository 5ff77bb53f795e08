"""Who keeps away from which organisation: read, declare for somebody, end for somebody else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.access import may
from fundportal.office.conflicts import shown_conflicts, standing_conflicts
from fundportal.office.forms import StaffConflictForm
from fundportal.office.views.people import put_beside, status_of
from fundportal.organisations import services
from fundportal.organisations.models import Conflict
from fundportal.refusals import Refusal

ROWS = 50


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    form = StaffConflictForm(request.POST or None)
    status = 200
    if form.is_valid():
        typed = form.cleaned_data
        person, organisation = typed["person"], typed["organisation"]
        try:
            services.declare_conflict(
                person.pk, organisation_id=organisation.pk, reason=typed["reason"], by=request.user
            )
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            names = {"person": person, "organisation": organisation}
            messages.success(request, _("%(person)s keeps away from %(organisation)s from now on.") % names)
            return redirect("office:conflicts")
    return render(request, "office/conflict_declare.html", {"form": form}, status=status_of(form, status))


@require_POST
def end(request: HttpRequest, conflict_id: int) -> HttpResponse:
    found = get_object_or_404(Conflict, pk=conflict_id)
    try:
        services.end_conflict(found.pk, by=request.user)
    except Refusal as refusal:
        return _page(request, refusal)
    messages.success(request, _("The conflict has ended. It stays on record."))
    return redirect("office:conflicts")


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    page = Paginator(standing_conflicts(), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "conflicts": shown_conflicts(page, by=request.user),
        "may_declare": may(request.user, "conflicts.declare"),
        "refusal": refusal,
    }
    return render(request, "office/conflicts.html", context, status=refusal.status if refusal else 200)
