"""Who may do what: policies, actors, and the door of every URL."""

from fundportal.access.actors import SYSTEM, Actor, SystemActor
from fundportal.access.policies import ALL, authorise, funds_where, may, policy
from fundportal.access.roles import Role

__all__ = ["ALL", "SYSTEM", "Actor", "Role", "SystemActor", "authorise", "funds_where", "may", "policy"]
