"""Carries the applications of a made-up call from their reviews to the announced decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.demo.cast import holder
from fundportal.demo.rounds import Calendar
from fundportal.money import Money
from grants.applications.models import Application
from grants.calls.models import Stage
from grants.decisions import services
from grants.decisions.services import Advice, DeliberationFacts, Line
from grants.decisions.states import Body, Instrument, Outcome, Proposal
from grants.reviews.services import seal_reviews

Proposed = list[tuple[Application, Mapping[str, Any]]]


def recommend(stage: Stage, proposed: Proposed, *, at: datetime) -> None:
    """The chair seals every review, then says of each application what the panel proposes, and why."""
    chair = holder(Role.CHAIR)
    with clock.at(at):
        seal_reviews(stage.panel.pk, by=chair)
        for application, facts in proposed:
            services.recommend(application.pk, advice=_advice(stage, facts), by=chair)


def decide(stage: Stage, proposed: Proposed, *, meeting: Mapping[str, Any], days: Calendar) -> None:
    """The list goes before the council, is adopted, and everybody hears of it on the day `announced`."""
    officer, manager, clerk = (holder(role) for role in (Role.OFFICER, Role.MANAGER, Role.CLERK))
    with clock.at(days.day(meeting["prepared"])):
        made = services.prepare_deliberation(stage.call_id, facts=_facts(meeting, days), by=officer)
        for application, facts in proposed:
            services.put_on_list(made.pk, application_id=application.pk, line=_line(stage, facts), by=officer)
        services.submit_to_body(made.pk, by=officer)
    with clock.at(days.day(meeting["held"])):
        for person in (manager, clerk):
            services.approve_deliberation(made.pk, by=person)
        services.adopt(made.pk, by=clerk)
    with clock.at(days.day(meeting["announced"])):
        services.release(made.pk, by=SYSTEM)


def _facts(meeting: Mapping[str, Any], days: Calendar) -> DeliberationFacts:
    votes_for, votes_against, abstentions = meeting["votes"]
    return DeliberationFacts(
        body=Body.COUNCIL,
        instrument=Instrument.DELIBERATION,
        reference=meeting["reference"],
        held_on=days.day(meeting["held"]).date(),
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        release_at=days.day(meeting["announced"]),
    )


def _advice(stage: Stage, facts: Mapping[str, Any]) -> Advice:
    if not facts["granted"]:
        return Advice(Proposal.NOT_RECOMMEND, facts["rationale"])
    return Advice(Proposal.RECOMMEND, facts["rationale"], _amount(stage, facts))


def _line(stage: Stage, facts: Mapping[str, Any]) -> Line:
    if not facts["granted"]:
        return Line(Outcome.DECLINE, feedback=facts["rationale"])
    return Line(Outcome.APPROVE, _amount(stage, facts), feedback=facts["rationale"])


def _amount(stage: Stage, facts: Mapping[str, Any]) -> Money:
    return Money(facts["granted"], stage.call.currency)
