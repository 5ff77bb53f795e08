"""Roles. Who proposes a role does not approve it, and nobody approves their own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fundportal.access import ALL, SYSTEM, Actor, Role, authorise, funds_where
from fundportal.accounts import emails
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.lifecycle import move
from fundportal.refusals import NotAllowed, Refusal

EDITORS_GROUP = "Editors"


@dataclass(frozen=True)
class Term:
    """In which fund (None: in every one) and from which day to which (None: until it is ended)."""

    fund: Fund | None
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def propose_role(user_id: int, *, role: str, term: Term, by: Actor) -> RoleGrant:
    person = User.objects.select_for_update().get(pk=user_id)
    authorise_for(by, "roles.propose", term.fund)
    return write_proposal(person, role=role, term=term, by=by)


def write_proposal(person: User, *, role: str, term: Term, by: Actor, stands_in_for: User | None = None) -> RoleGrant:
    """Without asking who may: the caller has. `stands_in_for` is who is away and whose role it is."""
    if overlapping(person, role, term).exists():
        raise Refusal(_("This role is already held or proposed for these days."), status=422, field="role")
    if term.ends_on is not None and term.ends_on < term.starts_on:
        raise Refusal(_("The last day comes before the first one."), status=422, field="ends_on")
    grant = RoleGrant.objects.create(
        user=person,
        role=role,
        fund=term.fund,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        proposed_by=_person(by),
        stands_in_for=stands_in_for,
    )
    record("roles.propose", grant, by=by, fund=grant.fund, after=grant.state, facts=_facts(grant))
    return grant


@transaction.atomic
def approve_role(grant_id: int, *, by: Actor) -> RoleGrant:
    grant = _lock(grant_id)
    authorise_for(by, "roles.approve", grant.fund)
    reason = why_not_approve(grant, by)
    if reason:
        raise NotAllowed(reason)
    before = grant.state
    move(grant, "approve")
    grant.approved_by = _person(by)
    grant.save()
    record("roles.approve", grant, by=by, fund=grant.fund, before=before, after=grant.state)
    emails.role_granted(grant)
    sync_editors()
    return grant


@transaction.atomic
def withdraw_role(grant_id: int, *, by: Actor) -> RoleGrant:
    """A proposal that will not be approved, taken back by whoever may propose."""
    return _close(grant_id, "withdraw", by=by)


@transaction.atomic
def end_role(grant_id: int, *, by: Actor) -> RoleGrant:
    """From this moment neither the person nor a deputy may act under it."""
    grant = _close(grant_id, "end", by=by)
    deputies = RoleGrant.objects.filter(stands_in_for=grant.user, role=grant.role, fund=grant.fund)
    for held in deputies.exclude(state=RoleState.ENDED).order_by("pk"):
        _close(held.pk, "withdraw" if held.state == RoleState.PROPOSED else "end", by=by)
    return grant


def end_outlived_roles() -> int:
    """What the clock does every hour: closes roles whose last day has passed; returns how many."""
    outlived = list(RoleGrant.objects.outlived().values_list("pk", flat=True))
    for grant_id in outlived:
        end_role(grant_id, by=SYSTEM)
    sync_editors()
    return len(outlived)


def sync_editors() -> None:
    """The group that opens the editorial pages holds exactly the people with the editor's role in force."""
    group, _is_new = Group.objects.get_or_create(name=EDITORS_GROUP)
    in_force = RoleGrant.objects.in_force().filter(role=Role.EDITOR)
    group.user_set.set(User.objects.filter(pk__in=in_force.values("user")).order_by("pk"))


def why_not_approve(grant: RoleGrant, by: Actor) -> str:
    """Why this person may not be the second one; empty when they may."""
    person = _person(by)
    if person is not None and person.pk == grant.proposed_by_id:
        return _("You proposed this role. Somebody else approves it.")
    if person is not None and person.pk == grant.user_id:
        return _("This is your own role. Somebody else approves it.")
    return ""


def _close(grant_id: int, act: str, *, by: Actor) -> RoleGrant:
    grant = _lock(grant_id)
    authorise_for(by, "roles.end", grant.fund)
    before = grant.state
    move(grant, act)
    grant.save()
    record(f"roles.{act}", grant, by=by, fund=grant.fund, before=before, after=grant.state)
    sync_editors()
    return grant


def _lock(grant_id: int) -> RoleGrant:
    return RoleGrant.objects.select_for_update(of=("self",)).select_related("user", "fund").get(pk=grant_id)


def authorise_for(by: Actor, permission: str, fund: Fund | None) -> None:
    if fund is None:
        authorise_everywhere(by, permission)
    else:
        authorise(by, permission, fund=fund)


def authorise_everywhere(by: Actor, permission: str) -> None:
    """What holds in every fund needs somebody who may act in every fund."""
    authorise(by, permission)
    if funds_where(by, permission) != ALL:
        raise NotAllowed(_("You manage the roles of some funds only. Choose one of them."))


def overlapping(person: User, role: str, term: Term) -> QuerySet[RoleGrant]:
    """What the person holds, or would hold if it were approved, of this role on any of these days."""
    same = RoleGrant.objects.filter(user=person, role=role, fund=term.fund).exclude(state=RoleState.ENDED)
    meets = Q(ends_on__isnull=True) | Q(ends_on__gte=term.starts_on)
    begins_before_the_end = Q() if term.ends_on is None else Q(starts_on__lte=term.ends_on)
    return same.filter(meets, begins_before_the_end)


def _person(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


def _facts(grant: RoleGrant) -> dict[str, Any]:
    return {
        "role": grant.role,
        "starts_on": grant.starts_on.isoformat(),
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        "stands_in_for": grant.stands_in_for_id,
    }
