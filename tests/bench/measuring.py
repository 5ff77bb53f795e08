"""Queries, and the shortest and the median time of a request, in this process through Django's test client."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext

WARM_UP = 3
FEWEST = 3
LONGEST = 10_000  # milliseconds

Visit = Callable[[], HttpResponseBase]


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds."""

    queries: int
    shortest: float
    median: float
    size: int


def measure(visit: Visit, times: int) -> Figures:
    """Queries are counted apart from the times: counting costs time."""
    for _time in range(WARM_UP):
        read(visit())
    queries, size = count(visit)
    spent = _repeated(visit, times)
    return Figures(queries, min(spent), statistics.median(spent), size)


def _repeated(visit: Visit, times: int) -> list[float]:
    """A page so slow that repeating it would take all day is repeated less."""
    spent: list[float] = []
    while len(spent) < times and (len(spent) < FEWEST or sum(spent) < LONGEST):
        spent.append(_milliseconds(visit))
    return spent


def count(visit: Visit) -> tuple[int, int]:
    """How many queries it asks, and how many bytes it answers."""
    with CaptureQueriesContext(connection) as asked:
        size = read(visit())
    return len(asked), size


def read(response: HttpResponseBase) -> int:
    """Takes all of it, as a browser would; a page that did not come is nothing to measure."""
    if response.status_code not in {200, 302}:
        message = f"{response.status_code} instead of a page"
        raise AssertionError(message)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return len(content)


def _milliseconds(visit: Visit) -> float:
    began = time.perf_counter()
    read(visit())
    return (time.perf_counter() - began) * 1_000
