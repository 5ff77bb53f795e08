from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fundportal.operations import roles


class Command(BaseCommand):
    help = "Lets the portal's database role work in every table, and only add rows to those that are written once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", nargs="?", default=settings.APP_ROLE, help="unless given: the user of DATABASE_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["role"]:
            raise CommandError("Name the role, or run this with fundportal.settings.owner.")
        try:
            tables = roles.grant(options["role"])
        except roles.RoleRefused as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"{options['role']} works in every table and only adds to {', '.join(tables)}.")
