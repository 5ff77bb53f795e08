"""Applications at any state, each with the facts that its state needs: written here without their services."""

import hashlib
from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import profile
from grants.applications.models import Application, Draft, Revision
from grants.applications.states import NEVER_SENT, ApplicationState
from grants.calls.models import Stage
from grants.calls.states import CLOSED, OPEN
from tests.factories.calls import make_call
from tests.factories.organisations import make_organisation, make_signatory
from tests.factories.questionnaires import make_answers

S = ApplicationState
WHILE_OPEN = {S.DRAFT, S.SUBMITTED}


def make_application(
    stage: Stage | None = None,
    *,
    organisation: Organisation | None = None,
    by: User | None = None,
    state: str = S.DRAFT,
    answers: dict[str, Any] | None = None,
    **facts: Any,
) -> Application:
    """Written by a signatory of its organisation; whatever was sent has its first revision.

    Unless a stage is given, drafts and received ones stand in an open call, all others in a closed one.
    """
    stage = stage or a_stage(state)
    organisation = organisation or make_organisation()
    by = by or make_signatory(organisation)
    answers = make_answers(stage.call.currency) if answers is None else answers
    application = Application.objects.create(
        **(_facts(stage, state, answers) | {"organisation": organisation, "started_by": by} | facts)
    )
    Draft.objects.create(application=application, form_version=stage.form_version, answers=answers, saved_by=by)
    if application.submitted_at:
        make_revision(application, answers=answers, by=by)
    return application


def a_stage(state: str) -> Stage:
    call = make_call(state=OPEN if state in WHILE_OPEN else CLOSED)
    return call.stages.get(number=1)


def _facts(stage: Stage, state: str, answers: dict[str, Any]) -> dict[str, Any]:
    number = Application.objects.filter(stage__call=stage.call).count() + 1
    amount = answers.get("amount") or {}
    return {
        "stage": stage,
        "state": state,
        "reference": f"{stage.call.prefix}-{number:04d}",
        "title": answers.get("title", ""),
        "requested_minor": amount.get("minor"),
        "currency": amount.get("currency", ""),
        **dates_of(state, stage),
    }


def dates_of(state: str, stage: Stage) -> dict[str, Any]:
    now = clock.now()
    sent = min(now, stage.deadline_at) - timedelta(hours=1)
    at = {
        S.LAPSED: {"lapsed_at": now},
        S.INELIGIBLE: {"ineligible_at": now},
        S.ON_HOLD: {"held_at": now, "hold_ends_on": now.date() + timedelta(days=14), "resumes_to": S.SCREENING},
        S.WITHDRAWN: {"withdrawn_at": now, "resumes_to": S.SCREENING},
        S.DISQUALIFIED: {"disqualified_at": now},
        S.APPROVED: {"staged_from": S.RECOMMENDED},
        S.DECLINED: {"staged_from": S.NOT_RECOMMENDED},
    }
    return {"submitted_at": None if state in NEVER_SENT else sent} | at.get(S(state), {})


def make_revision(
    application: Application, *, answers: dict[str, Any] | None = None, by: User | None = None
) -> Revision:
    """The next revision of it, as it would stand after being sent; arrived when the application says."""
    number = application.revisions.count() + 1
    answers = application.draft.answers if answers is None else answers
    return Revision.objects.create(
        application=application,
        number=number,
        form_version=application.draft.form_version,
        answers=answers,
        profile=profile(application.organisation),
        sha256=hashlib.sha256(f"{application.reference} {number}".encode()).hexdigest(),
        arrived_at=application.submitted_at or clock.now(),
        submitted_by=by or application.started_by,
        title=application.title,
        requested_minor=application.requested_minor,
        currency=application.currency,
        language=application.language,
    )
