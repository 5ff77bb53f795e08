"""An archive of a small fund, and empty places to restore it into, on whichever database the suite runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from psycopg import sql

from fundportal import clock
from fundportal.documents.models import Document
from fundportal.funds.models import Purpose
from fundportal.operations import archives
from fundportal.operations.files import fingerprint
from fundportal.operations.manifest import Manifest
from tests.factories.books import JUNE, book_gift, make_books
from tests.factories.uploads import LETTER
from tests.support.databases import drop_database, server

ALIASES = ("default", "private", "quarantine")


def in_folders(home: Path) -> dict[str, dict[str, object]]:
    folder = "django.core.files.storage.FileSystemStorage"
    places = {alias: {"BACKEND": folder, "OPTIONS": {"location": str(home / alias)}} for alias in ALIASES}
    return places | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture
def purpose(committed_db, settings, tmp_path) -> Purpose:
    """A fund with a gift in its books, a private file, a picture, and a file in quarantine."""
    settings.STORAGES = in_folders(tmp_path / "before")
    purpose = make_books("general").purposes.get()
    with clock.at(JUNE):
        book_gift(purpose)
    name = storages["private"].save("ab/letter", ContentFile(LETTER))
    storages["default"].save("images/quay of Port Aurora.jpg", ContentFile(b"a picture"))
    storages["quarantine"].save("waiting", ContentFile(b"not looked through yet"))
    with storages["private"].open(name) as stored:
        size, sha256 = fingerprint(stored)
    Document.objects.create(name="letter.pdf", kind="application", size=size, sha256=sha256, file=name)
    return purpose


@dataclass(frozen=True)
class Archive:
    folder: Path
    manifest: Manifest


@pytest.fixture
def archive(purpose, tmp_path) -> Archive:
    folder, made, _own = archives.back_up(tmp_path / "backups")
    return Archive(folder, made)


@contextmanager
def another_database(tmp_path: Path) -> Iterator[None]:
    """A new and empty one in the place of the test's own, as after a machine was lost."""
    standing = connection.settings_dict["NAME"]
    connection.close()
    name = (
        str(tmp_path / "after.sqlite3") if connection.vendor == "sqlite" else f"{standing}_restored_{uuid4().hex[:6]}"
    )
    if connection.vendor != "sqlite":
        with server() as asked:
            asked.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = standing
        if connection.vendor != "sqlite":
            drop_database(name)


@pytest.fixture
def empty_machine(archive, settings, tmp_path) -> Iterator[None]:
    settings.STORAGES = in_folders(tmp_path / "after")
    with another_database(tmp_path):
        yield


@pytest.fixture
def app_role(committed_db) -> Iterator[str]:
    """A login of its own name that owns nothing, gone with the test."""
    role = f"fundportal_test_app_{uuid4().hex[:8]}"
    with server() as asked:
        asked.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    try:
        yield role
    finally:
        connection.close()
        with psycopg.connect(committed_db.url, autocommit=True) as database:
            database.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
            database.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
