"""Calls at any state, complete enough to be announced: the only place that writes them without their services."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from fundportal import clock
from fundportal.funds.models import Fund, Purpose
from fundportal.organisations.models import Kind
from grants.calls.deadlines import wall_of
from grants.calls.models import Call, Criterion, Stage
from grants.calls.states import (
    ANNOUNCED,
    ARCHIVED,
    ASSESSING,
    CANCELLED,
    DECIDED,
    DRAFT,
    FORECAST,
    ONCE_CLOSED,
    ONCE_OPEN,
    OPEN,
    SCORES,
    Topic,
)
from tests.factories.gifts import make_purpose
from tests.factories.people import make_fund
from tests.factories.questionnaires import make_form_version, make_questionnaire

_numbers = itertools.count(1)

ZONE = "America/New_York"
CRITERIA = (("need", 40), ("design", 30), ("delivery", 20), ("stays", 10))


def make_call(fund: Fund | None = None, *, state: str = OPEN, stages: int = 1, **facts: Any) -> Call:
    """For $250,000 in grants of $5,000 to $50,000, with a stage whose dates fit the state, and four criteria."""
    fund = fund or make_fund()
    number = next(_numbers)
    call = Call.objects.create(
        fund=fund,
        purpose=facts.pop("purpose", None) or a_purpose(fund),
        state=state,
        **(texts_of(number) | MONEY_AND_RULES | dates_of(state) | facts),
    )
    for stage in range(1, stages + 1):
        make_stage(call, number=stage)
    return call


MONEY_AND_RULES: dict[str, Any] = {
    "budget_minor": 25_000_000,
    "minimum_minor": 500_000,
    "maximum_minor": 5_000_000,
    "currency": "USD",
    "applicant_kinds": [Kind.CITY, Kind.ASSOCIATION],
    "languages": ["en", "fr"],
    "screening_rules": [
        {"key": "in-a-city", "texts": {"en": "The work happens in a city", "fr": "Le travail a lieu dans une ville"}},
        {"key": "not-for-profit", "texts": {"en": "Nobody makes a profit", "fr": "Personne n’en tire profit"}},
    ],
    "conflict_window_days": 5,
    "burden_hours": 9,
}


def texts_of(number: int) -> dict[str, Any]:
    return {
        "code": f"call-{number}",
        "prefix": f"CA{number}",
        "titles": {"en": f"Call {number}", "fr": f"Appel {number}"},
        "summaries": {"en": "Small grants for a welcome.", "fr": "De petites subventions pour un accueil."},
        "texts": {topic: {"en": f"About {topic}.", "fr": f"Au sujet de {topic}."} for topic in Topic},
        "decision_by_on": clock.today("UTC") + timedelta(days=90),
    }


def a_purpose(fund: Fund) -> Purpose:
    return fund.purposes.order_by("pk").first() or make_purpose(fund)


def dates_of(state: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "published_at": now - timedelta(days=30) if state in ANNOUNCED or state == CANCELLED else None,
        "opened_at": now - timedelta(days=10) if state in ONCE_OPEN else None,
        "closed_at": now - timedelta(days=1) if state in ONCE_CLOSED else None,
        "assessment_started_at": now if state in {ASSESSING, DECIDED, ARCHIVED} else None,
        "decided_at": now if state in {DECIDED, ARCHIVED} else None,
        "archived_at": now if state == ARCHIVED else None,
        "cancelled_at": now if state == CANCELLED else None,
        "cancel_reason": "The money went elsewhere." if state == CANCELLED else "",
    }


def make_stage(call: Call, *, number: int = 1, criteria: tuple[tuple[str, int], ...] = CRITERIA, **facts: Any) -> Stage:
    """A draft's opens in ten days; an open call's closes in twenty; a closed call's closed two days ago."""
    opens_at, closes_at = span_of(call, number)
    questionnaire = facts.pop("questionnaire", None) or make_questionnaire(call.fund)
    defaults: dict[str, Any] = {
        "titles": {"en": f"Stage {number}", "fr": f"Étape {number}"},
        "opens_at": opens_at,
        "deadline_wall": wall_of(closes_at, facts.get("zone", ZONE)).isoformat(timespec="minutes"),
        "zone": ZONE,
        "questionnaire": questionnaire,
        "form_version": make_form_version(questionnaire) if call.published_at else None,
    }
    stage = Stage.objects.create(call=call, number=number, **(defaults | facts))
    for position, (key, weight) in enumerate(criteria, start=1):
        make_criterion(stage, key, weight, position=position)
    return stage


def span_of(call: Call, number: int) -> tuple[datetime, datetime]:
    """Thirty days each, one after the other, with a day between."""
    starts = {DRAFT: 10, FORECAST: 10, OPEN: -10, CANCELLED: -10}.get(call.state, -32)
    opens_at = clock.now() + timedelta(days=starts + 31 * (number - 1))
    return opens_at, opens_at + timedelta(days=30)


def make_criterion(stage: Stage, key: str = "need", weight: int = 40, **facts: Any) -> Criterion:
    defaults = {
        "titles": {"en": key.capitalize(), "fr": f"{key.capitalize()} (fr)"},
        "helps": {"en": f"What {key} means.", "fr": f"Ce que veut dire {key}."},
        "anchors": {str(score): {"en": f"{key} is {score}", "fr": f"{key} vaut {score}"} for score in SCORES},
    }
    return Criterion.objects.create(stage=stage, key=key, weight=weight, **(defaults | facts))
