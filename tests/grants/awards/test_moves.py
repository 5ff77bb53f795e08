"""Each of the four machines: every move from every state, and every guard that can say no."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from fundportal import clock
from fundportal.lifecycle import move, why_not
from grants.awards.models import Agreement, Award, ReportDue, Tranche
from grants.awards.states import (
    BACK_FROM_THE_BANK,
    BEFORE_IT_RUNS,
    BEFORE_THE_BANK,
    OPEN_AGREEMENT,
    RUNNING,
    UNPAID,
    WITH_THE_GRANTEE,
    AgreementState,
    AwardState,
    ReportKind,
    ReportState,
    TrancheState,
)
from tests.factories.awards import make_agreement, make_award, make_report_due, make_tranche, make_tranche_approval
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

S, A, T, R = AwardState, AgreementState, TrancheState, ReportState


@dataclass(frozen=True)
class Move:
    """`says` is the field that must tell why."""

    name: str
    sources: tuple[str, ...]
    target: str
    says: str = ""


AWARD_MOVES = (
    Move("accept", (S.OFFERED,), S.ACCEPTED),
    Move("activate", (S.ACCEPTED,), S.ACTIVE),
    Move("decline", (S.OFFERED,), S.DECLINED),
    Move("lapse", (S.OFFERED,), S.LAPSED),
    Move("rescind", BEFORE_IT_RUNS, S.RESCINDED),
    Move("suspend", (S.ACTIVE,), S.SUSPENDED, says="suspend_reason"),
    Move("resume", (S.SUSPENDED,), S.ACTIVE),
    Move("begin_closing", (S.ACTIVE,), S.CLOSING),
    Move("close", (S.CLOSING,), S.CLOSED),
    Move("terminate", RUNNING, S.TERMINATED),
)
AGREEMENT_MOVES = (
    Move("send", (A.DRAFTING,), A.GRANTEE_REVIEW),
    Move("ask_for_change", (A.GRANTEE_REVIEW,), A.DRAFTING),
    Move("agree", (A.GRANTEE_REVIEW,), A.AGREED),
    Move("begin_signing", (A.AGREED,), A.SIGNING),
    Move("execute", (A.SIGNING,), A.EXECUTED),
    Move("annul", OPEN_AGREEMENT, A.VOID),
    Move("supersede", (A.EXECUTED,), A.SUPERSEDED),
)
TRANCHE_MOVES = (
    Move("get_ready", (T.PLANNED,), T.READY),
    Move("request", (T.READY,), T.REQUESTED),
    Move("approve", (T.REQUESTED,), T.APPROVED),
    Move("instruct", (T.APPROVED,), T.INSTRUCTED),
    Move("fail", (T.INSTRUCTED,), T.FAILED),
    Move("pay", (T.INSTRUCTED,), T.PAID),
    Move("reconcile", (T.PAID,), T.RECONCILED),
    Move("come_back", (T.PAID, T.RECONCILED), T.RETURNED),
    Move("try_again", BACK_FROM_THE_BANK, T.READY),
    Move("hold", BEFORE_THE_BANK, T.ON_HOLD, says="hold_reason"),
    Move("release", (T.ON_HOLD,), T.PLANNED),
    Move("cancel", UNPAID, T.CANCELLED),
)
REPORT_MOVES = (
    Move("open", (R.SCHEDULED,), R.OPEN),
    Move("submit", WITH_THE_GRANTEE, R.SUBMITTED),
    Move("ask_for_changes", (R.SUBMITTED,), R.CHANGES_REQUESTED),
    Move("accept", (R.SUBMITTED,), R.ACCEPTED),
    Move("waive", (R.SCHEDULED, *WITH_THE_GRANTEE), R.WAIVED, says="waive_reason"),
)


@pytest.fixture(scope="module")
def standing_awards(build_once):
    """One that is offered, and one under way."""
    return build_once(lambda: {state: make_award(state=state) for state in (S.OFFERED, S.ACTIVE)})


@pytest.fixture
def awards(own, standing_awards):
    return own(standing_awards)


def faults(row: Model, moves: tuple[Move, ...]) -> list[str]:
    """What each move makes of the row and does not say in its table."""
    return [fault for wanted in moves if (fault := fault_of(deepcopy(row), wanted))]


def fault_of(row: Model, wanted: Move) -> str:
    before, is_legal = row.state, row.state in wanted.sources
    if wanted.says:
        setattr(row, wanted.says, getattr(row, wanted.says) or "The office moves house.")
    with undone():
        status = answered(move, row, wanted.name)
        if status == 200:
            row.save()
        stored = type(row).objects.get(pk=row.pk).state
    found, expected = (status, row.state, stored), (200, *[wanted.target] * 2) if is_legal else (409, *[before] * 2)
    return "" if found == expected else f"{wanted.name} from {before}: {found} instead of {expected}"


def ripe_award(state: str) -> Award:
    """Nothing but its state stands in the way of any move."""
    award = make_award(state=state, respond_by=clock.today("UTC") - timedelta(days=2))
    if state == S.OFFERED:
        make_agreement(award, state=A.EXECUTED)
    if award.amount_minor:
        make_tranche(award, state=T.RECONCILED)
    make_report_due(award, state=R.ACCEPTED, kind=ReportKind.FINAL)
    award.end_reason = award.end_reason or "The project has stopped."
    return award


@pytest.mark.parametrize("state", S)
def test_an_award_makes_its_moves_from_their_states_only(state):
    assert faults(ripe_award(state), AWARD_MOVES) == []


@pytest.mark.parametrize("state", A)
def test_an_agreement_makes_its_moves_from_their_states_only(awards, state):
    agreement = make_agreement(awards[S.OFFERED], state=state)
    agreement.change_asked = "Pay in June, please"
    if state == A.GRANTEE_REVIEW:
        for side in ("fund", "grantee"):
            agreement.approvals.create(side=side, sha256=agreement.sha256, by=agreement.award.offered_by)
    if state == A.SIGNING:
        agreement.signatures.create(
            side="fund",
            person=agreement.award.offered_by,
            name_typed="Otto Officer",
            identity_factor="totp",
            sha256=agreement.sha256,
        )
    assert faults(agreement, AGREEMENT_MOVES) == []


@pytest.mark.parametrize("state", T)
def test_a_tranche_makes_its_moves_from_their_states_only(awards, state):
    tranche = make_tranche(awards[S.ACTIVE], state=state)
    tranche.requested_by = tranche.award.offered_by
    if state == T.REQUESTED:
        for _number in range(2):
            make_tranche_approval(tranche)
    assert faults(tranche, TRANCHE_MOVES) == []


@pytest.mark.parametrize("state", R)
def test_a_report_makes_its_moves_from_their_states_only(awards, state):
    assert faults(make_report_due(awards[S.ACTIVE], state=state), REPORT_MOVES) == []


@pytest.mark.parametrize("origin", BEFORE_THE_BANK)
def test_a_hold_goes_back_to_where_it_came_from(awards, origin):
    tranche = make_tranche(awards[S.ACTIVE], state=origin)
    tranche.hold_reason = "The report is late."
    move(tranche, "hold")
    tranche.save()
    move(tranche, "release")
    tranche.save()
    assert (tranche.state, tranche.held_from, tranche.hold_reason) == (origin, "", "")


def test_a_payment_that_came_back_is_approved_again(awards):
    tranche = make_tranche(awards[S.ACTIVE], state=T.RETURNED)
    move(tranche, "try_again")
    tranche.requested_by = tranche.award.offered_by
    move(tranche, "request")
    assert tranche.round == 2
    assert why_not(tranche, "approve")


def blocked(row: Model, name: str) -> bool:
    return len(why_not(row, name)) == 1


def test_what_keeps_an_award_from_being_accepted_or_ended(awards):
    award = awards[S.OFFERED]
    assert blocked(award, "accept")
    assert blocked(award, "lapse")
    assert blocked(award, "decline")
    assert blocked(award, "rescind")
    make_agreement(award, state=A.SIGNING)
    assert blocked(award, "accept")


def test_an_offer_lapses_on_the_day_after_its_last_day_in_the_zone_of_the_fund(awards):
    award = awards[S.OFFERED]
    award.fund.time_zone = "America/Los_Angeles"
    last = clock.now().replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=60)
    award.respond_by = (last - timedelta(days=1)).date()
    with clock.at(last - timedelta(minutes=1)):
        assert blocked(award, "lapse")
    with clock.at(last + timedelta(hours=1)):
        assert why_not(award, "lapse") == []


def test_an_award_is_not_closed_while_anything_is_open():
    award = make_award(state=S.CLOSING)
    tranche = make_tranche(award, state=T.PAID, amount_minor=400_000)
    report = make_report_due(award, kind=ReportKind.FINAL, state=R.SUBMITTED)
    other = make_report_due(award, state=R.OPEN)
    assert len(why_not(award, "close")) == 3  # a report, a payment to check, the rest of the promise
    _save_as(tranche, state=T.RECONCILED, reconciled_at=clock.now())
    assert len(why_not(award, "close")) == 2
    make_tranche(award, state=T.RECONCILED, amount_minor=600_000)
    assert blocked(award, "close")
    _save_as(report, accepted_at=clock.now(), state=R.ACCEPTED)
    assert blocked(award, "close")
    _save_as(other, waived_at=clock.now(), waive_reason="Shorter now", state=R.WAIVED)
    assert why_not(award, "close") == []


def test_an_award_without_a_final_report_is_not_closed():
    award = make_award(state=S.CLOSING)
    make_tranche(award, state=T.RECONCILED)
    make_report_due(award, state=R.ACCEPTED)
    assert blocked(award, "close")


def _save_as(row: Model, **columns: Any) -> None:
    """Past the machine, as a test may."""
    type(row).objects.filter(pk=row.pk).update(**columns)


def test_a_payment_at_the_bank_keeps_an_award_from_being_ended_early(awards):
    award = awards[S.ACTIVE]
    award.end_reason = "The project has stopped."
    tranche = make_tranche(award, state=T.INSTRUCTED)
    assert blocked(award, "terminate")
    _save_as(tranche, state=T.PAID, paid_at=clock.now())
    assert why_not(award, "terminate") == []


@pytest.mark.parametrize("approvals", [0, 1])
def test_a_payment_is_neither_approved_nor_instructed_without_its_people(awards, approvals):
    tranche = make_tranche(awards[S.ACTIVE], state=T.REQUESTED)
    for _number in range(approvals):
        make_tranche_approval(tranche)
    assert blocked(tranche, "approve")
    _save_as(tranche, state=T.APPROVED, approved_at=clock.now())
    assert blocked(Tranche.objects.get(pk=tranche.pk), "instruct")


@pytest.mark.parametrize("state", [S.SUSPENDED, S.CLOSING, S.CLOSED])
def test_a_payment_moves_on_only_while_its_award_is_under_way(state):
    award = make_award(state=state)
    tried = {"get_ready": T.PLANNED, "request": T.READY, "instruct": T.APPROVED, "try_again": T.RETURNED}
    assert [name for name, at in tried.items() if not blocked(make_tranche(award, state=at), name)] == []


@pytest.mark.parametrize("state", [state for state in S if state not in RUNNING])
def test_a_report_opens_only_while_its_award_runs(state):
    assert blocked(make_report_due(make_award(state=state)), "open")


@pytest.mark.parametrize(("due_in", "days"), [(30, 0), (10, -20), (60, 0)])
def test_a_report_opens_when_its_period_is_over_or_thirty_days_before_it_is_due(awards, due_in, days):
    today = clock.today("UTC")
    report = make_report_due(awards[S.ACTIVE], due_on=today + timedelta(days=due_in))
    assert report.opens_on == today + timedelta(days=days)
    with clock.at(clock.now() + timedelta(days=days - 1)):
        assert blocked(report, "open")
    with clock.at(clock.now() + timedelta(days=days)):
        assert why_not(report, "open") == []


def test_a_waiver_and_a_hold_and_a_change_say_why(awards):
    assert blocked(make_report_due(awards[S.ACTIVE]), "waive")
    assert blocked(make_tranche(awards[S.ACTIVE]), "hold")
    assert blocked(make_agreement(awards[S.OFFERED], state=A.GRANTEE_REVIEW), "ask_for_change")
    assert blocked(awards[S.ACTIVE], "suspend")


def test_an_agreement_is_agreed_by_both_on_one_text_only(awards):
    award = awards[S.OFFERED]
    agreement = make_agreement(award, state=A.GRANTEE_REVIEW)
    agreement.approvals.create(side="fund", sha256=agreement.sha256, by=award.offered_by)
    agreement.approvals.create(side="grantee", sha256="0" * 64, by=award.offered_by)
    assert blocked(agreement, "agree")
    assert award.agreements.get().state == A.GRANTEE_REVIEW


def test_the_tables_name_every_move_of_the_four_machines():
    known = {model: {each.name for each in moves} for model, moves in TABLES.items()}
    for model, names in known.items():
        field = model._meta.get_field("state")
        assert names == {each.name for each in field.get_all_transitions(model)}


TABLES = {Award: AWARD_MOVES, Agreement: AGREEMENT_MOVES, Tranche: TRANCHE_MOVES, ReportDue: REPORT_MOVES}
