import pytest
from django.core.exceptions import ImproperlyConfigured

from fundportal.settings import environment


def test_a_missing_secret_stops_the_start_and_is_named(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.text("SECRET_KEY")


def test_an_empty_variable_is_a_missing_one(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.text("SECRET_KEY")


def test_a_postgres_address_is_read_with_its_escapes_and_options():
    read = environment.database("postgres://fund:p%40ss@db.internal:5433/portal?sslmode=require")
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("fund", "p@ss", "db.internal", "5433")
    assert read["NAME"] == "portal"
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_sqlite_writers_wait_for_each_other():
    options = environment.database("sqlite:///some/file.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_another_database_is_refused_by_name():
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        environment.database("mysql://localhost/portal")
