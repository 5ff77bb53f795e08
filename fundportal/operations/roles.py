"""The two roles of the production database: the owner migrates, the portal works with what is granted to it.

Triggers refuse changes to what is written once; a role that does not own the tables cannot switch the triggers off, and
PostgreSQL refuses it the change before a trigger is asked.
"""

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from fundportal.append_only import ForbidChanges

MAY_WRITE = sql.SQL(
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};"
    "GRANT USAGE ON SCHEMA public TO {role};"
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
)
MAY_ONLY_ADD = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}")
RULES_DO_NOT_BIND = """
SELECT rolsuper OR EXISTS (
    SELECT FROM pg_tables WHERE schemaname = 'public' AND pg_has_role(rolname, tableowner, 'MEMBER')
)
FROM pg_roles WHERE rolname = %s
"""


class RoleRefused(Exception):
    """Says why this role cannot be the portal's."""


def append_only_tables() -> list[str]:
    """Every table that a migration of ours forbids to change."""
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    operations = (operation for migration in migrations for operation in migration.operations)
    return sorted({operation.table for operation in operations if isinstance(operation, ForbidChanges)})


def grant(role: str) -> list[str]:
    """Lets the role work in every table and only add to the append-only ones, which it returns.

    All or nothing, so a portal that is running never meets a moment without its grants.
    """
    if connection.vendor != "postgresql":
        raise RoleRefused("Only PostgreSQL has roles; an SQLite file belongs to whoever may write it.")
    tables = append_only_tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RULES_DO_NOT_BIND, [role])
        found = cursor.fetchone()
        if found is None:
            raise RoleRefused(f"PostgreSQL knows no role {role}. Make it first: CREATE ROLE ... LOGIN PASSWORD ...")
        if found[0]:
            raise RoleRefused(f"The role {role} owns the tables or is a superuser: no grant binds it. Take another.")
        cursor.execute(MAY_WRITE.format(role=sql.Identifier(role)))
        for table in tables:
            cursor.execute(MAY_ONLY_ADD.format(table=sql.Identifier(table), role=sql.Identifier(role)))
    return tables
