"""What the sandbox remembers: one SQLite database, in memory or in a file, one lock around every act."""

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from donations.stripe.sandbox.chaos import Knobs
from donations.stripe.sandbox.errors import missing

TABLES = """
CREATE TABLE IF NOT EXISTS things (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS things_by_kind ON things (kind, position);
CREATE TABLE IF NOT EXISTS replays (
  account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS deliveries (
  position INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting');
CREATE TABLE IF NOT EXISTS later (
  position INTEGER PRIMARY KEY AUTOINCREMENT, due REAL NOT NULL, act TEXT NOT NULL, target TEXT NOT NULL);
"""


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"


class State:
    """Use every method inside `with state.act():`; it is one transaction, undone by an exception."""

    def __init__(self, path: str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(TABLES)
        self._db.execute("UPDATE deliveries SET state = 'waiting' WHERE state = 'leaving'")
        self.knobs = Knobs()
        self.offset = 0
        self.ring: Callable[[], None] = lambda: None

    @contextmanager
    def act(self) -> Iterator[None]:
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        self.ring()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def now(self) -> float:
        return time.time() + self.offset

    def add(self, kind: str, body: dict[str, Any], account: str) -> dict[str, Any]:
        self._db.execute(
            "INSERT INTO things (id, kind, account, body) VALUES (?, ?, ?, ?)",
            (body["id"], kind, account, json.dumps(body)),
        )
        return body

    def change(self, body: dict[str, Any], **values: Any) -> dict[str, Any]:
        unknown = set(values) - set(body)
        if unknown:
            raise KeyError(unknown)
        body.update(values)
        self._db.execute("UPDATE things SET body = ? WHERE id = ?", (json.dumps(body), body["id"]))
        return body

    def get(self, kind: str, identifier: str, account: str | None = None) -> dict[str, Any]:
        """Raises ApiError 404. Objects of one account do not exist for another."""
        row = self._db.execute(
            "SELECT body, account FROM things WHERE id = ? AND kind = ?", (identifier, kind)
        ).fetchone()
        if row is None or (account is not None and row[1] != account):
            raise missing(kind, identifier)
        return json.loads(row[0])

    def find(self, identifier: str) -> dict[str, Any] | None:
        row = self._db.execute("SELECT body FROM things WHERE id = ?", (identifier,)).fetchone()
        return json.loads(row[0]) if row else None

    def account_of(self, identifier: str) -> str:
        row = self._db.execute("SELECT account FROM things WHERE id = ?", (identifier,)).fetchone()
        return row[0] if row else ""

    def newest_first(self, kind: str, account: str) -> list[dict[str, Any]]:
        rows = self._db.execute(
            "SELECT body FROM things WHERE kind = ? AND account = ? ORDER BY position DESC", (kind, account)
        )
        return [json.loads(row[0]) for row in rows]

    def replay(self, account: str, key: str) -> tuple[str, int, dict[str, Any]] | None:
        row = self._db.execute(
            "SELECT fingerprint, status, body FROM replays WHERE account = ? AND key = ?", (account, key)
        ).fetchone()
        return (row[0], row[1], json.loads(row[2])) if row else None

    def remember(self, account: str, key: str, fingerprint: str, status: int, body: dict[str, Any]) -> None:
        self._db.execute(
            "INSERT INTO replays VALUES (?, ?, ?, ?, ?)", (account, key, fingerprint, status, json.dumps(body))
        )

    def schedule(self, due: float, act: str, target: str) -> None:
        self._db.execute("INSERT INTO later (due, act, target) VALUES (?, ?, ?)", (due, act, target))

    def take_due(self) -> list[tuple[str, str]]:
        rows = self._db.execute(
            "SELECT position, act, target FROM later WHERE due <= ? ORDER BY due", (self.now(),)
        ).fetchall()
        self._db.executemany("DELETE FROM later WHERE position = ?", [(row[0],) for row in rows])
        return [(row[1], row[2]) for row in rows]

    def send_later(self, event: str, due: float) -> None:
        self._db.execute("INSERT INTO deliveries (event, due) VALUES (?, ?)", (event, due))

    def deliveries(self, before: float) -> list[tuple[int, str, int]]:
        """(position, event, tries) of what should leave by then, by the real clock."""
        return self._db.execute(
            "SELECT position, event, tries FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due, position",
            (before,),
        ).fetchall()

    def hold_delivery(self, position: int) -> None:
        self._db.execute("UPDATE deliveries SET state = 'leaving' WHERE position = ?", (position,))

    def settle_delivery(self, position: int, state: str, due: float = 0) -> None:
        self._db.execute(
            "UPDATE deliveries SET state = ?, due = ?, tries = tries + 1 WHERE position = ?", (state, due, position)
        )
