"""Somebody lost phone and recovery codes: two administrators take the second keys away, neither of them that person."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts import emails
from fundportal.accounts.models import FactorReset, User
from fundportal.accounts.services.roles import authorise_everywhere
from fundportal.audit.services import record
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def propose_factor_reset(person_id: int, *, reason: str, by: User) -> FactorReset:
    """Nothing changes yet; the person is told at once, so that a trick is noticed in time."""
    person = User.objects.select_for_update().get(pk=person_id)
    authorise_everywhere(by, "factors.reset")
    if by.pk == person.pk:
        raise NotAllowed(_("These are your own keys. Two others take them away."))
    if not reason.strip():
        raise Refusal(_("Say how you know that it is really this person who asks."), status=422, field="reason")
    if FactorReset.objects.filter(person=person, ended_at=None).exists():
        raise Refusal(_("This is proposed already and waits for a second administrator."))
    reset = FactorReset.objects.create(person=person, reason=reason.strip(), proposed_by=by, proposed_at=clock.now())
    record("factors.propose_reset", reset, by=by, facts={"reason": reset.reason})
    emails.factor_reset_proposed(reset)
    return reset


@transaction.atomic
def approve_factor_reset(reset_id: int, *, by: User) -> FactorReset:
    """Keys, recovery codes and password go, and every session with them; a code by email is the way in."""
    reset = _lock(reset_id)
    authorise_everywhere(by, "factors.reset")
    reason = why_not_approve_reset(reset, by)
    if reason:
        raise NotAllowed(reason)
    person = User.objects.select_for_update().get(pk=reset.person_id)
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    reset.approved_by = by
    _close(reset)
    record("factors.reset", reset, by=by, facts={"removed": removed})
    emails.factor_reset_done(reset)
    return reset


@transaction.atomic
def withdraw_factor_reset(reset_id: int, *, by: User) -> FactorReset:
    """By an administrator, or by the person whose keys they are."""
    reset = _lock(reset_id)
    if by.pk != reset.person_id:
        authorise_everywhere(by, "factors.reset")
    _close(reset)
    record("factors.withdraw_reset", reset, by=by)
    return reset


def why_not_approve_reset(reset: FactorReset, by: User) -> str:
    """Why this administrator may not be the second one; empty when they may."""
    if by.pk == reset.proposed_by_id:
        return _("You proposed this. Somebody else approves it.")
    if by.pk == reset.person_id:
        return _("These are your own keys. Two others take them away.")
    return ""


def _lock(reset_id: int) -> FactorReset:
    reset = FactorReset.objects.select_for_update(of=("self",)).select_related("person").get(pk=reset_id)
    if reset.ended_at is not None:
        raise Refusal(_("This was decided already."))
    return reset


def _close(reset: FactorReset) -> None:
    reset.ended_at = clock.now()
    reset.save()
