"""What a request did to the database, and how many queries it took: read off the statements as they pass."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

SAVEPOINT = re.compile(r'(SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) "?(\w+)"?')
WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
# A try at a public door counts, whoever was refused; a session begins with the first try.
ANYWAY = {"knocks_knock", "django_session"}


@dataclass
class Trace:
    """`kept` are the tables written to by what was not taken back."""

    queries: int = 0
    kept: list[str] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        made = execute(sql, params, many, context)
        if found := SAVEPOINT.match(sql):
            self._at_a_savepoint(*found.groups())
            return made
        self.queries += 1
        if (found := WRITE.match(sql)) and found[1] not in ANYWAY:
            self.kept.append(found[1])
        return made

    def _at_a_savepoint(self, act: str, name: str) -> None:
        if act == "SAVEPOINT":
            self.marks.append((name, len(self.kept)))
        elif act == "ROLLBACK TO SAVEPOINT":
            del self.kept[dict(self.marks).get(name, 0) :]


@contextmanager
def traced() -> Iterator[Trace]:
    trace = Trace()
    with connection.execute_wrapper(trace):
        yield trace
