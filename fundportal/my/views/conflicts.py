from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fundportal.my.answers import status_of
from fundportal.my.forms import OrganisationSearch
from fundportal.my.queries import organisations_named
from fundportal.my.tables import conflicts_table
from fundportal.organisations.forms import ConflictForm
from fundportal.organisations.models import Conflict
from fundportal.organisations.queries import conflicted_ids
from fundportal.organisations.services import declare_conflict


@require_http_methods(["GET", "POST"])
def conflicts(request: HttpRequest) -> HttpResponse:
    """What this person declared, and a search with a form to declare more. Ending one takes somebody else."""
    search = OrganisationSearch(request.GET)
    words = search.asked()["words"] or ""
    found = organisations_named(words, barred=conflicted_ids(request.user))
    form = ConflictForm(request.POST or None, found=found)
    if form.is_valid():
        typed = form.cleaned_data
        declare_conflict(
            request.user.pk, organisation_id=typed["organisation"].pk, reason=typed["reason"], by=request.user
        )
        messages.success(request, _("Declared. From this moment nothing of theirs comes to you."))
        return redirect("my:conflicts")
    standing = Conflict.objects.in_force().filter(person=request.user).select_related("organisation")
    table = conflicts_table(standing.order_by("-declared_at", "-pk"))
    context = {"form": form, "found": found, "words": words, "search": search, "table": table}
    return render(request, "my/conflicts.html", context, status=status_of(form))
