"""Who reads what. Only the worker imports this module: scipy is too large for a web process.

Each application gets `wanted` readers, nobody reads where a conflict stands, nobody more than they agreed to, and the
loads are as even as that allows. It is a flow problem: readers are paid one for the first application, two for the
second and so on, so that giving the next one to the least loaded reader is always cheapest; its matrix is totally
unimodular, hence a vertex of the linear programme is a whole assignment. An application that cannot be filled is left
short rather than the whole plan refused.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from grants.reviews.queries.drawing import Pair, Problem

SHORT: Final = 1_000_000.0
HALF: Final = 0.5


@dataclass(frozen=True)
class Solution:
    """New (application, reader) pairs beside the settled ones, and how many readers each application still lacks."""

    pairs: frozenset[Pair]
    short: dict[int, int] = field(default_factory=dict)


def solve(problem: Problem, *, seed: int) -> Solution:
    """The same problem and seed give the same solution, in whatever order the ids come.

    Raises RuntimeError when the solver itself fails; a problem without any solution does not exist, since an
    application may be left short.
    """
    needs = _needs(problem)
    free = sorted(problem.free_pairs)
    if not needs or not free:
        return Solution(frozenset(), {one: need for one, need in needs.items() if need})
    chosen = _choose(problem, needs, free, seed)
    short = {one: need - sum(pair[0] == one for pair in chosen) for one, need in needs.items()}
    return Solution(frozenset(chosen), {one: missing for one, missing in short.items() if missing})


def _needs(problem: Problem) -> dict[int, int]:
    standing = {one: sum(pair[0] == one for pair in problem.settled) for one in problem.applications}
    return {one: max(problem.wanted - standing[one], 0) for one in sorted(problem.applications)}


def _choose(problem: Problem, needs: dict[int, int], free: list[Pair], seed: int) -> list[Pair]:
    """Columns: the free pairs, then the steps of each reader's load, then what each application is left short of."""
    steps = list(_steps(problem))
    shorts = list(needs)
    luck = random.Random(seed)  # noqa: S311  (draws lots among equals; the seed is kept so that it can be drawn again)
    lots = [luck.random() / (4 * len(free)) for _pair in free]
    costs = np.array([*lots, *(load for _reader, load in steps), *(SHORT for _one in shorts)])
    bounds = [(0, 1)] * (len(free) + len(steps)) + [(0, need) for need in needs.values()]
    matrix, sums = _equations(needs, free, steps, shorts, sorted(problem.capacity))
    found = linprog(costs, A_eq=matrix, b_eq=sums, bounds=bounds, method="highs-ds")
    if not found.success:
        raise RuntimeError(found.message)
    return [pair for pair, share in zip(free, found.x, strict=False) if share > HALF]


def _steps(problem: Problem) -> Iterator[Pair]:
    """One for each application a reader may still take on, numbered after what they have already."""
    for reader, most in sorted(problem.capacity.items()):
        held = sum(pair[1] == reader for pair in problem.settled)
        for load in range(held + 1, min(most, held + len(problem.applications)) + 1):
            yield reader, load


def _equations(
    needs: dict[int, int], free: list[Pair], steps: list[Pair], shorts: list[int], readers: list[int]
) -> tuple[coo_array, np.ndarray]:
    """Readers found and missing make the need of an application; a reader's pairs make the steps of their load."""
    row_of = {one: row for row, one in enumerate(needs)}
    row_for = {reader: len(needs) + row for row, reader in enumerate(readers)}
    cells = [(row_of[one], column, 1.0) for column, (one, _reader) in enumerate(free)]
    cells += [(row_for[reader], column, 1.0) for column, (_one, reader) in enumerate(free)]
    cells += [(row_for[reader], len(free) + column, -1.0) for column, (reader, _load) in enumerate(steps)]
    cells += [(row_of[one], len(free) + len(steps) + column, 1.0) for column, one in enumerate(shorts)]
    rows, columns, values = zip(*cells, strict=True)
    shape = (len(needs) + len(readers), len(free) + len(steps) + len(shorts))
    sums = np.array([*needs.values(), *(0 for _reader in readers)])
    return coo_array((values, (rows, columns)), shape=shape), sums
