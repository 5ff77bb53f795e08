"""One's own organisations: register, read, change. Others' are not there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.my.answers import put_beside, status_of
from fundportal.my.queries import own_organisations
from fundportal.my.tables import organisation_facts, shown_invitations, shown_members
from fundportal.organisations import services
from fundportal.organisations.forms import ProfileForm, RegistrationForm
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import may_sign
from fundportal.refusals import Refusal


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = RegistrationForm(request.POST or None)
    if form.is_valid():
        made = services.register_organisation(**form.cleaned_data, by=request.user)
        messages.success(
            request, _("%(name)s is registered. You sign for it; invite those who write with you.") % {"name": made}
        )
        return redirect("my:organisation", organisation_id=made.pk)
    return render(request, "my/organisation_add.html", {"form": form}, status=status_of(form))


@require_safe
def page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    return organisation_page(request, organisation_id)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, organisation_id: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.of(request.user), pk=organisation_id)
    form = ProfileForm(request.POST or None, organisation=organisation)
    status, standing = 200, None
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            services.edit_organisation(organisation.pk, profile=form.profile(), version=version, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
            organisation.refresh_from_db()
            standing = organisation_facts(organisation) if version != organisation.version else None
        else:
            messages.success(request, _("Saved. Applications you send from now on carry it."))
            return redirect("my:organisation", organisation_id=organisation.pk)
    context = {"form": form, "organisation": organisation, "standing": standing}
    return render(request, "my/organisation_edit.html", context, status=status_of(form, status))


def organisation_page(request: HttpRequest, organisation_id: int, refusal: Refusal | None = None) -> HttpResponse:
    found = get_object_or_404(own_organisations().of(request.user), pk=organisation_id)
    signs = may_sign(request.user, found)
    context = {
        "organisation": found,
        "facts": organisation_facts(found),
        "members": shown_members(found, reader=request.user, signs=signs),
        "invited": shown_invitations(found, signs=signs),
        "signs": signs,
        "refusal": refusal,
    }
    return render(request, "my/organisation.html", context, status=refusal.status if refusal else 200)
