"""The database into one file and back: PostgreSQL by pg_dump and pg_restore, SQLite by its backup interface."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

FILE_OF = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
PROGRAM_TAKES = 6 * 3600

Ask = Callable[[str], Any]


class DatabaseRefused(Exception):
    """Says what kept a database from being dumped or restored."""


def dump(folder: Path) -> dict[str, int]:
    """Writes the database's file and returns how many rows each table had at that moment."""
    path = folder / FILE_OF[connection.vendor]
    return _dump_sqlite(path) if connection.vendor == "sqlite" else _dump_postgresql(path)


def restore(folder: Path) -> None:
    path = folder / FILE_OF[connection.vendor]
    if connection.vendor == "sqlite":
        connection.close()
        with closing(sqlite3.connect(path)) as archive, closing(sqlite3.connect(_sqlite_path())) as target:
            archive.backup(target)
    else:
        connection.close()
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(path))


def is_empty() -> bool:
    return not connection.introspection.table_names()


def count_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        return _count(connection.introspection.table_names(cursor), _asking(cursor))


def _count(tables: list[str], ask: Ask) -> dict[str, int]:
    return {table: ask(f'SELECT count(*) FROM "{table}"') for table in sorted(tables)}  # noqa: S608  (from the catalogue)


def _asking(cursor: Any) -> Ask:
    def ask(question: str) -> Any:
        cursor.execute(question)
        return cursor.fetchone()[0]

    return ask


def _sqlite_path() -> str:
    return str(connection.settings_dict["NAME"])


def _dump_sqlite(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(_sqlite_path())) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no write-ahead log beside it
        return _count(connection.introspection.table_names(), _asking(copy.cursor()))


def _dump_postgresql(path: Path) -> dict[str, int]:
    """Counts and dump look at the same snapshot, while the portal goes on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ask = _asking(cursor)
        snapshot = ask("SELECT pg_export_snapshot()")
        shape = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
        _run("pg_dump", *shape, f"--file={path}")
        return _count(connection.introspection.table_names(cursor), ask)


def _run(program: str, *words: str) -> None:
    """The address and the password go by the environment: a command line can be read by everybody on the machine."""
    if shutil.which(program) is None:
        raise DatabaseRefused(f"{program} is not installed here; it comes with PostgreSQL's client programs.")
    known = connection.settings_dict
    _words, secrets = DatabaseClient.settings_to_cmd_args_env(known, [])
    address = {"PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"]}
    environment = {**os.environ, **(secrets or {}), **{name: str(value) for name, value in address.items() if value}}
    command = [program, "--no-password", f"--dbname={known['NAME']}", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PROGRAM_TAKES, check=False)
    if done.returncode:
        raise DatabaseRefused(f"{program} stopped: {done.stderr.strip()}")
