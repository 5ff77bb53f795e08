"""Finds the people of the demo again, by what they do or by their first name."""

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.demo.accounts import PEOPLE


def holder(role: Role, place: int = 0) -> User:
    """Who holds the role; the first of them unless another place is asked for."""
    return User.objects.filter(role_grants__role=role, is_demo=True).order_by("pk")[place]


def named(first_name: str) -> User:
    email = next(person.email for person in PEOPLE if person.full_name.startswith(first_name))
    return User.objects.get(email=email)
