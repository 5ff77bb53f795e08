"""The form a fund may start from instead of an empty page: project, money, organisation, in English and French."""

import json
from dataclasses import replace
from importlib.resources import files

from grants.questionnaires.definition import Definition, Question


def starter(currency: str = "USD") -> Definition:
    """Amounts are in `currency`."""
    text = files(__package__).joinpath("starter.json").read_text(encoding="utf-8")
    return in_currency(Definition.read(json.loads(text)), currency)


def in_currency(definition: Definition, currency: str) -> Definition:
    """The same form, with every amount in another currency. Limits in the old one mean nothing there and go."""

    def adapted(question: Question) -> Question:
        if question.currency in {"", currency}:
            return question
        return replace(question, currency=currency, minimum="", maximum="")

    sections = (replace(each, questions=tuple(map(adapted, each.questions))) for each in definition.sections)
    return Definition(tuple(sections))
