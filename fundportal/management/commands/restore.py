from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fundportal.operations import archives
from fundportal.operations.archives import ArchiveRefused
from fundportal.operations.database import DatabaseRefused
from fundportal.operations.roles import RoleRefused


class Command(BaseCommand):
    help = "Puts an archive into an empty database and empty storages, and proves that all of it is there."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            known = archives.restore(options["archive"])
        except (ArchiveRefused, DatabaseRefused, RoleRefused) as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Restored what was written at {known.made_at}:")
        self.stdout.write(f"  {sum(known.rows.values())} rows in {len(known.rows)} tables, each table counted")
        self.stdout.write(f"  {len(known.files)} files, each with its fingerprint")
        waiting = archives.waiting_migrations()
        if waiting:
            order = "Run migrate, then check_invariants."
            raise CommandError(f"The archive is older than this version: {waiting} migrations wait. {order}")
        call_command("check_invariants", stdout=self.stdout)
