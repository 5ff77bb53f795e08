"""Letters that a fund may word itself. Slices declare at start-up which fields each of theirs has, and where from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.template import Context, Variable, VariableDoesNotExist
from django.utils.formats import date_format

DAY_FORMAT = "j F Y"


class Kind(Enum):
    TEXT = "text"
    COUNT = "count"
    DAY = "day"
    LINES = "lines"  # a list, one line each
    LINK = "link"  # a button in HTML, the address in text
    PART = "part"  # a table or a list that has templates of its own


STANDS_ALONE = frozenset({Kind.LINES, Kind.PART})


@dataclass(frozen=True)
class Field:
    """`{name}` in the fund's text. `reads` is the way to its value in the letter's context, as templates write it.

    `words` say what it is, `sample` what it might be. A link has a `label` for its button; a part has `part`, the name
    of its templates, and as sample the context they need.
    """

    name: str
    words: object
    reads: str = ""
    sample: Any = ""
    kind: Kind = Kind.TEXT
    is_required: bool = False
    label: object = ""
    part: str = ""

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"

    def value(self, context: Mapping[str, Any]) -> Any:
        """What it is in this letter, as text or as a list of texts; empty when the letter has none."""
        try:
            found = Variable(self.reads).resolve(Context(dict(context)))
        except VariableDoesNotExist:
            return ""
        if self.kind is Kind.LINES:
            return [str(each) for each in found or ()]
        return date_format(found, DAY_FORMAT) if isinstance(found, date) else "" if found is None else str(found)


@dataclass(frozen=True)
class Editable:
    """A letter by the folder of its templates; `title` and `when` say to staff which one it is and who gets it."""

    template: str
    title: object
    when: object
    fields: tuple[Field, ...] = field(default=())

    @property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    @property
    def required(self) -> list[Field]:
        return [each for each in self.fields if each.is_required]


_letters: dict[str, Editable] = {}


def declare(*letters: Editable) -> None:
    """The order of declaration is the order in which staff see them. Declaring the same twice is harmless."""
    for letter in letters:
        _letters.setdefault(letter.template, letter)


def declared(template: str) -> Editable | None:
    return _letters.get(template)


def all_declared() -> Iterator[Editable]:
    yield from _letters.values()
