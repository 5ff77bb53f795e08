"""The kinds of questions, by the word that a definition names them with."""

from collections.abc import Mapping
from typing import Final

from grants.questionnaires.definition import Question, QuestionKind
from grants.questionnaires.kinds.base import Answer, Kind
from grants.questionnaires.kinds.figures import Amount, Day, Indicator, Number
from grants.questionnaires.kinds.lists import MOST_FILES, Budget, BudgetLine, BudgetSheet, Choices, Files, chosen, total
from grants.questionnaires.kinds.texts import Declaration, LongText, ShortText, words

KINDS: Final[Mapping[str, type[Kind]]] = {
    QuestionKind.SHORT_TEXT: ShortText,
    QuestionKind.LONG_TEXT: LongText,
    QuestionKind.NUMBER: Number,
    QuestionKind.MONEY: Amount,
    QuestionKind.DATE: Day,
    QuestionKind.CHOICE: Choices,
    QuestionKind.FILE: Files,
    QuestionKind.BUDGET: Budget,
    QuestionKind.DECLARATION: Declaration,
    QuestionKind.INDICATOR: Indicator,
}

__all__ = ["KINDS", "MOST_FILES", "Answer", "BudgetLine", "BudgetSheet", "Kind", "chosen", "kind_of", "total", "words"]


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind](question)
