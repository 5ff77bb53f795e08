from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from fundportal.operations import archives
from fundportal.operations.database import DatabaseRefused


class Command(BaseCommand):
    help = "Writes the database and all files into a new folder, with a manifest of their fingerprints."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("into", nargs="?", type=Path, default=Path(settings.BACKUP_DIR))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder, made, own = archives.back_up(options["into"])
        except (DatabaseRefused, FileExistsError) as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Archive  {folder}")
        self.stdout.write(f"Rows     {sum(made.rows.values())} in {len(made.rows)} tables")
        self.stdout.write(f"Files    {len(made.files)}, {sum(file.size for file in made.files)} bytes")
        self.stdout.write(f"Manifest {own}")
