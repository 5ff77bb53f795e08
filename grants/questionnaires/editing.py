"""Changes to a form as functions from one definition to another; a key that is not there changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from grants.questionnaires.definition import Definition, Question, Section

T = TypeVar("T", Section, Question)
UP, DOWN = "up", "down"


def with_section(definition: Definition, section: Section) -> Definition:
    return Definition((*definition.sections, section))


def with_changed_section(definition: Definition, section: Section) -> Definition:
    """Its title and help; the questions stay as they are."""
    return _with(definition, section.key, lambda old: replace(old, titles=section.titles, helps=section.helps))


def without_section(definition: Definition, key: str) -> Definition:
    return Definition(tuple(section for section in definition.sections if section.key != key))


def with_moved_section(definition: Definition, key: str, direction: str) -> Definition:
    return Definition(_moved(definition.sections, key, direction))


def with_question(definition: Definition, section_key: str, question: Question) -> Definition:
    return _with(definition, section_key, lambda old: replace(old, questions=(*old.questions, question)))


def with_changed_question(definition: Definition, question: Question) -> Definition:
    return _with_questions(definition, lambda old: (question if one.key == question.key else one for one in old))


def without_question(definition: Definition, key: str) -> Definition:
    return _with_questions(definition, lambda old: (one for one in old if one.key != key))


def with_moved_question(definition: Definition, key: str, direction: str) -> Definition:
    """Up or down in its section; past its edge into the neighbouring section."""
    moved = _with_questions(definition, lambda old: _moved(old, key, direction))
    return moved if moved != definition else _across(definition, key, direction)


def new_key(taken: Iterable[str], start: str) -> str:
    """question_1, question_2, …: short, and never used twice in a form."""
    used, number = set(taken), 1
    while f"{start}_{number}" in used:
        number += 1
    return f"{start}_{number}"


def _with(definition: Definition, key: str, change: Callable[[Section], Section]) -> Definition:
    return Definition(tuple(change(one) if one.key == key else one for one in definition.sections))


def _with_questions(definition: Definition, change: Callable[[tuple[Question, ...]], Iterable[Question]]) -> Definition:
    return Definition(tuple(replace(one, questions=tuple(change(one.questions))) for one in definition.sections))


def _moved(things: tuple[T, ...], key: str, direction: str) -> tuple[T, ...]:
    place = next((place for place, thing in enumerate(things) if thing.key == key), None)
    if place is None:
        return things
    other = place - 1 if direction == UP else place + 1
    if not 0 <= other < len(things):
        return things
    order = list(things)
    order[place], order[other] = order[other], order[place]
    return tuple(order)


def _across(definition: Definition, key: str, direction: str) -> Definition:
    question, section = definition.by_key.get(key), definition.section_of(key)
    if question is None or section is None:
        return definition
    place = definition.sections.index(section) + (-1 if direction == UP else 1)
    if not 0 <= place < len(definition.sections):
        return definition
    there = definition.sections[place]
    joined = (*there.questions, question) if direction == UP else (question, *there.questions)
    return _with(without_question(definition, key), there.key, lambda old: replace(old, questions=joined))
