"""One folder with everything that cannot be made again: the database, the files, and a manifest of both."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from fundportal import clock
from fundportal.documents.models import Document
from fundportal.operations import database, files, manifest, roles
from fundportal.operations.files import StoredFile
from fundportal.operations.manifest import Manifest


class ArchiveRefused(Exception):
    """One sentence for each thing that is not as it has to be."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))


def back_up(parent: Path) -> tuple[Path, Manifest, str]:
    """Makes the archive in a new folder, readable by its owner only.

    Files waiting in quarantine move on while the portal works: they are copied before the database and once more after
    it. All other files are never replaced, so those after the database are at least those that it names.
    """
    now = clock.now().astimezone(UTC)
    folder = parent / f"fundportal-{now:%Y%m%dT%H%M%SZ}"
    folder.mkdir(parents=True, mode=0o700)
    held = {(file.storage, file.name): file for file in files.copy_out("quarantine", folder)}
    rows = database.dump(folder)
    for alias in files.kept_storages():
        held |= {(file.storage, file.name): file for file in files.copy_out(alias, folder)}
    made = Manifest(
        made_at=now.isoformat(),
        vendor=connection.vendor,
        migrations=sorted(".".join(known) for known in MigrationRecorder(connection).applied_migrations()),
        database=_database_file(folder),
        rows=rows,
        files=[held[key] for key in sorted(held)],
    )
    return folder, made, made.write(folder)


def _database_file(folder: Path) -> StoredFile:
    name = database.FILE_OF[connection.vendor]
    with (folder / name).open("rb") as content:
        size, sha256 = files.fingerprint(content)
    return StoredFile("database", name, size, sha256)


def restore(folder: Path) -> Manifest:
    """Puts an archive into an empty database and empty storages.

    Raises ArchiveRefused: before it touches anything when the archive is damaged, of another database or of a later
    version, or when the target is not empty; afterwards when something did not arrive.
    """
    try:
        known = manifest.read(folder)
    except ValueError as trouble:
        raise ArchiveRefused(str(trouble)) from trouble
    refused = [*_unfit(known), *known.damages(folder)] or _standing_in_the_way()
    if refused:
        raise ArchiveRefused(*refused)
    database.restore(folder)
    wrong = files.copy_in(known.files, folder)
    if settings.APP_ROLE:
        roles.grant(settings.APP_ROLE)
    refused = [*wrong, *differing_counts(known), *documents_without_their_file()]
    if refused:
        raise ArchiveRefused(*refused)
    return known


def _unfit(known: Manifest) -> Iterator[str]:
    if known.vendor != connection.vendor:
        yield f"The archive was made of {known.vendor}; the database here is {connection.vendor}."
    ours = {".".join(name) for name in MigrationExecutor(None).loader.disk_migrations}
    for name in sorted(set(known.migrations) - ours):
        yield f"The archive knows the migration {name}, this version does not: restore with the version that made it."


def _standing_in_the_way() -> list[str]:
    found = [] if database.is_empty() else ["The database is not empty. Restore into a new one."]
    taken = [alias for alias in files.kept_storages() if next(files.names_in(storages[alias]), None) is not None]
    return found + [f"The storage {alias} is not empty. Restore into a new folder or bucket." for alias in taken]


def differing_counts(known: Manifest) -> Iterator[str]:
    rows = database.count_rows()
    for table in sorted(rows.keys() | known.rows.keys()):
        here, there = rows.get(table), known.rows.get(table)
        if here != there:
            yield f"The table {table} has {here} rows here and {there} in the archive."


def documents_without_their_file() -> Iterator[str]:
    """Every document row against the fingerprint of its file."""
    storage = storages["private"]
    for pk, name, size, sha256 in Document.objects.order_by("pk").values_list("pk", "file", "size", "sha256"):
        try:
            with storage.open(name) as content:
                found = files.fingerprint(content)
        except FileNotFoundError:
            yield f"The file of document {pk} is missing."
            continue
        if found != (size, sha256):
            yield f"The file of document {pk} is not what was stored."


def waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
