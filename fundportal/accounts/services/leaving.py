"""Somebody leaves: every role ends, every session closes and the account is shut, in one act."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import Actor, Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.services.roles import authorise_everywhere, end_role, withdraw_role
from fundportal.accounts.states import RoleState
from fundportal.audit.services import record
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def close_account(person_id: int, *, by: Actor) -> User:
    """Whoever has no password and no open account has no session either: Django checks both at each request."""
    person = User.objects.select_for_update().get(pk=person_id)
    authorise_everywhere(by, "people.close")
    if isinstance(by, User) and by.pk == person.pk:
        raise NotAllowed(_("This is your own account. Somebody else closes it."))
    if not person.is_active:
        raise Refusal(_("This account is closed already."))
    _keep_an_administrator(person)
    ended = [_end(grant, by) for grant in RoleGrant.objects.filter(user=person).exclude(state=RoleState.ENDED)]
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    record("people.close", person, by=by, facts={"roles_ended": sorted(ended)})
    return person


@transaction.atomic
def reopen_account(person_id: int, *, by: Actor) -> User:
    """The person may sign in again, by a code; roles are proposed anew."""
    person = User.objects.select_for_update().get(pk=person_id)
    authorise_everywhere(by, "people.close")
    if person.is_active:
        raise Refusal(_("This account is open."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    record("people.reopen", person, by=by)
    return person


def _end(grant: RoleGrant, by: Actor) -> str:
    close = withdraw_role if grant.state == RoleState.PROPOSED else end_role
    close(grant.pk, by=by)
    return str(grant.role)


def _keep_an_administrator(leaving: User) -> None:
    administrators = RoleGrant.objects.in_force().filter(role=Role.PEOPLE_ADMIN, fund=None)
    if administrators.filter(user=leaving).exists() and not administrators.exclude(user=leaving).exists():
        raise Refusal(_("Nobody else manages people and roles in every fund. Give somebody that role first."))
