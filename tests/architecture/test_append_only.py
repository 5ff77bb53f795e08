"""A table that is written once is known to whoever hands out rights: there is one way to make one."""

from django.db import connection

from fundportal.operations.roles import append_only_tables
from tests.architecture import sources

OWN_RULES = {"donations/receipts/migrations/0002_receipts_are_never_rewritten.py"}  # a receipt's state still moves

PROTECTED = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_DELETE'",
    "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_no\\_truncate'",
}


def test_the_registry_names_every_table_that_the_database_protects_whole(db):
    with connection.cursor() as cursor:
        cursor.execute(PROTECTED[connection.vendor])
        assert sorted(name for (name,) in cursor.fetchall()) == append_only_tables()


def test_no_migration_writes_its_own_trigger():
    migrations = [path for path in sources.python_files(migrations=True) if "migrations" in path.parts]
    by_hand = {sources.name(path) for path in migrations if "CREATE TRIGGER" in path.read_text(encoding="utf-8")}
    assert by_hand == OWN_RULES
