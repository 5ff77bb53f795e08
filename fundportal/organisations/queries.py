from typing import Any

from django.db.models import QuerySet

from fundportal.accounts.models import User
from fundportal.organisations.models import Conflict, Membership, Organisation


def organisations_of(user: object) -> QuerySet[Organisation]:
    return Organisation.objects.of(user).order_by("name", "pk")


def may_edit(user: object, organisation: Organisation) -> bool:
    """Every member may write: the profile and the drafts."""
    return _memberships(user, organisation).exists()


def may_sign(user: object, organisation: Organisation) -> bool:
    """Signatories send applications and bind the organisation."""
    return _memberships(user, organisation).filter(is_signatory=True).exists()


def members(organisation: Organisation) -> QuerySet[User]:
    in_force = Membership.objects.in_force().filter(organisation=organisation)
    return User.objects.filter(pk__in=in_force.values("user")).order_by("full_name", "pk")


def signatories(organisation: Organisation) -> QuerySet[User]:
    signing = Membership.objects.in_force().filter(organisation=organisation, is_signatory=True)
    return User.objects.filter(pk__in=signing.values("user")).order_by("full_name", "pk")


def conflicted_ids(user: object) -> set[int]:
    """The organisations this person keeps away from: conflicts in force, and those they are a member of.

    Read once for each user object; `declare_conflict` by that person forgets what was read.
    """
    if not getattr(user, "is_authenticated", False):
        return set()
    if not hasattr(user, "conflicts_known"):
        declared = Conflict.objects.in_force().filter(person=user.pk).values_list("organisation_id", flat=True)
        joined = Membership.objects.in_force().filter(user=user.pk).values_list("organisation_id", flat=True)
        user.conflicts_known = set(declared) | set(joined)
    return user.conflicts_known


def has_conflict(user: object, organisation_id: int) -> bool:
    return organisation_id in conflicted_ids(user)


def profile(organisation: Organisation) -> dict[str, Any]:
    """What the organisation says of itself at this moment, as plain JSON to be copied into a revision."""
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "country": organisation.country,
        "city": organisation.city,
        "address": organisation.address,
        "website": organisation.website,
        "identifiers": [
            {"scheme": each.scheme, "value": each.value}
            for each in organisation.identifiers.order_by("scheme", "value")
        ],
        "signatories": [person.full_name for person in signatories(organisation)],
        "is_fictional": organisation.is_fictional,
    }


def _memberships(user: object, organisation: Organisation) -> QuerySet[Membership]:
    person = user.pk if getattr(user, "is_authenticated", False) else None
    return Membership.objects.in_force().filter(user=person, organisation=organisation)
