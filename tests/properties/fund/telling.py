"""The life of one fund, step by step: who does what next, what came of it, and whether every promise is kept."""

from collections import Counter
from copy import deepcopy
from typing import Any, Self

from django.db import transaction

from fundportal.refusals import Refusal
from tests.properties.fund.acts import Act, Lane, Luck, in_order, next_act, nobody
from tests.properties.fund.cast import Cast
from tests.properties.fund.catalogue import ACTS
from tests.properties.fund.clockwork import TIME
from tests.properties.fund.promises import Promises, seals
from tests.properties.fund.watch import Crash
from tests.properties.fund.world import World, rows_of, tables

DONE, REFUSED, BROKEN_OFF = "done", "refused", "broken off"
MOST_WRITES = 15


class Telling:
    """`tally` counts every step by its act and what came of it, `done` names what has come to its end in this life.

    `last` says the last step in words.
    """

    def __init__(self, cast: Cast, tally: Counter[tuple[str, str]]) -> None:
        self.world = World(cast)
        self.world.watch.begin()
        self.tally = tally
        self.promises = Promises(self.world)
        self.rows = {table: rows_of(table) for table in tables()}
        self.world.look()
        self.done: set[str] = set()
        self.last = ""

    def copy(self) -> Self:
        """The same moment, from which another life may go on."""
        made = type(self)(self.world.cast, self.tally)
        made.world.now, made.world.numbers = self.world.now, self.world.numbers
        made.world.tried, made.world.stripe = self.world.tried.copy(), deepcopy(self.world.stripe)
        made.promises.go_on_from(self.promises)
        return made

    def walk(self) -> None:
        """The next step as it usually comes, with no chance in it."""
        with self.world.a_minute_later():
            found, pk = next((one, pk) for one, pk in in_order(self.world, *Lane) if one.when(self.world, pk))
            people = found.people(self.world, pk)
        self.take_step(found, pk, people[0] if people else None, NO_LUCK)

    def go_on(self, lane: Lane, luck: Luck, *, breaks_off: bool = False) -> None:
        """What somebody would do now."""
        with self.world.a_minute_later():
            found, pk = next_act(self.world, lane, luck)
            people = found.people(self.world, pk)
        by = luck.choose(people) if people else None
        self.take_step(found, pk, by, luck, writes_left=luck.number(0, MOST_WRITES) if breaks_off else None)

    def try_in_vain(self, luck: Luck) -> None:
        """Anything, with anything, as anybody: mostly refused, and then nothing has changed."""
        possible = [one for one in ACTS if one.people is not nobody and self.world.known[one.kind]]
        found = luck.choose(possible)
        pk = luck.choose(list(self.world.known[found.kind]))
        cast = self.world.cast
        people = luck.choose([cast.everybody, found.people(self.world, pk), [cast.mighty]])
        self.take_step(found, pk, luck.choose(people or cast.everybody), luck)

    def take_step(self, found: Act, pk: int, by: int | None, luck: Luck, *, writes_left: int | None = None) -> None:
        moment = self.world.watch.moment
        outcome, why = self._attempt(found, pk, by, luck, writes_left)
        self.last = f"{self.world.now:%Y-%m-%d %H:%M} {found} ({found.kind} {pk}) by {by}: {outcome}{why}"
        traces = self._changed_since(moment)
        assert outcome == DONE or not found.at_once or not traces, f"{self.last}, and left a trace in {traces}"
        if found.perform in TIME:
            self.world.watch.forget()
        self.world.look()
        self.keep_promises()
        self.world.tried.update([found.name, (found.name, pk)])
        self.tally[found.name, outcome] += 1
        self.done |= {found.name} if outcome == DONE else set()

    def keep_promises(self) -> None:
        faults = self.promises.broken()
        assert not faults, "\n".join([self.last, *faults])

    def end(self) -> None:
        """Everything is asked once more, whatever was known of it."""
        self.world.watch.forget()
        self.keep_promises()
        assert list(seals()) == []

    def _attempt(self, found: Act, pk: int, by: int | None, luck: Luck, writes_left: int | None) -> tuple[str, str]:
        try:
            with self.world.a_minute_later(), self.world.watch.going_down(writes_left):
                found.perform(self.world, pk, self.world.person(by), luck)
        except Refusal as refusal:
            return REFUSED, f", {refusal}"
        except Crash:
            transaction.set_rollback(False)  # Django marks the outer transaction, which no request has
            return BROKEN_OFF, ""
        return DONE, ""

    def _changed_since(self, moment: int) -> list[str]:
        """Tables whose rows are others than before; only what was written to can be one of them."""
        written = self.world.watch.written_since(moment)
        rows = {table: rows_of(table) for table in written}
        changed = [table for table in written if rows[table] != self.rows.get(table)]
        self.rows |= rows
        return changed


class _NoLuck(Luck):
    """The first of everything, and the least."""

    def __init__(self) -> None:
        super().__init__(lambda _strategy: 0)

    def number(self, least: int, most: int) -> int:
        return least


NO_LUCK: Any = _NoLuck()
