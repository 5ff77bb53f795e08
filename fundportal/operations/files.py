"""The files of every storage, into the folder of an archive and back, each with its fingerprint."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.files.utils import validate_file_name

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    storage: str
    name: str
    size: int
    sha256: str

    def inside(self, folder: Path) -> Path:
        return place(folder, self.storage, self.name)


def place(folder: Path, storage: str, name: str) -> Path:
    return folder / "files" / storage / name


def kept_storages() -> list[str]:
    """All but the static files, which come with the code."""
    return [alias for alias in settings.STORAGES if alias != "staticfiles"]


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored here
        return
    inside = f"{folder}/" if folder else ""
    yield from (inside + name for name in names if name)
    for one in folders:
        yield from names_in(storage, inside + one)


def fingerprint(content: BinaryIO | File, copy: BinaryIO | None = None) -> tuple[int, str]:
    """Size and SHA-256 of what is read, which is copied on the way where somebody asks for it."""
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    return size, digest.hexdigest()


def copy_out(alias: str, folder: Path) -> Iterator[StoredFile]:
    """Whatever lies in one storage. A file that goes while others are copied is left out."""
    storage = storages[alias]
    for name in list(names_in(storage)):
        path = place(folder, alias, str(validate_file_name(name, allow_relative_path=True)))
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with storage.open(name) as source, path.open("wb") as target:
                size, sha256 = fingerprint(source, target)
        except FileNotFoundError:
            continue
        yield StoredFile(alias, name, size, sha256)


def copy_in(files: Iterable[StoredFile], folder: Path) -> list[str]:
    """Stores them and reads them again; a sentence for each that did not arrive as it was."""
    wrong = []
    for file in files:
        storage = storages[file.storage]
        with file.inside(folder).open("rb") as source:
            saved = storage.save(file.name, File(source))
        with storage.open(saved) as stored:
            arrived = fingerprint(stored)
        if saved != file.name or arrived != (file.size, file.sha256):
            wrong.append(f"{file.storage}/{file.name} did not arrive as it was")
    return wrong
