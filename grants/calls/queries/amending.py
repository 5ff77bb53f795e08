"""What a form asks at the desk beside what it asked when it was announced, and which of it an open call may take on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.models import Stage
from grants.questionnaires.definition import Definition, Question, QuestionKind

IN_FIGURES = (QuestionKind.NUMBER, QuestionKind.MONEY)


@dataclass(frozen=True)
class FormChange:
    """Labels of what is new and of what is worded anew; `objections` are sentences, none where it may be taken on."""

    added: tuple[str, ...] = ()
    clearer: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.clearer or self.objections)


def form_change(stage: Stage) -> FormChange:
    """Nothing where the stage has no announced form."""
    if stage.form_version is None or stage.questionnaire is None:
        return FormChange()
    return compare(stage.form_version.form, stage.questionnaire.form)


def compare(before: Definition, after: Definition) -> FormChange:
    """Whoever answered all that was asked before has nothing to put right after: that is what may change."""
    new = [question for question in after.questions if question.key not in before.by_key]
    return FormChange(
        tuple(_name(question) for question in new),
        tuple(_clearer(before, after)),
        tuple(_objections(before, after, new)),
    )


def _clearer(before: Definition, after: Definition) -> Iterator[str]:
    for section in after.sections:
        old = before.section(section.key)
        if old and (old.titles, old.helps) != (section.titles, section.helps):
            yield section.title or section.key
    for question in after.questions:
        former = before.by_key.get(question.key)
        if former and former != question:
            yield _name(question)


def _objections(before: Definition, after: Definition, new: list[Question]) -> Iterator[str]:
    for question in before.questions:
        words = {"name": _name(question)}
        later = after.by_key.get(question.key)
        if later is None or _place(before, question) != _place(after, question):
            yield _("“%(name)s” is no longer where it was. A question stays while the call is open.") % words
        elif _asks_something_else(question, later):
            yield _("“%(name)s” asks for something else now.") % words
        elif _is_narrower(question, later):
            yield _("“%(name)s” leaves less room than it did. What somebody wrote has to stay good.") % words
    for question in new:
        if question.is_required:
            yield _("“%(name)s” is new. While the call is open a new question is optional.") % {"name": _name(question)}


def _place(form: Definition, question: Question) -> str:
    section = form.section_of(question.key)
    return section.key if section else ""


def _asks_something_else(old: Question, new: Question) -> bool:
    names = ("kind", "role", "is_many", "currency", "condition")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _is_narrower(old: Question, new: Question) -> bool:
    lost = {choice.key for choice in old.choices} - {choice.key for choice in new.choices}
    is_shorter = new.word_limit is not None and (old.word_limit is None or new.word_limit < old.word_limit)
    is_asked_now = new.is_required and not old.is_required
    return bool(lost) or is_shorter or is_asked_now or _limits_close_in(old, new) or not _takes_all_files(old, new)


def _limits_close_in(old: Question, new: Question) -> bool:
    floor_rose = bool(new.minimum) and (not old.minimum or _figure(new, new.minimum) > _figure(old, old.minimum))
    ceiling_fell = bool(new.maximum) and (not old.maximum or _figure(new, new.maximum) < _figure(old, old.maximum))
    return floor_rose or ceiling_fell


def _figure(question: Question, limit: str) -> Any:
    """An ISO day compares as it is written."""
    return Decimal(limit) if question.kind in IN_FIGURES else limit


def _takes_all_files(old: Question, new: Question) -> bool:
    """No endings means every ending."""
    return not new.accept or (bool(old.accept) and set(old.accept) <= set(new.accept))


def _name(question: Question) -> str:
    return question.label or question.key
