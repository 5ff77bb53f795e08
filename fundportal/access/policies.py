"""Who may do what. A permission is a name with the roles that hold it; a superuser flag grants nothing.

`User.has_perm` answers yes to every superuser, so separation of duties would not bind the most powerful account;
services ask here instead.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from fundportal.access.actors import Actor
from fundportal.access.roles import Role
from fundportal.refusals import NotAllowed


@dataclass(frozen=True)
class Policy:
    name: str
    roles: frozenset[str]
    by_system: bool


ALL: Final = "every fund"
_policies: dict[str, Policy] = {}


def policy(name: str, *roles: str, by_system: bool = False) -> Policy:
    """Defines a permission. Saying the same twice is harmless; saying something else is a mistake."""
    unknown = set(roles) - set(Role.values)
    if unknown:
        message = f"{name}: no such role {sorted(unknown)}"
        raise ValueError(message)
    made = Policy(name, frozenset(roles), by_system)
    if _policies.setdefault(name, made) != made:
        message = f"{name} is already defined with other roles"
        raise ValueError(message)
    return made


def all_policies() -> dict[str, Policy]:
    return dict(_policies)


def may(actor: object, name: str, fund: object | None = None) -> bool:
    """Whether the actor holds the permission: for this fund, or, without one, for any fund."""
    held = funds_where(actor, name)
    if held == ALL:
        return True
    return bool(held) if fund is None else getattr(fund, "pk", fund) in held


def authorise(actor: object, name: str, fund: object | None = None) -> None:
    """Raises NotAllowed unless the actor may."""
    if not may(actor, name, fund):
        raise NotAllowed(_("Your role does not allow this. Ask the person who manages roles in your office."))


def funds_where(actor: object, name: str) -> str | frozenset[int]:
    """The ids of the funds in which the actor holds the permission, or ALL."""
    rule = _policies[name]
    if getattr(actor, "is_system", False):
        return ALL if rule.by_system else frozenset()
    held = _held(actor)
    funds = {fund for role, fund in held if role in rule.roles}
    return ALL if None in funds else frozenset(fund for fund in funds if fund is not None)


def _held(actor: object) -> list[tuple[str, int | None]]:
    if not getattr(actor, "is_authenticated", False):
        return []
    person: Actor = actor  # type: ignore[assignment]  # signed-in users carry grants_held
    return list(person.grants_held())
