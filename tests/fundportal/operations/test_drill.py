"""The restore drill: what was lost comes back whole, or the restore says what did not."""

import json
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from fundportal.documents.models import Document
from fundportal.ledger.models import Posting
from fundportal.operations import archives, files, manifest
from tests.fundportal.operations.conftest import ALIASES, another_database, in_folders


def everything_stored():
    return {(file.storage, file.name): file.sha256 for alias in ALIASES for file in stored_in(alias)}


def stored_in(alias):
    for name in files.names_in(storages[alias]):
        with storages[alias].open(name) as content:
            yield files.StoredFile(alias, name, *files.fingerprint(content))


def rewrite_manifest(folder, change):
    path = folder / manifest.NAME
    known = json.loads(path.read_text())
    change(known)
    path.write_text(json.dumps(known))


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        call_command("restore", folder)
    return str(refused.value)


def test_what_was_lost_comes_back_whole_and_the_command_says_what_it_counted(archive, settings, tmp_path, capsys):
    before = everything_stored()
    postings = Posting.objects.count()
    settings.STORAGES = in_folders(tmp_path / "after")
    with another_database(tmp_path):
        call_command("restore", archive.folder)
        assert everything_stored() == before
        assert Posting.objects.count() == postings == 3
        assert Document.objects.get().name == "letter.pdf"
    printed = capsys.readouterr().out
    assert f"{sum(archive.manifest.rows.values())} rows in {len(archive.manifest.rows)} tables" in printed
    assert "3 files, each with its fingerprint" in printed
    assert "invariants hold" in printed


def test_an_archive_is_readable_by_its_owner_only(archive):
    assert stat.S_IMODE(archive.folder.stat().st_mode) == 0o700
    assert archive.folder.name.startswith("fundportal-20")


def test_the_backup_command_names_the_folder_and_the_fingerprint_of_its_manifest(purpose, tmp_path, capsys):
    call_command("backup", tmp_path / "backups")
    printed = capsys.readouterr().out
    (folder,) = (tmp_path / "backups").iterdir()
    assert str(folder) in printed
    with (folder / manifest.NAME).open("rb") as content:
        assert files.fingerprint(content)[1] in printed


def test_a_posting_changed_in_the_dump_is_found(purpose, settings, tmp_path, capsys):
    """The canary: somebody changed an amount and knew how to make every fingerprint fit."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_posting_no_UPDATE'")
            (rule,) = cursor.fetchone()
            cursor.execute("DROP TRIGGER ledger_posting_no_UPDATE")
        else:
            cursor.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
        first = Posting.objects.order_by("pk").first()
        cursor.execute("UPDATE ledger_posting SET amount_minor = amount_minor + 1 WHERE id = %s", [first.pk])
        cursor.execute(rule if connection.vendor == "sqlite" else "ALTER TABLE ledger_posting ENABLE TRIGGER USER")
    folder, _made, _own = archives.back_up(tmp_path / "backups")
    settings.STORAGES = in_folders(tmp_path / "after")
    with another_database(tmp_path):
        assert "invariants do not hold" in refusal(folder)
    assert "is out by USD 0.01" in capsys.readouterr().out


def test_one_changed_byte_in_the_archive_is_found_before_anything_is_restored(archive, empty_machine):
    path = archive.folder / archive.manifest.database.name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (archive.folder / "files" / "private" / "ab" / "letter").unlink()
    said = refusal(archive.folder)
    assert f"{path.name} is not what was written" in said
    assert "files/private/ab/letter is missing" in said
    assert connection.introspection.table_names() == []


def test_a_database_or_a_storage_that_is_not_empty_is_left_alone(archive):
    said = refusal(archive.folder)
    assert "The database is not empty" in said
    assert [alias for alias in ALIASES if f"The storage {alias} is not empty" in said] == list(ALIASES)


def test_an_archive_of_another_database_or_a_later_version_is_refused(archive, empty_machine):
    rewrite_manifest(archive.folder, lambda known: known.update(vendor="oracle", migrations=["ledger.9999_later"]))
    said = refusal(archive.folder)
    assert "The archive was made of oracle" in said
    assert "ledger.9999_later" in said


def test_a_folder_without_its_manifest_or_in_another_format_is_no_archive(archive, empty_machine):
    rewrite_manifest(archive.folder, lambda known: known.update(format=99))
    assert "in another format than 1" in refusal(archive.folder)
    (archive.folder / manifest.NAME).unlink()
    assert "the backup did not finish" in refusal(archive.folder)


def test_a_table_with_other_counts_is_named(archive, empty_machine):
    rewrite_manifest(archive.folder, lambda known: known["rows"].update(ledger_posting=4))
    assert "The table ledger_posting has 3 rows here and 4 in the archive." in refusal(archive.folder)


def test_a_document_whose_file_is_missing_or_changed_is_named(purpose):
    document = Document.objects.get()
    assert list(archives.documents_without_their_file()) == []
    storages["private"].delete(document.file.name)
    assert list(archives.documents_without_their_file()) == [f"The file of document {document.pk} is missing."]
    storages["private"].save(document.file.name, ContentFile(b"something else"))
    assert list(archives.documents_without_their_file()) == [
        f"The file of document {document.pk} is not what was stored."
    ]


def test_no_name_in_a_manifest_leads_out_of_the_archive(archive, empty_machine):
    def lead_out(known):
        known["files"][0]["name"] = "../../../etc/passwd"

    rewrite_manifest(archive.folder, lead_out)
    assert "leads out of the archive" in refusal(archive.folder)
