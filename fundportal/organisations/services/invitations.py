"""Somebody is asked to join, and joins by their own act: nobody is made a member, or put in conflict, unasked."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.accounts.models import User
from fundportal.accounts.services import account_for
from fundportal.audit.services import record
from fundportal.organisations import emails
from fundportal.organisations.models import Invitation, Membership, Organisation
from fundportal.organisations.services.conflicts import declare_conflict
from fundportal.organisations.services.members import authorise_signatory
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def invite_member(organisation_id: int, *, email: str, full_name: str, is_signatory: bool, by: User) -> Invitation:
    """An account without a password where there is none, and a letter. The answer is the same for a known address."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    authorise_signatory(by, organisation)
    person = account_for(email, full_name=full_name, language=by.language)
    _refuse_twice(organisation, person)
    invitation = Invitation.objects.create(
        organisation=organisation,
        user=person,
        email=email.strip().lower(),
        full_name=full_name.strip(),
        is_signatory=is_signatory,
        invited_by=by,
        invited_at=clock.now(),
    )
    record("organisations.invite", invitation, by=by, facts={"is_signatory": is_signatory})
    emails.invitation(invitation)
    return invitation


@transaction.atomic
def accept_invitation(invitation_id: int, *, by: User) -> Membership:
    """Only the person invited. Whoever holds a role is from now on in conflict with the organisation."""
    invitation = _lock(invitation_id)
    _authorise_invited(by, invitation)
    membership = Membership.objects.create(
        organisation=invitation.organisation, user=by, is_signatory=invitation.is_signatory, joined_at=clock.now()
    )
    invitation.membership = membership
    _close(invitation)
    record("organisations.join", membership, by=by, facts={"is_signatory": membership.is_signatory})
    if by.role_grants.in_force().exists():
        reason = _("Is a member of this organisation.")
        declare_conflict(by.pk, organisation_id=invitation.organisation_id, reason=reason, by=SYSTEM)
    emails.member_joined(membership, invited_by=invitation.invited_by)
    return membership


@transaction.atomic
def decline_invitation(invitation_id: int, *, by: User) -> Invitation:
    invitation = _lock(invitation_id)
    _authorise_invited(by, invitation)
    _close(invitation)
    record("organisations.decline", invitation, by=by)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, by: User) -> Invitation:
    """Taken back by somebody who signs for the organisation."""
    invitation = _lock(invitation_id)
    authorise_signatory(by, invitation.organisation)
    _close(invitation)
    record("organisations.withdraw_invitation", invitation, by=by)
    return invitation


def _lock(invitation_id: int) -> Invitation:
    place = Invitation.objects.values_list("organisation", flat=True).get(pk=invitation_id)
    Organisation.objects.select_for_update().get(pk=place)
    invitation = Invitation.objects.select_related("organisation", "user", "invited_by").get(pk=invitation_id)
    if invitation.ended_at is not None:
        raise Refusal(_("This invitation is answered already, or it was taken back."))
    return invitation


def _authorise_invited(by: User, invitation: Invitation) -> None:
    if by.pk != invitation.user_id:
        raise NotAllowed(_("This invitation is for somebody else."))


def _close(invitation: Invitation) -> None:
    invitation.ended_at = clock.now()
    invitation.save()


def _refuse_twice(organisation: Organisation, person: User) -> None:
    if Membership.objects.in_force().filter(organisation=organisation, user=person).exists():
        raise Refusal(_("This person is a member already."), status=422, field="email")
    if Invitation.objects.in_force().filter(organisation=organisation, user=person).exists():
        raise Refusal(_("This person is invited already and has a letter."), status=422, field="email")
