"""Sees every statement that goes to the database, so that nothing is asked again while what it read stands unwritten.

An answer that comes from the database alone is the same as long as no table that it was read from has been written to.
That keeps a step cheap although every invariant holds after each of them; whatever looks at the clock is asked afresh
when time has passed.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.db import connection

WRITES: Final = re.compile(r'\s*(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM) "?(\w+)')
READS: Final = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)')

NEVER: Final[tuple[int, frozenset[str], Any]] = (-1, frozenset(), None)


class Crash(Exception):
    """The machine went down in the middle of an act."""


@lru_cache(maxsize=20_000)
def tables_of(sql: str) -> tuple[str, frozenset[str]]:
    """The table that a statement writes to, if any, and those it reads."""
    written = WRITES.match(sql)
    return written[1] if written else "", frozenset(READS.findall(sql))


class Watch:
    """`written` says of each table when it was last written to; moments are counted, not measured."""

    def __init__(self) -> None:
        self.moment = 0
        self.written: dict[str, int] = {}
        self._reading: set[str] = set()
        self._known: dict[object, tuple[int, frozenset[str], Any]] = {}
        self._writes_left: int | None = None

    def begin(self) -> None:
        connection.execute_wrappers.append(self._execute)

    def end(self) -> None:
        """Twice is once."""
        if self._execute in connection.execute_wrappers:
            connection.execute_wrappers.remove(self._execute)

    def ask(self, name: object, question: Callable[[], Any]) -> Any:
        """What `question` answers, which has to read all it says from the database before it returns."""
        asked_at, tables, answer = self._known.get(name, NEVER)
        if asked_at < 0 or any(self.written.get(table, 0) > asked_at for table in tables):
            around, self._reading = self._reading, set()
            answer, tables = question(), frozenset(self._reading)
            self._known[name] = (self.moment, tables, answer)
            self._reading = around
        self._reading |= tables
        return answer

    def forget(self) -> None:
        self._known.clear()

    def written_since(self, moment: int) -> list[str]:
        return sorted(table for table, at in self.written.items() if at > moment)

    @contextmanager
    def going_down(self, writes_left: int | None) -> Iterator[None]:
        """Lets so many rows be written and then none; None is no limit."""
        self._writes_left = writes_left
        try:
            yield
        finally:
            self._writes_left = None

    def _execute(self, run: Any, sql: str, *given: Any) -> Any:
        table, read = tables_of(sql)
        self._reading |= read
        if table:
            self._count()
            self.moment += 1
            self.written[table] = self.moment
        return run(sql, *given)

    def _count(self) -> None:
        if self._writes_left is not None:
            if not self._writes_left:
                raise Crash
            self._writes_left -= 1
