"""What stands between these answers and being sent."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from grants.questionnaires.conditions import reachable
from grants.questionnaires.definition import Definition, Question, QuestionKind, QuestionRole
from grants.questionnaires.kinds import kind_of, total


def problems(definition: Definition, answers: Any, *, uploads_clean: Collection[str] = ()) -> dict[str, str]:
    """A sentence for each question that is asked and not yet answered as it must be; {} when all may be sent.

    `uploads_clean` holds the tokens (as text) of the files that passed their checks and belong to these answers:
    every other token is refused. Answers to questions that are not asked are not looked at. Never raises for any JSON.
    """
    given = answers if isinstance(answers, dict) else {}
    asked = reachable(definition, given)
    found = {}
    for question in definition.questions:
        if question.key in asked and (sentence := problem(question, given.get(question.key), uploads_clean)):
            found[question.key] = sentence
    sound = {key for key in asked - set(found) if is_answered(given.get(key))}
    return found | _of_the_sum(definition, given, sound)


def problem(question: Question, answer: Any, uploads_clean: Collection[str] = ()) -> str:
    """The sentence for one answer by itself, "" when it may be sent as it is."""
    kind = kind_of(question)
    if not is_answered(answer):
        return kind.missing() if question.is_required else ""
    sentence = kind.unreadable(answer) or kind.outside(answer)
    if not sentence and question.kind == QuestionKind.FILE and not set(answer) <= set(uploads_clean):
        return _("A file here is not ready. Wait until it is checked, or remove it and add it again.")
    return sentence


def is_answered(answer: Any) -> bool:
    return answer not in (None, "", [], {})


def _of_the_sum(definition: Definition, answers: dict[str, Any], sound: Collection[str]) -> dict[str, str]:
    """The lines of the budget add up to what is asked for."""
    budget, amount = definition.with_role(QuestionRole.BUDGET), definition.with_role(QuestionRole.AMOUNT)
    if not budget or not amount or not {budget.key, amount.key} <= set(sound):
        return {}
    lines = total(budget, answers[budget.key])
    asked = Money(answers[amount.key]["minor"], amount.currency)
    return {budget.key: _sums_differ(lines, asked)} if lines != asked else {}


def _sums_differ(lines: Money, asked: Money) -> str:
    words = {"lines": _written(lines), "asked": _written(asked)}
    if lines.currency == asked.currency and lines > asked:
        return _("Your lines add up to %(lines)s. You asked for %(asked)s. Change a line or ask for more.") % words
    return (
        _("Your lines add up to %(lines)s. You asked for %(asked)s. Change a line or lower what you ask for.") % words
    )


def _written(money: Money) -> str:
    return format_money(money, cents=not money.is_whole, code=True)
