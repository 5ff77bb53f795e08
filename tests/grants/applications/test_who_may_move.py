"""Every move that has a service, from every state, by everybody: made, 403 or 409, and each made one recorded once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.refusals import Refusal
from grants.applications import services
from grants.applications.models import (
    Application,
    Collaborator,
    Disqualification,
    Ineligibility,
    InfoRequest,
    ScreeningCheck,
)
from grants.applications.states import UNDER_WAY, ApplicationState
from tests.factories.applications import make_application
from tests.factories.organisations import make_conflict, make_signatory
from tests.factories.people import make_fund, make_person

S = ApplicationState
OFFICE = {"officer", "manager"}
SENDS = {"signatory"}
WRITES = {"signatory", "writer", "guest"}
WHY = "A reason in a sentence."


@dataclass(frozen=True)
class Move:
    """Who may make it, from where to where; `after` is whether the deadline has passed by then."""

    by: set[str]
    states: dict[str, str]
    act: Callable[[Application, Any], Any]
    after: bool = False


def version_of(application):
    return application.draft.version


def to(target, *sources):
    return dict.fromkeys(sources, target)


MOVES = {
    "submit": Move(
        SENDS,
        to(S.SUBMITTED, S.DRAFT, S.SUBMITTED),
        lambda one, by: services.submit(one.pk, version=version_of(one), by=by),
    ),
    "unlock": Move(WRITES, to(S.SUBMITTED, S.SUBMITTED), lambda one, by: services.unlock(one.pk, by=by)),
    "lapse": Move({"system"}, to(S.LAPSED, S.DRAFT), lambda one, by: services.lapse(one.pk, by=by), after=True),
    "begin_screening": Move(
        OFFICE | {"system"},
        to(S.SCREENING, S.SUBMITTED),
        lambda one, by: services.begin_screening(one.pk, by=by),
        after=True,
    ),
    "request_info": Move(
        OFFICE,
        to(S.INFO_REQUESTED, S.SCREENING),
        lambda one, by: services.request_info(
            one.pk,
            sections=[one.draft.form_version.form.sections[0].key],
            reason=WHY,
            due_on=(clock.now() + timedelta(days=60)).date(),
            by=by,
        ),
    ),
    "resubmit": Move(
        SENDS,
        to(S.SCREENING, S.INFO_REQUESTED),
        lambda one, by: services.resubmit(one.pk, version=version_of(one), by=by),
    ),
    "mark_eligible": Move(OFFICE, to(S.ELIGIBLE, S.SCREENING), lambda one, by: services.mark_eligible(one.pk, by=by)),
    "mark_ineligible": Move(
        OFFICE, to(S.INELIGIBLE, S.SCREENING), lambda one, by: services.mark_ineligible(one.pk, by=by)
    ),
    "uphold_appeal": Move(
        {"manager"}, to(S.ELIGIBLE, S.INELIGIBLE), lambda one, by: services.uphold_appeal(one.pk, reason=WHY, by=by)
    ),
    "assign": Move(
        OFFICE | {"system"}, to(S.IN_REVIEW, S.ELIGIBLE), lambda one, by: services.assign_application(one.pk, by=by)
    ),
    "complete_reviews": Move(
        {"system"}, to(S.REVIEWED, S.IN_REVIEW), lambda one, by: services.complete_reviews(one.pk, by=by)
    ),
    "hold": Move(
        OFFICE,
        to(S.ON_HOLD, *UNDER_WAY),
        lambda one, by: services.hold(one.pk, reason=WHY, ends_on=(clock.now() + timedelta(days=60)).date(), by=by),
    ),
    "resume": Move(OFFICE, to(S.SCREENING, S.ON_HOLD), lambda one, by: services.resume(one.pk, by=by)),
    "withdraw": Move(SENDS, to(S.WITHDRAWN, *UNDER_WAY, S.ON_HOLD), lambda one, by: services.withdraw(one.pk, by=by)),
    "reinstate": Move(
        {"manager"}, to(S.SCREENING, S.WITHDRAWN), lambda one, by: services.reinstate(one.pk, reason=WHY, by=by)
    ),
    "disqualify": Move(
        OFFICE, to(S.DISQUALIFIED, *UNDER_WAY, S.ON_HOLD), lambda one, by: services.disqualify(one.pk, by=by)
    ),
}


@pytest.fixture
def people(house):
    fund = house.stage.call.fund
    tied = make_person("Tia Demo", Role.OFFICER, Role.MANAGER, fund=fund)
    make_conflict(tied, house.organisation)
    others = {
        f"{role}": make_person(f"{role.capitalize()} Demo", role, fund=fund)
        for role in (Role.AUDITOR, Role.CHAIR, Role.CLERK, Role.REVIEWER, Role.FINANCE_CHECKER, Role.PEOPLE_ADMIN)
    }
    return others | {
        "signatory": house.signatory,
        "writer": house.writer,
        "guest": make_person("Gita Demo"),
        "stranger": make_signatory(make_application(house.stage).organisation),
        "officer": house.officer,
        "manager": house.manager,
        "tied": tied,
        "elsewhere": make_person("Elsa Demo", Role.OFFICER, Role.MANAGER, fund=make_fund()),
        "system": SYSTEM,
    }


def ready(house, people, name, state):
    """An application at this state for which everything but the mover and the state is in order."""
    made = make_application(house.stage, organisation=house.organisation, by=house.signatory, state=state)
    Collaborator.objects.create(application=made, user=people["guest"])
    if name == "submit" and state == S.SUBMITTED:
        Application.objects.filter(pk=made.pk).update(unlocked_at=clock.now())
    if name == "resubmit" and made.submitted_at:
        facts = {"sections": [], "reason": WHY, "due_on": clock.today("UTC"), "asked_by": house.officer}
        InfoRequest.objects.create(application=made, revision_before=made.standing, **facts)
    if name == "mark_eligible":
        for rule in house.stage.call.screening_rules:
            ScreeningCheck.objects.create(application=made, rule=rule["key"], passes=True, by=house.officer)
    if name == "mark_ineligible":
        Ineligibility.objects.create(application=made, criterion="in-a-city", reason=WHY, proposed_by=house.second)
    if name == "disqualify":
        Disqualification.objects.create(application=made, evidence=WHY, reply=WHY, proposed_by=house.second)
    return Application.objects.select_related("draft__form_version").get(pk=made.pk)


def attempt(move, application, by):
    """The status it answers with, the state it ends at and the rows it recorded; then all of it is undone."""
    seen = Entry.objects.filter(subject_kind="applications.application", subject_id=str(application.pk))
    before = seen.count()
    try:
        with transaction.atomic():
            move.act(application, by)
            end = Application.objects.get(pk=application.pk).state
            rows = list(seen.order_by("pk").values_list("action", "before", "after")[before:])
            transaction.set_rollback(True)
    except Refusal as refusal:
        assert Application.objects.get(pk=application.pk).state == application.state
        assert seen.count() == before
        return refusal.status, application.state, []
    return 200, end, rows


def expected(name, move, who, state):
    """A draft is withdrawn by whoever writes it; everything else is as the table says."""
    if name == "withdraw" and state == S.DRAFT:
        return (200, S.WITHDRAWN) if who in WRITES else (403, state)
    if who not in move.by:
        return 403, state
    return (200, move.states[state]) if state in move.states else (409, state)


@pytest.mark.parametrize("name", MOVES)
def test_a_move_is_made_by_whom_and_from_where_the_table_says(house, people, name):
    move, faults = MOVES[name], []
    late = house.stage.closes_at + timedelta(minutes=2)
    with clock.at(late if move.after else clock.now()):
        for state in S:
            application = ready(house, people, name, state)
            for who, person in people.items():
                status, end, rows = attempt(move, application, person)
                recorded = [(f"applications.{name}", state, end)] if status == 200 else []
                if (status, end) != expected(name, move, who, state) or rows != recorded:
                    faults.append((state.value, who, status, end, rows))
    assert faults == []
