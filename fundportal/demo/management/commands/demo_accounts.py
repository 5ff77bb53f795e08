from typing import Any

from django.core.management.base import BaseCommand

from fundportal.access import Role
from fundportal.demo.accounts import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Prints the demo accounts with their roles."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"  {'Role':<38} {'Sign in as':<22} Password")
        for person in PEOPLE:
            role = Role(person.role).label if person.role else "Applicant"
            self.stdout.write(f"  {role!s:<38} {person.email:<22} {PASSWORD}")
