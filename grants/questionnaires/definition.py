"""What a form asks: sections of questions, in every language at once. Plain data, never changed in place."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fundportal.languages import pick
from fundportal.money import CURRENCIES

Texts = Mapping[str, str]
T = TypeVar("T")
NO_LIMIT: Final = re.compile("")
# Nothing, or a limit in the shape of the kind: a number, minor units, an ISO day.
LIMITS: Final = {
    "number": re.compile(r"|-?\d{1,15}(\.\d{1,6})?", re.ASCII),
    "money": re.compile(r"|\d{1,15}", re.ASCII),
    "date": re.compile(r"|\d{4}-\d{2}-\d{2}", re.ASCII),
}
IN_MONEY: Final = frozenset({"money", "budget"})
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class QuestionKind(models.TextChoices):
    SHORT_TEXT = "short_text", _("A line of text")
    LONG_TEXT = "long_text", _("A longer text")
    NUMBER = "number", _("A number")
    MONEY = "money", _("An amount of money")
    DATE = "date", _("A day")
    CHOICE = "choice", _("A choice")
    FILE = "file", _("A file")
    BUDGET = "budget", _("A budget, line by line")
    DECLARATION = "declaration", _("A declaration to confirm")
    INDICATOR = "indicator", _("A figure to follow: before, aim, reached")


class QuestionRole(models.TextChoices):
    """What other pages read from an answer: its title in lists, what is asked for, what reviewers read first."""

    NONE = "", _("None")
    TITLE = "title", _("The project's title")
    SUMMARY = "summary", _("The summary")
    AMOUNT = "amount", _("What is asked for")
    BUDGET = "budget", _("The budget that adds up to it")


class DefinitionError(ValueError):
    """This JSON is no definition of a form."""


@dataclass(frozen=True)
class Choice:
    key: str
    labels: Texts = field(default_factory=dict)

    @property
    def label(self) -> str:
        return pick(self.labels)


@dataclass(frozen=True)
class Condition:
    """Asked only when the named choice (or declaration, "yes") was answered with one of the values."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """`minimum` and `maximum` are text in the kind's own shape: "12.5", minor units of `currency`, or an ISO day.

    `accept` names kinds of files by their endings; empty means every kind that the house takes.
    """

    key: str
    kind: str
    labels: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    is_required: bool = True
    role: str = ""
    word_limit: int | None = None
    minimum: str = ""
    maximum: str = ""
    currency: str = ""
    choices: tuple[Choice, ...] = ()
    is_many: bool = False
    accept: tuple[str, ...] = ()
    condition: Condition | None = None

    @property
    def label(self) -> str:
        return pick(self.labels)

    @property
    def help_text(self) -> str:
        return pick(self.helps)


@dataclass(frozen=True)
class Section:
    key: str
    titles: Texts = field(default_factory=dict)
    helps: Texts = field(default_factory=dict)
    questions: tuple[Question, ...] = ()

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def help_text(self) -> str:
        return pick(self.helps)


@dataclass(frozen=True)
class Definition:
    """Keys are unique over the whole form, since answers are kept by question key alone."""

    sections: tuple[Section, ...] = ()

    @classmethod
    def read(cls, raw: Any) -> "Definition":
        """From JSON as `as_json` writes it. Raises DefinitionError for anything else."""
        made = cls(tuple(_section(each) for each in _list(_dict(raw).get("sections", []))))
        for keys in ([section.key for section in made.sections], [question.key for question in made.questions]):
            if len(keys) != len(set(keys)):
                raise DefinitionError("a key stands twice")
        return made

    def as_json(self) -> dict[str, Any]:
        """What has its usual value is left out, so that a later kind of limit changes no fingerprint."""
        return {"sections": [_plain(section) for section in self.sections]}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, question_key: str) -> Section | None:
        return next((each for each in self.sections if any(one.key == question_key for one in each.questions)), None)

    def with_role(self, role: str) -> Question | None:
        """The question that plays this part, where there is one."""
        return next((question for question in self.questions if question.role == role), None)


def fingerprint(content: Any) -> str:
    """SHA-256 of plain JSON, whatever order its keys came in."""
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Dataclasses as dicts without what is empty or as usual; a condition's values under the name `is`."""
    if isinstance(value, Condition):
        return {"question": value.question, "is": list(value.values)}
    if isinstance(value, Section | Question | Choice):
        return dict(_facts(value))
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def _facts(value: Section | Question | Choice) -> Iterator[tuple[str, Any]]:
    for name, declared in value.__dataclass_fields__.items():
        held = getattr(value, name)
        if declared.default is not held and held not in ((), {}, declared.default):
            yield name, _plain(held if not isinstance(held, Mapping) else dict(held))


def _section(raw: Any) -> Section:
    held = _dict(raw)
    questions = tuple(_question(each) for each in _list(held.get("questions", [])))
    return Section(_key(held), _texts(held.get("titles")), _texts(held.get("helps")), questions)


def _question(raw: Any) -> Question:
    held = _dict(raw)
    made = Question(
        key=_key(held),
        kind=_one_of(QuestionKind.values, held.get("kind")),
        labels=_texts(held.get("labels")),
        helps=_texts(held.get("helps")),
        is_required=_typed(bool, held.get("is_required", True)),
        role=_one_of(QuestionRole.values, held.get("role", "")),
        word_limit=_count(held.get("word_limit")),
        minimum=_typed(str, held.get("minimum", "")),
        maximum=_typed(str, held.get("maximum", "")),
        currency=_typed(str, held.get("currency", "")),
        choices=tuple(_choice(each) for each in _list(held.get("choices", []))),
        is_many=_typed(bool, held.get("is_many", False)),
        accept=tuple(_typed(str, each) for each in _list(held.get("accept", []))),
        condition=_condition(held["condition"]) if held.get("condition") else None,
    )
    if made.kind in IN_MONEY and made.currency not in CURRENCIES:
        raise DefinitionError(f"no currency: {made.currency[:60]!r}")
    shape = LIMITS.get(made.kind, NO_LIMIT)
    if not (shape.fullmatch(made.minimum) and shape.fullmatch(made.maximum)):
        raise DefinitionError(f"not a limit of {made.kind}")
    return made


def _choice(raw: Any) -> Choice:
    held = _dict(raw)
    return Choice(_key(held), _texts(held.get("labels")))


def _condition(raw: Any) -> Condition:
    held = _dict(raw)
    values = held.get("is")
    wanted = values if isinstance(values, list) else [values]
    return Condition(_typed(str, held.get("question")), tuple(_typed(str, each) for each in wanted))


def _key(held: Mapping[str, Any]) -> str:
    key = _typed(str, held.get("key"))
    if not KEY.fullmatch(key):
        raise DefinitionError(f"not a key: {key[:60]!r}")
    return key


def _texts(raw: Any) -> dict[str, str]:
    held = _dict(raw if raw is not None else {})
    return {_typed(str, language): _typed(str, text) for language, text in held.items()}


def _count(raw: Any) -> int | None:
    if raw is None:
        return None
    count = _typed(int, raw)
    if isinstance(raw, bool) or count < 1:
        raise DefinitionError(f"not a count: {raw!r}")
    return count


def _one_of(values: list[str], raw: Any) -> str:
    if not isinstance(raw, str) or raw not in values:
        raise DefinitionError(f"no such word: {raw!r}")
    return raw


def _dict(raw: Any) -> dict[str, Any]:
    return _typed(dict, raw)


def _list(raw: Any) -> list[Any]:
    return _typed(list, raw)


def _typed(kind: type[T], raw: Any) -> T:
    if not isinstance(raw, kind):
        raise DefinitionError(f"expected {kind.__name__}, found {type(raw).__name__}")
    return raw
