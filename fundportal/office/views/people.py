"""People and their roles: read, propose, approve, end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.access import ALL, funds_where, may
from fundportal.accounts import services
from fundportal.accounts.forms import PersonForm, RoleForm
from fundportal.accounts.models import RoleGrant, User
from fundportal.office.access import access_actions, access_facts
from fundportal.office.forms import PeopleSearch
from fundportal.office.queries import funds_for, people_for
from fundportal.office.roles import roles_of
from fundportal.office.tables import people_table
from fundportal.refusals import Refusal

ROWS = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    search = PeopleSearch(request.GET)
    asked = search.asked()
    found = people_for(request.user)
    for word in (asked["words"] or "").split():
        found = found.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
    if asked["state"]:
        seen = RoleGrant.objects.visible_to(request.user).filter(state=asked["state"])
        found = found.filter(pk__in=seen.values("user"))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"search": search, "page": page, "table": people_table(page), "may_add": _may_add(request.user)}
    return render(request, "office/people.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            person = services.add_person(**form.cleaned_data, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("%(name)s can sign in now and has a letter about it.") % {"name": person})
            return redirect("office:person", user_id=person.pk)
    return render(request, "office/person_add.html", {"form": form}, status=status_of(form, status))


@require_safe
def person(request: HttpRequest, user_id: int) -> HttpResponse:
    return person_page(request, user_id)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, user_id: int) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), pk=user_id)
    everywhere = funds_where(request.user, "roles.propose") == ALL
    form = RoleForm(request.POST or None, funds=funds_for(request.user, "roles.propose"), everywhere=everywhere)
    status = 200
    if form.is_valid():
        try:
            services.propose_role(found.pk, role=form.cleaned_data["role"], term=form.term(), by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("Proposed. A second administrator approves it before it counts."))
            return redirect("office:person", user_id=user_id)
    return render(request, "office/role_propose.html", {"form": form, "person": found}, status=status_of(form, status))


@require_POST
def approve(request: HttpRequest, grant_id: int) -> HttpResponse:
    return _act(request, grant_id, services.approve_role, _("The role is in force; the person has a letter about it."))


@require_POST
def withdraw(request: HttpRequest, grant_id: int) -> HttpResponse:
    return _act(request, grant_id, services.withdraw_role, _("The proposal is taken back."))


@require_POST
def end(request: HttpRequest, grant_id: int) -> HttpResponse:
    return _act(request, grant_id, services.end_role, _("The role has ended. What was done under it stays on record."))


def _act(request: HttpRequest, grant_id: int, service: Callable[..., Any], done: str) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user), pk=grant_id)
    try:
        service(grant.pk, by=request.user)
    except Refusal as refusal:
        return person_page(request, grant.user_id, refusal)
    messages.success(request, done)
    return redirect("office:person", user_id=grant.user_id)


def person_page(request: HttpRequest, user_id: int, refusal: Refusal | None = None) -> HttpResponse:
    found = get_object_or_404(people_for(request.user), pk=user_id)
    context = {
        "person": found,
        "roles": roles_of(found, by=request.user),
        "may_propose": may(request.user, "roles.propose"),
        "may_reset": may(request.user, "factors.reset") and found.pk != request.user.pk and found.is_active,
        "access": access_facts(found),
        "access_actions": access_actions(found, by=request.user),
        "refusal": refusal,
    }
    return render(request, "office/person.html", context, status=refusal.status if refusal else 200)


def _may_add(user: User) -> bool:
    return funds_where(user, "people.add") == ALL


def put_beside(form: BaseForm, refusal: Refusal) -> int:
    form.add_error(refusal.field or None, str(refusal))
    return refusal.status


def status_of(form: BaseForm, status: int) -> int:
    return 422 if form.is_bound and form.errors and status == 200 else status  # noqa: PLR2004  (HTTP's own numbers)
