"""Who writes and signs for an organisation: invite, answer, change, end."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.my.answers import put_beside, status_of
from fundportal.my.queries import open_invitations
from fundportal.my.views.organisations import organisation_page
from fundportal.organisations import services
from fundportal.organisations.forms import InvitationForm
from fundportal.organisations.models import Invitation, Membership, Organisation
from fundportal.organisations.queries import organisations_of
from fundportal.refusals import Refusal


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, organisation_id: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.of(request.user), pk=organisation_id)
    form = InvitationForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            services.invite_member(organisation.pk, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            name = form.cleaned_data["full_name"]
            messages.success(request, _("%(name)s has a letter and joins by saying yes.") % {"name": name})
            return redirect("my:organisation", organisation_id=organisation.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "my/invite.html", context, status=status_of(form, status))


@require_POST
def signs(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = partial(services.change_member, is_signatory=True)
    return _act_on_member(request, membership_id, act, _("This person may sign from now on and has a letter about it."))


@require_POST
def writes(request: HttpRequest, membership_id: int) -> HttpResponse:
    act = partial(services.change_member, is_signatory=False)
    return _act_on_member(request, membership_id, act, _("This person no longer signs, and still writes."))


@require_POST
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    return _act_on_member(request, membership_id, services.end_membership, _("The membership has ended."))


@require_safe
def invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    found = get_object_or_404(open_invitations(request.user), pk=invitation_id)
    return render(request, "my/invitation.html", {"invitation": found})


@require_POST
def accept(request: HttpRequest, invitation_id: int) -> HttpResponse:
    found = get_object_or_404(open_invitations(request.user), pk=invitation_id)
    services.accept_invitation(found.pk, by=request.user)
    messages.success(request, _("You are a member of %(name)s.") % {"name": found.organisation})
    return redirect("my:organisation", organisation_id=found.organisation_id)


@require_POST
def decline(request: HttpRequest, invitation_id: int) -> HttpResponse:
    found = get_object_or_404(open_invitations(request.user), pk=invitation_id)
    services.decline_invitation(found.pk, by=request.user)
    messages.success(request, _("Declined. You hear no more of it."))
    return redirect("my:desk")


@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=invitation_id, organisation__in=organisations_of(request.user))
    place = found.organisation_id
    return _act(request, place, partial(services.withdraw_invitation, found.pk), _("The invitation is taken back."))


def _act_on_member(request: HttpRequest, membership_id: int, service: Callable[..., Any], done: str) -> HttpResponse:
    found = get_object_or_404(Membership, pk=membership_id, organisation__in=organisations_of(request.user))
    return _act(request, found.organisation_id, partial(service, found.pk), done)


def _act(request: HttpRequest, organisation_id: int, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        act(by=request.user)
    except Refusal as refusal:
        return organisation_page(request, organisation_id, refusal)
    messages.success(request, done)
    if organisations_of(request.user).filter(pk=organisation_id).exists():
        return redirect("my:organisation", organisation_id=organisation_id)
    return redirect("my:desk")
