"""Which questions are asked, given what was answered so far."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.definition import Condition, Definition, Question, QuestionKind, Section
from grants.questionnaires.kinds import chosen

CONFIRMED = "yes"


def reachable(definition: Definition, answers: Any) -> frozenset[str]:
    """The keys of all questions that are asked. Depends on no order, neither of questions nor of answers.

    A question is asked when it has no condition, or when the question it hangs on is asked and answered with one of
    the values. Questions that wait for each other are never asked.
    """
    given = answers if isinstance(answers, dict) else {}

    def is_met(condition: Condition) -> bool:
        return not set(condition.values).isdisjoint(_values(given.get(condition.question)))

    return _opened(definition.questions, is_met)


def askable(section: Section, definition: Definition, answers: Any) -> frozenset[str]:
    """The keys of the section's questions that are asked, or may be as soon as another answer of it changes."""
    here = {question.key for question in section.questions}
    asked = reachable(definition, answers)
    settled = asked | {one.key for one in section.questions if one.condition and one.condition.question in here}
    return _opened([one for one in section.questions if one.key in settled], lambda _condition: True, asked - here)


def condition_values(question: Question) -> list[tuple[str, str]]:
    """The answers that other questions may wait for, with their labels."""
    if question.kind == QuestionKind.CHOICE:
        return [(choice.key, choice.label) for choice in question.choices]
    return [(CONFIRMED, _("Confirmed"))] if question.kind == QuestionKind.DECLARATION else []


def _opened(
    questions: Iterable[Question], is_met: Callable[[Condition], bool], asked: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Those without a condition, and step by step those whose condition is met by one already found."""
    waiting = {question.key: question.condition for question in questions}
    while True:
        met = {key for key, on in waiting.items() if on is None or (on.question in asked and is_met(on))}
        if met <= asked:
            return asked
        asked |= met


def _values(answer: Any) -> set[str]:
    return {CONFIRMED} if answer is True else set(chosen(answer))
