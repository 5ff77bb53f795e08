"""A form's questions as a list to read before anybody starts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.questionnaires.conditions import condition_values
from grants.questionnaires.definition import Condition, Definition, Question, QuestionKind


@dataclass(frozen=True)
class OutlineQuestion:
    """`measure` says how much is wanted: "400 words", "One choice"; `note` when it is asked at all."""

    number: int
    label: str
    help_text: str
    measure: str
    note: str
    is_required: bool
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    title: str
    help_text: str
    questions: tuple[OutlineQuestion, ...]


def outline(definition: Definition) -> list[Outline]:
    """In the active language; questions are numbered through the whole form."""
    numbers = {question.key: number for number, question in enumerate(definition.questions, start=1)}
    return [
        Outline(
            section.title,
            section.help_text,
            tuple(_question(definition, question, numbers[question.key]) for question in section.questions),
        )
        for section in definition.sections
    ]


def condition_note(definition: Definition, condition: Condition) -> str:
    """When a question is asked, in words."""
    source = definition.by_key.get(condition.question)
    if source is None:
        return ""
    labels = [label for value, label in condition_values(source) if value in condition.values]
    words = {"question": source.label, "answer": _(" or ").join(f"“{label}”" for label in labels)}
    return _("Only if you answer %(answer)s to “%(question)s”.") % words


def _question(definition: Definition, question: Question, number: int) -> OutlineQuestion:
    note = condition_note(definition, question.condition) if question.condition else ""
    return OutlineQuestion(
        number=number,
        label=question.label,
        help_text=question.help_text,
        measure=measure(question),
        note=note,
        is_required=question.is_required,
        choices=tuple(choice.label for choice in question.choices),
    )


def measure(question: Question) -> str:
    if question.word_limit:
        return ngettext("%(count)s word", "%(count)s words", question.word_limit) % {"count": question.word_limit}
    if question.kind == QuestionKind.CHOICE:
        return _("Several choices") if question.is_many else _("One choice")
    if question.kind == QuestionKind.FILE:
        return _("Files") if question.is_many else _("One file")
    return str(
        {
            QuestionKind.SHORT_TEXT: _("One line"),
            QuestionKind.LONG_TEXT: _("A text"),
            QuestionKind.NUMBER: _("A number"),
            QuestionKind.MONEY: _("An amount in %(currency)s") % {"currency": question.currency},
            QuestionKind.DATE: _("A day"),
            QuestionKind.BUDGET: _("A budget in %(currency)s") % {"currency": question.currency},
            QuestionKind.DECLARATION: _("One tick"),
            QuestionKind.INDICATOR: _("Three figures"),
        }[QuestionKind(question.kind)]
    )
