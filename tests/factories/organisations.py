"""Organisations with the people who write and sign for them."""

import itertools
from typing import Any

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.organisations.models import Conflict, Invitation, Kind, Membership, Organisation
from tests.factories.people import make_person

_numbers = itertools.count(1)


def make_organisation(name: str = "", kind: Kind = Kind.CITY, **facts: Any) -> Organisation:
    """An organisation without members."""
    defaults = {"country": "US", "city": "Port Aurora", "is_fictional": True}
    return Organisation.objects.create(
        name=name or f"City of Example {next(_numbers)}", kind=kind, **(defaults | facts)
    )


def join(person: User, organisation: Organisation, *, is_signatory: bool = False) -> Membership:
    return Membership.objects.create(
        organisation=organisation, user=person, is_signatory=is_signatory, joined_at=clock.now()
    )


def make_member(organisation: Organisation, full_name: str = "", *, is_signatory: bool = False) -> User:
    """An applicant who writes for the organisation."""
    person = make_person(full_name)
    join(person, organisation, is_signatory=is_signatory)
    return person


def make_signatory(organisation: Organisation, full_name: str = "") -> User:
    return make_member(organisation, full_name, is_signatory=True)


def make_conflict(
    person: User, organisation: Organisation, *, reason: str = "Worked there until last year"
) -> Conflict:
    return Conflict.objects.create(
        person=person, organisation=organisation, reason=reason, declared_by=person, declared_at=clock.now()
    )


def make_invitation(organisation: Organisation, person: User, *, by: User, is_signatory: bool = False) -> Invitation:
    return Invitation.objects.create(
        organisation=organisation,
        user=person,
        email=person.email,
        full_name=person.full_name,
        is_signatory=is_signatory,
        invited_by=by,
        invited_at=clock.now(),
    )
