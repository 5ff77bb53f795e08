"""Migrated once; every process has a copy of that, and a test that commits gets one for itself.

Emptying tables between tests would have to switch off the append-only triggers and would throw away what migrations
created. A copy costs 3 ms as an SQLite file and some 60 ms from a PostgreSQL template.
"""

import ast
import fcntl
import hashlib
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.support.strictness import OUR_PACKAGES

_numbers = itertools.count(1)


@dataclass(frozen=True)
class CommittedDatabase:
    """A copy for one test; `url` is what a process of its own would find in DATABASE_URL."""

    name: str
    vendor: str

    @property
    def url(self) -> str:
        return f"sqlite:///{self.name}" if self.vendor == "sqlite" else url_of(self.name)


def url_of(name: str) -> str:
    """Of a database on the server that the suite runs on."""
    database = connection.settings_dict
    credentials = quote(database["USER"] or "") + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{credentials}@{database['HOST'] or 'localhost'}{port}/{name}"


RUN = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """The first process names the run; the others are told the name by it."""
    told = getattr(config, "workerinput", {}).get("testrunuid") or config.getoption("testrunuid", None)
    config.stash[RUN] = config.option.testrunuid = told or uuid4().hex


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The first process outlives the others: it drops what they shared, and what one that died left behind."""
    if connection.vendor != "sqlite" and not hasattr(session.config, "workerinput"):
        with server() as asked:
            pattern = template_name(session.config).removesuffix("migrated") + "%"
            names = asked.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]).fetchall()
        for (name,) in names:
            drop_database(name)


def template_name(config: pytest.Config) -> str:
    return f"fundportal_test_{config.stash[RUN][:8]}_migrated"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(pytestconfig: pytest.Config, worker_id: str) -> None:
    """On a server, databases of our own name, others for each run and each process."""
    if connection.vendor != "sqlite":
        own = template_name(pytestconfig).replace("migrated", worker_id)
        connection.settings_dict["TEST"]["NAME"] = own


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with django_db_blocker.unblock():
        standing = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("database") / "test.sqlite3"
            copy_migrated(path)
            connection.settings_dict["NAME"] = str(path)
        else:
            own = connection.settings_dict["TEST"]["NAME"]
            make_template(template_name(pytestconfig), by_way_of=own)
            create_copy(own, of=template_name(pytestconfig))
            connection.settings_dict["NAME"] = own
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        if connection.vendor != "sqlite":
            drop_database(str(connection.settings_dict["NAME"]))
        connection.settings_dict["NAME"] = standing


def make_template(template: str, *, by_way_of: str) -> None:
    """Whoever comes first migrates a database of its own and renames it; the others wait for the finished template."""
    with server() as asked:
        asked.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
        if not asked.execute("SELECT FROM pg_database WHERE datname = %s", [template]).fetchall():
            migrate_from_nothing()
            connections.close_all()
            names = sql.Identifier(by_way_of), sql.Identifier(template)
            asked.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


def migrate_from_nothing() -> None:
    setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())


def copy_migrated(to: Path) -> None:
    """A copy of an SQLite file with every migration applied, kept until a migration or a requirement changes.

    SQLite copies a table for each change of a column: some 20 seconds that only the first process of a run spends.
    Copied under the lock, since a run with other migrations puts another file in its place.
    """
    folder = Path(settings.VAR_DIR)
    path = folder / f"migrated-{digest_of_migrations()}.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in folder.glob("migrated-*.sqlite3*"):
                old.unlink()
            standing = connection.settings_dict["NAME"]
            connection.settings_dict["TEST"]["NAME"] = str(path.with_suffix(".new"))
            migrate_from_nothing()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            connection.creation.destroy_test_db(standing, verbosity=0)
        shutil.copy(path, to)


def digest_of_migrations() -> str:
    """Of the migrations, of every module of ours that they import, and of what is installed."""
    root = Path(settings.BASE_DIR)
    migrations = {path for room in OUR_PACKAGES for path in (root / room.rstrip(".")).rglob("migrations/*.py")}
    imported = {path for migration in migrations for path in modules_imported_by(migration, root)}
    known = hashlib.sha256((root / "requirements" / "production.txt").read_bytes())
    known.update(" ".join(settings.INSTALLED_APPS).encode())
    for path in sorted(migrations | imported):
        known.update(str(path).encode() + path.read_bytes())
    return known.hexdigest()[:16]


def modules_imported_by(migration: Path, root: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(migration.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            path = root / name.replace(".", "/")
            yield from (one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file())


@pytest.fixture(scope="session")
def pristine(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """What is copied: a file without a write-ahead log beside it, or a PostgreSQL database nobody connects to."""
    if connection.vendor != "sqlite":
        return template_name(pytestconfig)
    path = tmp_path_factory.mktemp("pristine") / "pristine.sqlite3"
    with django_db_blocker.unblock():
        copy_migrated(path)
    return str(path)


@pytest.fixture
def committed_db(pristine: str, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[CommittedDatabase]:
    """A copy of the migrated database in which commits are real, for threads, servers and processes too."""
    with committed(pristine, django_db_blocker, tmp_path) as made:
        yield made


@contextmanager
def committed(pristine: str, blocker: DjangoDbBlocker, folder: Path) -> Iterator[CommittedDatabase]:
    """The same for as long as a block lasts: several tests of one module may stand on one copy."""
    with blocker.unblock():
        standing = connection.settings_dict["NAME"]
        connections.close_all()
        copy = copy_sqlite(pristine, folder) if connection.vendor == "sqlite" else copy_postgres(pristine)
        connection.settings_dict["NAME"] = copy
        try:
            yield CommittedDatabase(name=copy, vendor=connection.vendor)
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = standing
            if connection.vendor != "sqlite":
                drop_database(copy)


def copy_sqlite(pristine: str, folder: Path) -> str:
    return str(shutil.copy(pristine, folder / "committed.sqlite3"))


def copy_postgres(pristine: str) -> str:
    copy = f"{connection.settings_dict['TEST']['NAME']}_copy_{next(_numbers)}"
    create_copy(copy, of=pristine)
    return copy


def create_copy(name: str, *, of: str) -> None:
    """The server copies only what nobody is connected to."""
    drop_database(name)
    with server() as asked:
        asked.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(of)))


def drop_database(name: str) -> None:
    with server() as asked:
        asked.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def server() -> psycopg.Connection[tuple[Any, ...]]:
    """A session at the server's own database; closed at the end of its `with`, which lets go of its locks."""
    database = connection.settings_dict
    return psycopg.connect(
        dbname="postgres",
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        autocommit=True,
    )
