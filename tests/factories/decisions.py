"""Applications that may be decided, and deliberations at any state: written here without their services."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.calls.models import Call, Stage
from grants.decisions.models import Appeal, Approval, BudgetHold, Decision, Deliberation, Recommendation
from grants.decisions.states import (
    IN_FORCE,
    Answer,
    AppealState,
    Body,
    DeliberationState,
    Instrument,
    Outcome,
    Proposal,
)
from grants.reviews.models import Assignment
from grants.reviews.states import AssignmentState
from tests.factories.applications import make_application
from tests.factories.books import book_gift
from tests.factories.calls import make_call
from tests.factories.people import make_person
from tests.factories.reviews import score_everything

S = DeliberationState
MONEY = 1_000_000  # $10,000.00, within what make_call() gives


def make_funded_call(*, raised: int = 50_000_000, **facts: Any) -> Call:
    """In assessment, with $500,000 raised for its purpose unless told otherwise."""
    call = make_call(state="assessing", **facts)
    if raised:
        book_gift(call.purpose, gross=raised, fee=0)
    return call


def make_reviewed(stage: Stage, *, scores: tuple[int, ...] = (3, 4), **facts: Any) -> Application:
    """With a sealed review for each score."""
    application = make_application(stage, state=facts.pop("state", ApplicationState.REVIEWED), **facts)
    for score in scores:
        reviewer = make_person("Rae Reviewer", Role.REVIEWER, fund=stage.call.fund)
        now = clock.now()
        assignment = Assignment.objects.create(
            application=application,
            reviewer=reviewer,
            state=AssignmentState.SEALED,
            invited_at=now,
            agreed_at=now,
            accepted_at=now,
            submitted_at=now,
            sealed_at=now,
            seal_hash="0" * 64,
        )
        score_everything(assignment, score)
    return application


def make_decidable(
    stage: Stage, proposal: str = Proposal.RECOMMEND, *, amount: int = MONEY, by: User | None = None, **facts: Any
) -> Application:
    """What the panel has proposed something for."""
    states = {
        Proposal.RECOMMEND: ApplicationState.RECOMMENDED,
        Proposal.RESERVE: ApplicationState.RESERVE,
        Proposal.NOT_RECOMMEND: ApplicationState.NOT_RECOMMENDED,
    }
    application = make_reviewed(stage, state=states[Proposal(proposal)], **facts)
    is_for = proposal != Proposal.NOT_RECOMMEND
    Recommendation.objects.create(
        application=application,
        proposal=proposal,
        amount_minor=amount if is_for else None,
        currency=stage.call.currency if is_for else "",
        reserve_rank=1 if proposal == Proposal.RESERVE else None,
        rationale="Families decided on the plan.",
        by=by or make_person("Cora Chair", Role.CHAIR, fund=stage.call.fund),
    )
    return application


def make_deliberation(
    call: Call | None = None,
    *,
    state: str = S.PREPARED,
    lines: int = 1,
    outcome: str = Outcome.APPROVE,
    approvals: int = 2,
    **facts: Any,
) -> Deliberation:
    """With `lines` applications, as the panel proposed; before the body and later two people have approved it."""
    call = call or make_funded_call()
    now = clock.now()
    made = Deliberation.objects.create(call=call, state=state, **(_meeting(call) | _dates(state, now) | facts))
    for _number in range(lines):
        make_line(made, outcome=outcome)
    if state in {S.SUBMITTED_TO_BODY, *IN_FORCE}:
        for _number in range(approvals):
            Approval.objects.create(deliberation=made, by=make_person("Mona Manager", Role.MANAGER, fund=call.fund))
    return made


def make_line(deliberation: Deliberation, application: Application | None = None, **facts: Any) -> Decision:
    outcome = facts.pop("outcome", Outcome.APPROVE)
    stage = deliberation.call.stages.order_by("number").first()
    proposal = Proposal.RECOMMEND if outcome == Outcome.APPROVE else Proposal.NOT_RECOMMEND
    application = application or make_decidable(stage, proposal)
    amount = {"amount_minor": MONEY, "currency": deliberation.call.currency} if outcome == Outcome.APPROVE else {}
    is_effective = deliberation.state != S.REJECTED
    made = Decision.objects.create(
        deliberation=deliberation,
        application=application,
        **(amount | {"outcome": outcome, "is_effective": is_effective} | facts),
    )
    if deliberation.state in IN_FORCE:
        _stage(made)
    return made


def make_appeal(call: Call | None = None, *, state: str = AppealState.FILED, **facts: Any) -> Appeal:
    """Against a refusal that was announced a moment ago; answered as its state says."""
    released = make_deliberation(call, state=S.RELEASED, outcome=Outcome.DECLINE)
    decision = released.decisions.select_related("application__stage__call__fund", "application__organisation").get()
    fund, now = decision.application.fund, clock.now()
    answers = {AppealState.UPHELD: Answer.UPHOLD, AppealState.DISMISSED: Answer.DISMISS}
    answered = {
        "answer": answers.get(AppealState(state), ""),
        "reason": "The plan was not read to its end.",
        "answered_by": make_person("Mona Manager", Role.MANAGER, fund=fund),
        "answered_at": now,
        "agreed_by": make_person("Cleo Clerk", Role.CLERK, fund=fund),
        "settled_at": now,
    }
    given = {"grounds": "Page three was missing.", "filed_by": decision.application.started_by}
    settled = {} if state == AppealState.FILED else answered
    return Appeal.objects.create(
        application=decision.application, decision=decision, state=state, **(given | settled | facts)
    )


def _stage(decision: Decision) -> None:
    application = decision.application
    states = {Outcome.APPROVE: ApplicationState.APPROVED, Outcome.DECLINE: ApplicationState.DECLINED}
    Application.objects.filter(pk=application.pk).update(
        state=states[Outcome(decision.outcome)],
        staged_from=application.state,
        released_at=decision.deliberation.released_at,
    )
    if decision.amount:
        BudgetHold.objects.create(
            decision=decision,
            purpose=decision.deliberation.call.purpose,
            amount_minor=decision.amount_minor,
            currency=decision.currency,
        )


def _meeting(call: Call) -> dict[str, Any]:
    return {
        "body": Body.COUNCIL,
        "instrument": Instrument.RESOLUTION,
        "reference": "2027-31",
        "held_on": clock.today("UTC"),
        "votes_for": 9,
        "votes_against": 1,
        "abstentions": 0,
        "release_at": clock.now() + timedelta(days=2),
        "prepared_by": make_person("Otto Officer", Role.OFFICER, fund=call.fund),
    }


def _dates(state: str, now: Any) -> dict[str, Any]:
    return {
        "submitted_at": None if state == S.PREPARED else now,
        "adopted_at": now if state in IN_FORCE else None,
        "released_at": now if state == S.RELEASED else None,
        "rejected_at": now if state == S.REJECTED else None,
    }
