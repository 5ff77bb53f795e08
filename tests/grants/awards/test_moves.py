"""Each of the four machines: every move from every state, and every guard that can say no."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from fundportal import clock
from fundportal.lifecycle import move, why_not
from fundportal.refusals import Refusal
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

pytestmark = pytest.mark.django_db

S, A, T, R = AwardState, AgreementState, TrancheState, ReportState


@dataclass(frozen=True)
class Move:
    name: str
    sources: tuple[str, ...]
    target: str


AWARD_MOVES = (
    Move("accept", (S.OFFERED,), S.ACCEPTED),
    Move("activate", (S.ACCEPTED,), S.ACTIVE),
    Move("decline", (S.OFFERED,), S.DECLINED),
    Move("lapse", (S.OFFERED,), S.LAPSED),
    Move("rescind", BEFORE_IT_RUNS, S.RESCINDED),
    Move("suspend", (S.ACTIVE,), S.SUSPENDED),
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
    Move("hold", BEFORE_THE_BANK, T.ON_HOLD),
    Move("release", (T.ON_HOLD,), T.PLANNED),
    Move("cancel", UNPAID, T.CANCELLED),
)
REPORT_MOVES = (
    Move("open", (R.SCHEDULED,), R.OPEN),
    Move("submit", WITH_THE_GRANTEE, R.SUBMITTED),
    Move("ask_for_changes", (R.SUBMITTED,), R.CHANGES_REQUESTED),
    Move("accept", (R.SUBMITTED,), R.ACCEPTED),
    Move("waive", (R.SCHEDULED, *WITH_THE_GRANTEE), R.WAIVED),
)


def table(moves, states):
    return [pytest.param(each, state, id=f"{each.name}-from-{state}") for each in moves for state in states]


def try_to(row: Model, wanted: Move, state: str) -> None:
    if state in wanted.sources:
        move(row, wanted.name)
        row.save()
        assert row.state == wanted.target
    else:
        with pytest.raises(Refusal) as refused:
            move(row, wanted.name)
        assert refused.value.status == 409
        assert row.state == state
    assert type(row).objects.get(pk=row.pk).state == row.state


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


@pytest.mark.parametrize(("wanted", "state"), table(AWARD_MOVES, S))
def test_an_award_makes_a_move_from_its_states_only(wanted, state):
    award = ripe_award(state)
    if wanted.name == "suspend":
        award.suspend_reason = "The office moves house."
    try_to(award, wanted, state)


@pytest.mark.parametrize(("wanted", "state"), table(AGREEMENT_MOVES, A))
def test_an_agreement_makes_a_move_from_its_states_only(wanted, state):
    agreement = make_agreement(make_award(), state=state)
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
    try_to(agreement, wanted, state)


@pytest.mark.parametrize(("wanted", "state"), table(TRANCHE_MOVES, T))
def test_a_tranche_makes_a_move_from_its_states_only(wanted, state):
    award = make_award(state=S.ACTIVE)
    tranche = make_tranche(award, state=state)
    tranche.requested_by = award.offered_by
    if state == T.REQUESTED:
        for _number in range(2):
            make_tranche_approval(tranche)
    if wanted.name == "hold":
        tranche.hold_reason = tranche.hold_reason or "The report is late."
    try_to(tranche, wanted, state)


@pytest.mark.parametrize(("wanted", "state"), table(REPORT_MOVES, R))
def test_a_report_makes_a_move_from_its_states_only(wanted, state):
    report = make_report_due(state=state)
    if wanted.name == "waive":
        report.waive_reason = "The project is shorter now."
    try_to(report, wanted, state)


@pytest.mark.parametrize("origin", BEFORE_THE_BANK)
def test_a_hold_goes_back_to_where_it_came_from(origin):
    award = make_award(state=S.ACTIVE)
    tranche = make_tranche(award, state=origin)
    tranche.hold_reason = "The report is late."
    move(tranche, "hold")
    tranche.save()
    move(tranche, "release")
    tranche.save()
    assert (tranche.state, tranche.held_from, tranche.hold_reason) == (origin, "", "")


def test_a_payment_that_came_back_is_approved_again():
    tranche = make_tranche(state=T.RETURNED)
    move(tranche, "try_again")
    tranche.requested_by = tranche.award.offered_by
    move(tranche, "request")
    assert tranche.round == 2
    assert why_not(tranche, "approve")


def blocked(row: Model, name: str) -> bool:
    return len(why_not(row, name)) == 1


def test_what_keeps_an_award_from_being_accepted_or_ended():
    award = make_award()
    assert blocked(award, "accept")
    assert blocked(award, "lapse")
    assert blocked(award, "decline")
    assert blocked(award, "rescind")
    make_agreement(award, state=A.SIGNING)
    assert blocked(award, "accept")


def test_an_offer_lapses_on_the_day_after_its_last_day_in_the_zone_of_the_fund():
    award = make_award()
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


def test_a_payment_at_the_bank_keeps_an_award_from_being_ended_early():
    award = make_award(state=S.ACTIVE)
    award.end_reason = "The project has stopped."
    tranche = make_tranche(award, state=T.INSTRUCTED)
    assert blocked(award, "terminate")
    _save_as(tranche, state=T.PAID, paid_at=clock.now())
    assert why_not(award, "terminate") == []


@pytest.mark.parametrize("approvals", [0, 1])
def test_a_payment_is_neither_approved_nor_instructed_without_its_people(approvals):
    tranche = make_tranche(state=T.REQUESTED)
    for _number in range(approvals):
        make_tranche_approval(tranche)
    assert blocked(tranche, "approve")
    _save_as(tranche, state=T.APPROVED, approved_at=clock.now())
    assert blocked(Tranche.objects.get(pk=tranche.pk), "instruct")


@pytest.mark.parametrize("state", [S.SUSPENDED, S.CLOSING, S.CLOSED])
@pytest.mark.parametrize(
    ("name", "at"),
    [("get_ready", T.PLANNED), ("request", T.READY), ("instruct", T.APPROVED), ("try_again", T.RETURNED)],
)
def test_a_payment_moves_on_only_while_its_award_is_under_way(state, name, at):
    assert blocked(make_tranche(make_award(state=state), state=at), name)


@pytest.mark.parametrize("state", [state for state in S if state not in RUNNING])
def test_a_report_opens_only_while_its_award_runs(state):
    assert blocked(make_report_due(make_award(state=state)), "open")


@pytest.mark.parametrize(("due_in", "days"), [(30, 0), (10, -20), (60, 0)])
def test_a_report_opens_when_its_period_is_over_or_thirty_days_before_it_is_due(due_in, days):
    today = clock.today("UTC")
    report = make_report_due(due_on=today + timedelta(days=due_in))
    assert report.opens_on == today + timedelta(days=days)
    with clock.at(clock.now() + timedelta(days=days - 1)):
        assert blocked(report, "open")
    with clock.at(clock.now() + timedelta(days=days)):
        assert why_not(report, "open") == []


def test_a_waiver_and_a_hold_and_a_change_say_why():
    assert blocked(make_report_due(), "waive")
    assert blocked(make_tranche(), "hold")
    assert blocked(make_agreement(make_award(), state=A.GRANTEE_REVIEW), "ask_for_change")
    assert blocked(make_award(state=S.ACTIVE), "suspend")


def test_an_agreement_is_agreed_by_both_on_one_text_only():
    award = make_award()
    agreement = make_agreement(award, state=A.GRANTEE_REVIEW)
    agreement.approvals.create(side="fund", sha256=agreement.sha256, by=award.offered_by)
    agreement.approvals.create(side="grantee", sha256="0" * 64, by=award.offered_by)
    assert blocked(agreement, "agree")
    assert Agreement.objects.get().state == A.GRANTEE_REVIEW


def test_the_tables_name_every_move_of_the_four_machines():
    known = {model: {each.name for each in moves} for model, moves in TABLES.items()}
    for model, names in known.items():
        field = model._meta.get_field("state")
        assert names == {each.name for each in field.get_all_transitions(model)}


TABLES = {Award: AWARD_MOVES, Agreement: AGREEMENT_MOVES, Tranche: TRANCHE_MOVES, ReportDue: REPORT_MOVES}
