from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import Group

from fundportal.access import Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.demo.accounts import PASSWORD, PEOPLE, DemoPerson

SINCE = date(2024, 1, 1)


def load(report: Callable[[str], None]) -> None:
    """An account for each; who has a role has it in every fund. Changes nobody who is already there."""
    for person in PEOPLE:
        if not User.objects.filter(email=person.email).exists():
            _add(person)
    report(f"{len(PEOPLE)} demo accounts")


def _add(person: DemoPerson) -> None:
    user = User.objects.create_user(
        person.email, PASSWORD, full_name=person.full_name, language=person.language, is_demo=True
    )
    if person.role:
        RoleGrant.objects.create(user=user, role=person.role, fund=None, starts_on=SINCE, state="active")
    if person.role == Role.EDITOR:
        user.groups.add(Group.objects.get(name="Editors"))
