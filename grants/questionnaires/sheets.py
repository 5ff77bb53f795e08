"""Answers to be read: on a page, in a PDF, by a reviewer, and beside an older version of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import translation

from fundportal.money import Money
from grants.questionnaires.checking import is_answered
from grants.questionnaires.conditions import reachable
from grants.questionnaires.definition import Definition, Question, QuestionKind, Section
from grants.questionnaires.kinds import BudgetSheet, kind_of

LAYOUTS: Final = {str: "text", Money: "money", date: "day", list: "list", BudgetSheet: "budget"}


@dataclass(frozen=True)
class SheetRow:
    """`value` is what the kind shows: text, Money, a day, labels of choices, tokens of files, a BudgetSheet, pairs.

    None where nothing was answered. What cannot be read as an answer of its kind is the text it holds.
    `text` is the same as one plain text, lines separated by line ends.
    """

    key: str
    label: str
    kind: str
    value: Any
    text: str

    @property
    def is_answered(self) -> bool:
        return self.value is not None

    @property
    def layout(self) -> str:
        """How the value is laid out, on a page and on paper."""
        if self.value is None:
            return "none"
        if self.kind == QuestionKind.FILE and isinstance(self.value, list):
            return "file"
        if self.kind == QuestionKind.INDICATOR and isinstance(self.value, list):
            return "pairs"
        return LAYOUTS[type(self.value)]

    @property
    def template(self) -> str:
        return f"questionnaires/sheet_{self.layout}.html"


@dataclass(frozen=True)
class SheetSection:
    key: str
    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Difference:
    """One question whose answer changed; `before` and `after` are plain texts, "" where there was none."""

    key: str
    section: str
    label: str
    before: str
    after: str


def sheet(definition: Definition, answers: Any, language: str | None = None) -> list[SheetSection]:
    """Every question that is asked, with its answer, in a language (default: the active one)."""
    given = answers if isinstance(answers, dict) else {}
    asked = reachable(definition, given)
    with translation.override(language or translation.get_language()):
        return [
            SheetSection(section.key, section.title, tuple(_rows(section, given, asked)))
            for section in definition.sections
        ]


def differences(definition: Definition, before: Any, after: Any, language: str | None = None) -> list[Difference]:
    """What changed from one set of answers to another, in the order of the form."""
    old, new = _texts(definition, before, language), _texts(definition, after, language)
    with translation.override(language or translation.get_language()):
        return [
            Difference(key, section.title, question.label, old.get(key, ""), new.get(key, ""))
            for section in definition.sections
            for question in section.questions
            if old.get(key := question.key, "") != new.get(key, "")
        ]


def _texts(definition: Definition, answers: Any, language: str | None) -> dict[str, str]:
    return {row.key: row.text for section in sheet(definition, answers, language) for row in section.rows}


def _rows(section: Section, answers: dict[str, Any], asked: frozenset[str]) -> Iterator[SheetRow]:
    for question in section.questions:
        if question.key in asked:
            yield _row(question, answers.get(question.key))


def _row(question: Question, answer: Any) -> SheetRow:
    if not is_answered(answer):
        return SheetRow(question.key, question.label, question.kind, None, "")
    kind = kind_of(question)
    return SheetRow(question.key, question.label, question.kind, kind.shown(answer), kind.words(answer))
