"""Conflicts of interest: declared by the person or by staff, in force from that moment, ended by somebody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor, authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.organisations import conflicts
from fundportal.organisations.models import Conflict, Organisation
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def declare_conflict(person_id: int, *, organisation_id: int, reason: str, by: Actor) -> Conflict:
    """What listens acts in the same transaction: a reviewer is recused. Declaring it again changes nothing."""
    person = User.objects.select_for_update().get(pk=person_id)
    is_own = isinstance(by, User) and by.pk == person.pk
    if not is_own:
        authorise(by, "conflicts.declare")
    if not reason.strip():
        raise Refusal(_("Say in a few words what ties this person to the organisation."), status=422, field="reason")
    standing: Conflict | None = Conflict.objects.in_force().filter(person=person, organisation=organisation_id).first()
    if standing:
        return standing
    conflict = Conflict.objects.create(
        person=person,
        organisation=Organisation.objects.get(pk=organisation_id),
        reason=reason.strip(),
        declared_by=by if isinstance(by, User) else None,
        declared_at=clock.now(),
    )
    record("conflicts.declare", conflict, by=by, facts={"reason": conflict.reason})
    conflicts.tell(conflict)
    _forget(by)
    return conflict


@transaction.atomic
def end_conflict(conflict_id: int, *, by: Actor) -> Conflict:
    """Never by the person it binds: they would decide that they may decide."""
    conflict: Conflict = Conflict.objects.select_for_update().get(pk=conflict_id)
    authorise(by, "conflicts.end")
    if isinstance(by, User) and by.pk == conflict.person_id:
        raise NotAllowed(_("This is your own conflict. Somebody else ends it."))
    if conflict.ended_at is not None:
        raise Refusal(_("This conflict has ended already."))
    conflict.ended_at = clock.now()
    conflict.save()
    record("conflicts.end", conflict, by=by)
    return conflict


def _forget(actor: Actor) -> None:
    """The actor in hand may be the person concerned, with the old answer of `conflicted_ids` remembered."""
    vars(actor).pop("conflicts_known", None)
