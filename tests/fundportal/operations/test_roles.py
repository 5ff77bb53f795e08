"""The portal's own database role: it works everywhere, and cannot change what is written once."""

from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from psycopg import errors, sql

from fundportal.access import SYSTEM
from fundportal.ledger.services import close_period, reverse
from fundportal.operations.roles import append_only_tables
from fundportal.operations.roles import grant as grant_to
from tests.factories.books import book_gift, make_books
from tests.support.databases import server

KNOWN = {"audit_entry", "ledger_account", "ledger_journal", "ledger_posting", "applications_revision"}


def test_the_registry_holds_the_tables_that_are_written_once(db):
    """With a database: a migration of wagtail-localize asks it something as it is imported."""
    assert set(append_only_tables()) >= KNOWN


def test_on_sqlite_there_are_no_roles(db):
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
            call_command("grant_app_role", "portal")


def test_without_a_role_the_command_asks_for_one():
    with pytest.raises(CommandError, match="Name the role"):
        call_command("grant_app_role")


@pytest.fixture
def portal(app_role, committed_db):
    """A session of the portal's role after the grants."""
    make_books("general")
    grant_to(app_role)
    with psycopg.connect(committed_db.url, user=app_role, autocommit=True) as session:
        yield session


@pytest.mark.postgres
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_portal_cannot_change_what_is_written_once(portal, act):
    for table in append_only_tables():
        with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
            portal.execute(sql.SQL(act).format(sql.Identifier(table)))
        portal.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))


@pytest.mark.postgres
def test_the_portal_cannot_switch_a_rule_off_or_change_a_table(portal):
    for act in ("ALTER TABLE audit_entry DISABLE TRIGGER ALL", "DROP TABLE audit_entry", "CREATE TABLE own (id int)"):
        with pytest.raises(errors.InsufficientPrivilege):
            portal.execute(act)
    with pytest.raises(errors.InsufficientPrivilege):
        portal.execute("DELETE FROM django_migrations")


@pytest.mark.postgres
def test_the_portal_books_and_takes_back_under_its_own_role(app_role, committed_db):
    """What may not be changed cannot be locked for a change either: a service that tried would stop here."""
    purpose = make_books("general").purposes.get()
    grant_to(app_role)
    standing = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = app_role
    try:
        journal = book_gift(purpose)
        assert reverse(journal.pk, by=SYSTEM).reverses_id == journal.pk
        close_period(journal.period_id, by=SYSTEM)
        call_command("check_invariants", stdout=StringIO())
    finally:
        connection.close()
        connection.settings_dict["USER"] = standing


@pytest.mark.postgres
def test_a_role_that_no_grant_binds_is_refused(committed_db):
    with pytest.raises(CommandError, match="knows no role nobody_here"):
        call_command("grant_app_role", "nobody_here")
    with server() as asked:
        (owner,) = asked.execute("SELECT current_user").fetchone()
    with pytest.raises(CommandError, match="owns the tables or is a superuser"):
        call_command("grant_app_role", owner)


@pytest.mark.postgres
def test_migrate_gives_the_portals_role_its_grants(app_role, settings, capsys):
    settings.APP_ROLE = app_role
    call_command("migrate", verbosity=0)
    assert f"{app_role} works in every table" in capsys.readouterr().out
