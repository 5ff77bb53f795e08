"""An organisation and what it says of itself. Who registers it signs for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.organisations.models import Identifier, Membership, Organisation
from fundportal.organisations.queries import may_edit
from fundportal.refusals import NotAllowed, Refusal

STATED = ("name", "kind", "country", "city", "address", "website")


@dataclass(frozen=True)
class Profile:
    """`identifiers` maps a register (Scheme) to the number there; an empty number is left out."""

    name: str
    kind: str
    country: str
    city: str = ""
    address: str = ""
    website: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def register_organisation(*, name: str, kind: str, country: str, city: str, by: User) -> Organisation:
    """Any signed-in person may; what organisations there are twice is seen when they apply."""
    made = Organisation.objects.create(
        name=name.strip(), kind=kind, country=country, city=city.strip(), is_fictional=by.is_demo
    )
    Membership.objects.create(organisation=made, user=by, is_signatory=True, joined_at=clock.now())
    record("organisations.register", made, by=by, facts={"kind": kind, "country": country})
    return made


@transaction.atomic
def edit_organisation(organisation_id: int, *, profile: Profile, version: int, by: User) -> Organisation:
    """Raises Refusal (409) when somebody else changed it since `version`, (422) when a number is somebody else's."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
    if not may_edit(by, organisation):
        raise NotAllowed(_("Only the people of this organisation change what it says of itself."))
    if organisation.version != version:
        raise Refusal(_("Somebody changed this page while you wrote. Your text is kept; look at what stands now."))
    changed = [name for name in STATED if getattr(organisation, name) != getattr(profile, name)]
    for name in changed:
        setattr(organisation, name, getattr(profile, name))
    organisation.version += 1
    organisation.save()
    changed += _number(organisation, profile.identifiers)
    record("organisations.edit", organisation, by=by, facts={"changed": changed})
    return organisation


def _number(organisation: Organisation, wanted: Mapping[str, str]) -> list[str]:
    """Makes the organisation's numbers those wanted; returns the registers in which something changed."""
    standing = {each.scheme: each for each in organisation.identifiers.order_by("scheme")}
    changed = []
    for scheme, typed in wanted.items():
        value = typed.strip()
        known = standing.get(scheme)
        if (known.value if known else "") == value:
            continue
        changed.append(scheme)
        if known:
            known.delete()
        if value:
            _refuse_taken(scheme, value)
            Identifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    return changed


def _refuse_taken(scheme: str, value: str) -> None:
    if Identifier.objects.filter(scheme=scheme, value=value).exists():
        sentence = _("This number belongs to an organisation that is registered here. Ask its people to invite you.")
        raise Refusal(sentence, status=422, field=scheme)
