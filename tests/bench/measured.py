"""The whole measurement, in a process whose environment names its own database and Redis."""

import sys
import time
from collections.abc import Iterable

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from tests.bench.measuring import measure
from tests.bench.pages import Subject, lists, pages
from tests.bench.processes import own_workers
from tests.bench.table import FEW, MANY, Row, is_too_large, list_lines, memory_line, page_lines
from tests.bench.world import World

ROUNDS = 6  # some three for each worker, so that it has nothing more to learn
_began = time.monotonic()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run() -> int:
    """The exit status: 1 when an aim is missed."""
    _step("Migrating and collecting static files")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    world = World()
    measured_pages, measured_lists = list(pages(world)), list(lists(world))
    everything = [*measured_pages, *measured_lists]
    found = [_measured(world, size, everything) for size in (FEW, MANY)]
    rows = [Row(*facts) for facts in zip(everything, *found, strict=True)]
    of_pages, of_lists = rows[: len(measured_pages)], rows[len(measured_pages) :]
    memory = _memory(everything)
    for line in ("", *page_lines(of_pages), "", *list_lines(of_lists), "", memory_line(memory)):
        say(line)
    missed = [row for row in of_pages if row.missed] + [row for row in of_lists if row.missed_as_list]
    say(f"\n{len(missed) + is_too_large(memory)} aims missed, after {time.monotonic() - _began:.0f} s.")
    return int(bool(missed) or is_too_large(memory))


def _measured(world: World, size: int, subjects: Iterable[Subject]) -> list:
    _step(f"Growing every list to {size:,} rows")
    world.grow(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what a database that is older than a minute has behind it
    _step("Measuring")
    return [measure(one.visit, one.times) for one in subjects]


def _memory(subjects: list[Subject]) -> dict[str, float]:
    _step("Walking the same pages with two workers of gunicorn")
    with own_workers() as workers:
        for _round in range(ROUNDS):
            for one in subjects:
                if one.path:
                    workers.walk(one.path, one.cookie)
        return workers.memory()


def _step(words: str) -> None:
    say(f"{time.monotonic() - _began:4.0f} s  {words} ...")
