"""What waits for a person, and what changed. Rooms register functions at start-up; the office's front page asks all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from fundportal.access import Actor
from fundportal.money import Money


@dataclass(frozen=True)
class Waiting:
    """One line of the letter: a whole sentence ("Two refunds wait for your approval.") and where to act on it."""

    sentence: str
    url: str
    count: int = 1


@dataclass(frozen=True)
class Change:
    """One line of the ledger under the letter ("Gifts received"): how many, how much money, where to read."""

    words: str
    url: str
    count: int
    amount: Money | None = None


Source = Callable[[Actor], Iterable[Waiting]]
ChangeSource = Callable[[Actor, datetime], Iterable[Change]]
_sources: list[Source] = []
_change_sources: list[ChangeSource] = []


def register_waiting(source: Source) -> Source:
    """`source(user)` yields what this person can act on now. Registering twice is registering once.

    It asks the database a fixed number of questions, however many rows wait.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def waiting_for(user: Actor) -> list[Waiting]:
    """Everything that waits for this person, in the order in which the rooms registered."""
    return [item for source in _sources for item in source(user)]


def register_changes(source: ChangeSource) -> ChangeSource:
    """`source(user, since)` yields what changed within this person's sight, in a fixed number of questions."""
    if source not in _change_sources:
        _change_sources.append(source)
    return source


def changes_for(user: Actor, since: datetime) -> list[Change]:
    """Everything that changed since then, in the order in which the rooms registered."""
    return [change for source in _change_sources for change in source(user, since)]
