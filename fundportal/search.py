"""One box for everything: rooms say at start-up what can be found in them, and each finds only what its reader may see.

Two questions to the database for each room, however much it finds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from fundportal.access import Actor

SHORTEST: Final = 2
LONGEST: Final = 100
MOST_WORDS: Final = 6
MOST_SHOWN: Final = 8


@dataclass(frozen=True)
class Found:
    """One thing: what it is called, what tells it from others, and its page (none: its name stands without a link)."""

    label: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Source:
    """What one room has.

    `seen(user)` are the rows this person may see, in the order in which they are shown. A row is found when every word
    stands in one of `columns`; `reference` is the unique column by which somebody is led straight to its page. `pages`
    names the list that takes `?words=`.
    """

    heading: object
    seen: Callable[[Actor], QuerySet[Any]]
    columns: tuple[str, ...]
    shown: Callable[[Any, Actor], Found]
    reference: str = ""
    pages: str = ""


@dataclass(frozen=True)
class Group:
    heading: object
    found: list[Found]
    more_url: str = ""


_sources: dict[int, Source] = {}


def register_search(source: Source, *, position: int) -> None:
    """`position` orders the groups. Registering twice is registering once."""
    if _sources.setdefault(position, source) != source:
        message = f"Another room is found at position {position}."
        raise ValueError(message)


def search(user: Actor, typed: str) -> list[Group]:
    """What this person may see of what has all the words, by room; rooms where nothing is found are left out."""
    words = typed.split()[:MOST_WORDS]
    if len(typed) < SHORTEST or not words:
        return []
    groups = []
    for source in _in_order():
        rows = list(source.seen(user).filter(_has(words, source.columns))[: MOST_SHOWN + 1])
        if rows:
            groups.append(_group(source, rows, user, typed))
    return groups


def led_to(user: Actor, typed: str) -> str:
    """The page of the one thing with this reference; of a grant that has several, of the latest. Empty when none.

    Every reference has a hyphen in it and no space: "PR26-0007", "G-7QK2M9XA". Not each has a digit.
    """
    if "-" not in typed or " " in typed:
        return ""
    for source in reversed(_in_order()):
        if source.reference:
            row = source.seen(user).filter(**{source.reference: typed.upper()}).first()
            if row is not None and (url := source.shown(row, user).url):
                return url
    return ""


def _in_order() -> list[Source]:
    return [_sources[position] for position in sorted(_sources)]


def _group(source: Source, rows: list[Any], user: Actor, typed: str) -> Group:
    has_more = len(rows) > MOST_SHOWN and source.pages
    more_url = f"{reverse(source.pages)}?{urlencode({'words': typed})}" if has_more else ""
    return Group(source.heading, [source.shown(row, user) for row in rows[:MOST_SHOWN]], more_url)


def _has(words: list[str], columns: tuple[str, ...]) -> Q:
    return reduce(and_, (_stands_in(word, columns) for word in words))


def _stands_in(word: str, columns: tuple[str, ...]) -> Q:
    """SQLite tells É from é, so a word with such letters is sought in all its spellings."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return reduce(or_, (Q(**{f"{column}__icontains": each}) for column in columns for each in sorted(spellings)))
