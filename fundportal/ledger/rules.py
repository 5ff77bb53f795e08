"""Puts the rules of sql/ into the database, takes them out again, and says which are missing.

A migration that rebuilds a table of the ledger on SQLite loses the table's triggers: it runs `LIFT` first and `STAND`
last. `check_invariants` names every rule that is not standing.
"""

import re
from importlib.resources import files
from typing import Final

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

WRITTEN_ONCE: Final = ("ledger_account", "ledger_journal", "ledger_posting")
TRIGGER: Final = re.compile(r"CREATE TRIGGER (\w+)")
FUNCTION: Final = re.compile(r"CREATE FUNCTION (\w+\([\w ]*\))")


def statements(vendor: str) -> list[str]:
    text = files(__package__).joinpath("sql", f"rules_{vendor}.sql").read_text(encoding="utf-8")
    return [block for block in text.split("\n\n") if "CREATE " in block]


def lifting_statements(vendor: str) -> list[str]:
    text = "\n".join(statements(vendor))
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGER.findall(text)]
    return [f"DROP FUNCTION IF EXISTS {signature} CASCADE" for signature in FUNCTION.findall(text)]


def stand(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements(editor.connection.vendor):
        editor.execute(statement, params=None)


def lift(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in lifting_statements(editor.connection.vendor):
        editor.execute(statement, params=None)


STAND: Final = RunPython(stand, lift)
LIFT: Final = RunPython(lift, stand)


def missing() -> list[str]:
    """Triggers that should stand in this database and do not, or are switched off."""
    expected = set(TRIGGER.findall("\n".join(statements(connection.vendor))))
    expected |= {f"{table}_no_{what}" for table in WRITTEN_ONCE for what in _refused_changes(connection)}
    return sorted(expected - _standing(connection))


def _refused_changes(database: BaseDatabaseWrapper) -> tuple[str, ...]:
    return ("UPDATE", "DELETE") if database.vendor == "sqlite" else ("change", "truncate")


def _standing(database: BaseDatabaseWrapper) -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    with database.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}
