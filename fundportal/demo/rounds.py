"""Carries a made-up call of the practice fund through its phases, as its people would: each act at its own day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.demo.cast import holder
from fundportal.demo.loaders import applications, calls
from grants.applications import services as applying
from grants.applications.models import Application
from grants.applications.queries.screening import rules_of
from grants.calls.models import Call, Stage
from grants.calls.services import start_assessment
from grants.reviews import services as reviewing
from grants.reviews.models import Assignment, Panel
from grants.reviews.services import Entry, PanelTerms

DATA = Path(__file__).parent / "data"
REVIEWERS = 5
READERS_OF_EACH = 3
SEED = 2026
AGREEMENT = {
    "en": "I read what I am given, tell nobody about it and say at once when I know somebody who asks for money.",
    "fr": "Je lis ce qu’on me confie, je n’en parle à personne et je dis aussitôt si je connais qui demande.",
}


@dataclass(frozen=True)
class Calendar:
    """Days counted from `written_at`, for a call and for what follows it."""

    written_at: datetime

    def day(self, number: int) -> datetime:
        return self.written_at + timedelta(days=number)


def read(name: str) -> dict[str, Any]:
    """The facts of one round; its money, texts and criteria are those of the call now open, unless it says other."""
    known = json.loads((DATA / "calls.json").read_text(encoding="utf-8"))
    facts = json.loads((DATA / "rounds.json").read_text(encoding="utf-8"))[name]
    return {**facts, "call": {**known["open"], **facts["call"]}, "criteria": known["criteria"]}


def is_there(facts: Mapping[str, Any]) -> bool:
    return Call.objects.filter(code=facts["call"]["code"]).exists()


def announce(facts: Mapping[str, Any], *, days: Calendar, span: calls.Span) -> Stage:
    call = calls.announce(facts["call"], facts["criteria"], span=span, written_at=days.written_at)
    stage: Stage = call.stages.get()
    return stage


def receive(stage: Stage, applicants: Sequence[Mapping[str, Any]], *, days: Calendar, sent: int) -> list[Application]:
    """One every second day, the last on the day `sent`; `starts` counts days as well."""
    received = []
    for place, facts in enumerate(applicants, start=1 - len(applicants)):
        starts_on = days.day(facts["starts"]).date().isoformat()
        answers = {**facts["answers"], "starts_on": starts_on}
        with clock.at(days.day(sent + 2 * place)):
            received.append(applications.write(stage, {**facts, "answers": answers, "is_sent": True}))
    return received


def close(stage: Stage, *, at: datetime) -> None:
    """After its deadline: counted, closed, and its assessment begun."""
    with clock.at(at):
        applying.close_due_calls()
        start_assessment(stage.call_id, by=holder(Role.MANAGER))


def screen(stage: Stage, *, at: datetime) -> None:
    """Every rule is met: these are made up."""
    officer = holder(Role.OFFICER)
    with clock.at(at):
        for application in stage.applications.order_by("pk"):
            for rule in rules_of(stage.call):
                applying.check_rule(application.pk, rule=rule.key, passes=True, note="", by=officer)
            applying.mark_eligible(application.pk, by=officer)


def share_out(stage: Stage, *, at: datetime, answer_by: datetime, review_by: datetime) -> Panel:
    """A panel sits down, and each application is given to three of its reviewers."""
    officer = holder(Role.OFFICER)
    terms = PanelTerms(answer_by=answer_by, review_by=review_by, agreements=AGREEMENT, reviewers_wanted=READERS_OF_EACH)
    with clock.at(at):
        panel = reviewing.open_panel(stage.pk, terms=terms, by=officer)
        for place in range(REVIEWERS):
            reviewing.add_member(panel.pk, user_id=holder(Role.REVIEWER, place).pk, by=officer)
        plan = reviewing.ask_for_plan(panel.pk, by=officer, seed=SEED)
        reviewing.draw_plan(plan.pk)
        reviewing.approve_plan(plan.pk, by=officer)
    return panel


def hand_in_reviews(application: Application, reviews: Iterable[Mapping[str, Any]], *, at: datetime) -> None:
    """One for each reviewer, in their order; those beyond the last of `reviews` have not begun."""
    given = application.assignments.select_related("reviewer").order_by("pk")
    with clock.at(at):
        for assignment, review in zip(given, reviews, strict=False):
            _review(assignment, review)


def _review(assignment: Assignment, review: Mapping[str, Any]) -> None:
    """`marks` by criterion: the score and why. With marks for only some of them the review stays on the desk."""
    by = assignment.reviewer
    agreed = reviewing.accept(assignment.pk, by=by)
    marks = review.get("marks", {})
    if not marks:
        return
    criteria = dict(agreed.application.stage.criteria.values_list("key", "pk"))
    entries = {criteria[key]: Entry(score, why) for key, (score, why) in marks.items()}
    comment = review.get("comment", "")
    reviewing.save_review(assignment.pk, entries=entries, comment=comment, version=agreed.version, by=by)
    if len(entries) == len(criteria):
        reviewing.hand_in(assignment.pk, by=by)
