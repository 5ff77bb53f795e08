"""People with their roles, and the funds these hold for."""

import itertools
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.funds.models import Fund

_numbers = itertools.count(1)


def make_fund(code: str = "", **facts: Any) -> Fund:
    code = code or f"fund-{next(_numbers)}"
    defaults = {"names": {"en": f"Fund {code}", "fr": f"Fonds {code}"}, "contact_email": f"{code}@example.org"}
    return Fund.objects.create(code=code, **(defaults | facts))


def make_person(full_name: str = "", *roles: Role, fund: Fund | None = None, **facts: Any) -> User:
    """A person who may sign in; `roles` are in force since the day before today, in `fund` or everywhere."""
    number = next(_numbers)
    name = full_name or f"Person {number}"
    email = facts.pop("email", f"{name.split()[0].lower()}-{number}@example.org")
    person = User.objects.create_user(email, facts.pop("password", None), full_name=name, **facts)
    for role in roles:
        hold(person, role, fund=fund)
    return person


def hold(person: User, role: Role, *, fund: Fund | None = None) -> RoleGrant:
    return RoleGrant.objects.create(
        user=person, role=role, fund=fund, starts_on=clock.today("UTC"), state=RoleState.ACTIVE, approved_at=clock.now()
    )
