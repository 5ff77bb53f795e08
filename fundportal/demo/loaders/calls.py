"""Two calls of the practice fund, one open and one to come; their dates are counted from the day of loading."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.accounts.models import User
from fundportal.demo.cast import holder
from fundportal.funds.models import Fund
from fundportal.money import Money
from fundportal.organisations.models import Kind
from grants.calls import services
from grants.calls.models import Call
from grants.calls.services import CriterionFacts, StageFacts
from grants.questionnaires.services import create_questionnaire

DATA = Path(__file__).parent.parent / "data" / "calls.json"
WRITTEN_BEFORE = timedelta(days=14)
# Days from the day of writing: opening, deadline, answer.
Span = tuple[int, int, int]
SPANS: dict[str, Span] = {"open": (9, 54, 124), "forecast": (44, 89, 154)}
MORNING, EVENING = time(9), time(17)


def load(report: Callable[[str], None]) -> None:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    for name, span in SPANS.items():
        if not Call.objects.filter(code=data[name]["code"]).exists():
            announce(data[name], data["criteria"], span=span, written_at=clock.now() - WRITTEN_BEFORE)
    report("2 calls of the practice fund, one open and one to come")


def announce(facts: Mapping[str, Any], criteria: list[dict[str, Any]], *, span: Span, written_at: datetime) -> Call:
    """A call of the practice fund, written and published at that moment, and opened if its opening has come."""
    fund = Fund.objects.get(code="practice")
    with clock.at(written_at):
        call = _write(fund, facts, criteria, span=span, by=holder(Role.OFFICER))
        services.publish(call.pk, by=holder(Role.MANAGER))
    opens_at = call.stages.get().opens_at
    if opens_at <= clock.now():
        with clock.at(opens_at):
            services.open_call(call.pk, by=SYSTEM)
    return call


def _write(fund: Fund, facts: Mapping[str, Any], criteria: list[dict[str, Any]], *, span: Span, by: User) -> Call:
    purpose = fund.purposes.get(code=facts["purpose"])
    call = services.create_call(
        fund.pk, purpose_id=purpose.pk, code=facts["code"], prefix=facts["prefix"], titles=facts["titles"], by=by
    )
    today = clock.today(fund.time_zone)
    opens_on, closes_on, answers_on = (today + timedelta(days=days) for days in span)
    said = _facts(fund, facts, answers_on=answers_on)
    call = services.edit_call(call.pk, facts=said, version=call.version, by=by)
    form = create_questionnaire(fund.pk, name=facts["form"], by=by, from_starter=True)
    stage = services.set_stage(
        call.pk,
        number=1,
        facts=StageFacts(
            titles=facts["stage"],
            opens=datetime.combine(opens_on, MORNING),
            deadline=datetime.combine(closes_on, EVENING),
            zone=fund.time_zone,
            questionnaire_id=form.pk,
        ),
        version=call.version,
        by=by,
    )
    for place, criterion in enumerate(criteria, start=call.version + 1):
        services.set_criterion(stage.pk, key=criterion["key"], facts=_criterion(criterion), version=place, by=by)
    return call


def _facts(fund: Fund, facts: Mapping[str, Any], *, answers_on: date) -> dict[str, Any]:
    amounts = {name: Money(facts[name], fund.settlement_currency) for name in ("budget", "minimum", "maximum")}
    return amounts | {
        "summaries": facts["summaries"],
        "texts": facts["texts"],
        "applicant_kinds": [Kind.CITY.value, Kind.ASSOCIATION.value],
        "languages": list(facts["titles"]),
        "burden_hours": facts["burden_hours"],
        "decision_by_on": answers_on,
        "conflict_window_days": 5,
        "screening_rules": services.rules_from(facts["rules"]),
    }


def _criterion(facts: Mapping[str, Any]) -> CriterionFacts:
    lines = facts["anchors"]
    scores = range(len(lines["en"]))
    anchors = {str(score): {language: lines[language][score] for language in lines} for score in scores}
    return CriterionFacts(facts["titles"], facts["weight"], facts["helps"], anchors)
