"""What people do in a fund, one catalogue: each act knows on what, from where and by whom it is usually done.

Whoever tries the unusual takes the same act to another thing, in another state, as another person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from hypothesis import strategies as st

from tests.properties.fund.world import World


class Lane(IntEnum):
    """How an act leaves its subject: further on, on a way that comes back, or at an end."""

    ROAD = 0
    DETOUR = 1
    END = 2


# For each lane: how often others have had their turn before it comes first, and before it comes again.
SELDOM = {Lane.ROAD: (0, 1), Lane.DETOUR: (1, 6), Lane.END: (9, 20)}


class Luck:
    """Draws from hypothesis, so that a failure shrinks to the fewest and plainest choices."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self._draw = draw

    def choose(self, options: Sequence[Any]) -> Any:
        return options[self._draw(st.integers(0, len(options) - 1))] if len(options) > 1 else options[0]

    def number(self, least: int, most: int) -> int:
        return self._draw(st.integers(least, most))


Perform = Callable[[World, int, Any, Luck], object]
People = Callable[[World, int], list[int]]


@dataclass(frozen=True)
class Act:
    """`at_once` where it is one call of one service: then a refusal or a crash leaves nothing behind."""

    name: str
    kind: str
    states: frozenset[str]
    people: People
    perform: Perform
    when: Callable[[World, int], bool]
    lane: Lane = Lane.ROAD
    at_once: bool = True
    often: int = 1

    def __str__(self) -> str:
        return self.name

    def turn(self, times: int) -> int:
        """When it is its turn after so many times: what leads on comes first, what leads to an end late."""
        after, every = SELDOM[self.lane]
        return after + times * every // self.often


ACTS: list[Act] = []


def act(kind: str, *states: str, by: str | People, **facts: Any) -> Callable[[Perform], Perform]:
    """Enters the function into the catalogue under its own name. `by` names a part of the office, or finds people.

    `when` says whether it makes sense, from the database alone; `now` may look at the clock and at the world as well.
    """

    def enter(perform: Perform) -> Perform:
        people = (lambda world, _pk: world.cast.office[by]) if isinstance(by, str) else by
        when = facts.pop("now", None) or remembered(facts.pop("when", always))
        ACTS.append(Act(perform.__name__, kind, frozenset(map(str, states)), people, perform, when, **facts))
        return perform

    return enter


def remembered(question: Callable[[World, int], bool]) -> Callable[[World, int], bool]:
    """Asked again once something that it read has been written."""
    return lambda world, pk: world.watch.ask((question, pk), lambda: question(world, pk))


def always(_world: World, _pk: int) -> bool:
    return True


def nobody(_world: World, _pk: int) -> list[int]:
    """The clock, or Stripe."""
    return []


def in_order(world: World, *lanes: Lane) -> list[tuple[Act, int]]:
    """What may come next by where things stand: least tried first, and of those what is latest in a grant's life."""
    found = [
        (one.turn(world.tried[one.name]), -place, world.tried[one.name, pk], pk, one)
        for place, one in enumerate(ACTS)
        if one.lane in lanes
        for pk, state in world.known[one.kind].items()
        if not one.states or state in one.states
    ]
    return [(one, pk) for *_order, pk, one in sorted(found, key=lambda row: row[:4])]


def next_act(world: World, lane: Lane, luck: Luck) -> tuple[Act, int]:
    """Beginning at a place that chance names, the first that makes sense; time can always pass."""
    found = in_order(world, lane)
    place = luck.number(0, len(found) - 1)
    turned = found[place:] + found[:place]
    return next((one, pk) for one, pk in turned if one.when(world, pk))
