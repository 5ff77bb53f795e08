"""Who writes and signs for an organisation. It always keeps somebody who signs."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.organisations import emails
from fundportal.organisations.models import Membership, Organisation
from fundportal.organisations.queries import may_sign
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def change_member(membership_id: int, *, is_signatory: bool, by: User) -> Membership:
    """Gives or takes the right to sign. Raises Refusal when nobody would be left who signs."""
    membership = lock_membership(membership_id)
    authorise_signatory(by, membership.organisation)
    if membership.is_signatory == is_signatory:
        return membership
    if not is_signatory:
        _keep_a_signatory(membership)
    membership.is_signatory = is_signatory
    membership.save()
    record("organisations.change_member", membership, by=by, facts={"is_signatory": is_signatory})
    if by.pk != membership.user_id:
        emails.member_changed(membership)
    return membership


@transaction.atomic
def end_membership(membership_id: int, *, by: User) -> Membership:
    """By a signatory, or by the member who leaves."""
    membership = lock_membership(membership_id)
    if by.pk != membership.user_id:
        authorise_signatory(by, membership.organisation)
    _keep_a_signatory(membership)
    membership.ended_at = clock.now()
    membership.save()
    record("organisations.end_membership", membership, by=by)
    if by.pk != membership.user_id:
        emails.membership_ended(membership)
    return membership


def lock_membership(membership_id: int) -> Membership:
    """The organisation's row is the lock for all its people. Raises Refusal when the membership has ended."""
    place = Membership.objects.values_list("organisation", flat=True).get(pk=membership_id)
    Organisation.objects.select_for_update().get(pk=place)
    membership = Membership.objects.select_related("organisation", "user").get(pk=membership_id)
    if membership.ended_at is not None:
        raise Refusal(_("This person is no longer a member."))
    return membership


def authorise_signatory(by: User, organisation: Organisation) -> None:
    if not may_sign(by, organisation):
        raise NotAllowed(_("Only people who sign for the organisation decide who its members are."))


def _keep_a_signatory(leaving: Membership) -> None:
    others = Membership.objects.in_force().filter(organisation=leaving.organisation, is_signatory=True)
    if leaving.is_signatory and not others.exclude(pk=leaving.pk).exists():
        raise Refusal(_("Somebody has to sign for the organisation. Let another member sign first."))
