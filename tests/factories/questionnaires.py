"""Forms and their published versions; by default the one a fund starts from, in three sections, English and French."""

import itertools
from typing import Any

from fundportal.funds.models import Fund
from grants.questionnaires.definition import Definition, fingerprint
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.starter import starter
from tests.factories.people import make_fund

_numbers = itertools.count(1)


def make_questionnaire(fund: Fund | None = None, *, form: Definition | None = None, **facts: Any) -> Questionnaire:
    fund = fund or make_fund()
    made = form if form is not None else starter(fund.settlement_currency)
    defaults = {"name": f"Form {next(_numbers)}", "definition": made.as_json()}
    return Questionnaire.objects.create(fund=fund, **(defaults | facts))


def make_form_version(questionnaire: Questionnaire | None = None, **facts: Any) -> FormVersion:
    questionnaire = questionnaire or make_questionnaire()
    definition = facts.pop("definition", questionnaire.definition)
    defaults = {"number": questionnaire.versions.count() + 1, "sha256": fingerprint(definition)}
    return FormVersion.objects.create(questionnaire=questionnaire, definition=definition, **(defaults | facts))


def reword(questionnaire: Questionnaire, key: str, **changes: Any) -> Questionnaire:
    """One question of the form at the desk with these facts of its JSON changed; None takes a fact away."""
    for section in questionnaire.definition["sections"]:
        for question in section["questions"]:
            if question["key"] == key:
                question.update(changes)
                for fact in [name for name, value in changes.items() if value is None]:
                    del question[fact]
    questionnaire.save()
    return questionnaire


def add_a_question(stage: Any, **facts: Any) -> None:
    """To the last section of the form that the stage took from the desk; optional unless told otherwise."""
    questionnaire = stage.questionnaire
    made = {"key": "website", "kind": "short_text", "labels": {"en": "Website", "fr": "Site"}, "is_required": False}
    questionnaire.definition["sections"][-1]["questions"].append(made | facts)
    questionnaire.save()


def make_answers(currency: str = "USD", **changes: Any) -> dict[str, Any]:
    """Everything the starter's form asks, answered so that nothing is left to put right; None leaves a key out."""
    answers = {
        "title": "A kitchen that teaches",
        "summary": "Newcomers and neighbours cook together twice a week and learn each other's words.",
        "who_benefits": ["newcomers", "neighbours"],
        "change": "Forty people find work in kitchens. We count contracts after six months.",
        "amount": {"minor": 2_000_000, "currency": currency},
        "budget": [
            {"what": "A cook for ten months", "minor": 1_500_000, "why": "Half a post at the city's scale"},
            {"what": "Food and rent", "minor": 500_000, "why": "Two evenings a week"},
        ],
        "other_funders": "no",
        "people": "12",
        "starts_on": "2027-03-01",
        "declaration": True,
    } | changes
    return {key: value for key, value in answers.items() if value is not None}
