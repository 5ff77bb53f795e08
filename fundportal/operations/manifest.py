"""What an archive holds, so that a restore can say whether it got all of it back."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fundportal.operations.files import StoredFile, fingerprint

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """`database` is the name, size and SHA-256 of its file; `rows` counts each table at the moment of the dump."""

    made_at: str
    vendor: str
    migrations: list[str]
    database: StoredFile
    rows: dict[str, int]
    files: list[StoredFile]

    def write(self, folder: Path) -> str:
        """Last of all: a folder without it is no archive. Returns its own fingerprint, to be kept elsewhere."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True)
        (folder / NAME).write_text(text, encoding="utf-8")
        return hashlib.sha256(text.encode()).hexdigest()

    def damages(self, folder: Path) -> list[str]:
        """A sentence for each file of the archive that is missing or not what was written."""
        held = [(folder / self.database.name, self.database), *((file.inside(folder), file) for file in self.files)]
        return [f"{path.relative_to(folder)} {what}" for path, file in held if (what := _damage(path, file))]


def _damage(path: Path, file: StoredFile) -> str:
    if not path.is_file():
        return "is missing"
    with path.open("rb") as content:
        return "" if fingerprint(content) == (file.size, file.sha256) else "is not what was written"


def read(folder: Path) -> Manifest:
    """Raises ValueError, with a sentence, when the folder holds no archive that this version reads."""
    path = folder / NAME
    if not path.is_file():
        raise ValueError(f"{folder} holds no {NAME}: it is no archive, or the backup did not finish.")
    known = json.loads(path.read_text(encoding="utf-8"))
    if known.pop("format", None) != FORMAT:
        raise ValueError(f"{path} was written in another format than {FORMAT}.")
    files = [StoredFile(**file) for file in known.pop("files")]
    for file in files:
        if not file.inside(folder).resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"The file {file.name} leads out of the archive.")
    return Manifest(database=StoredFile(**known.pop("database")), files=files, **known)
