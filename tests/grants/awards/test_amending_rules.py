"""The machine of a change from every state, and what the database refuses by the name of the rule."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.lifecycle import move
from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.models import Agreement, AmendedTerm, Amendment, AmendmentApproval, UnspentSettlement
from grants.awards.queries import proofs
from grants.awards.states import (
    OPEN_AMENDMENT,
    AgreementState,
    AmendmentState,
    AwardState,
    ReportState,
    Settlement,
    TermKind,
    TrancheState,
)
from tests.factories.amendments import (
    make_amendment,
    make_amendment_approval,
    make_settlement,
    make_term,
)
from tests.factories.awards import make_award, make_budget_line, make_report_due, make_tranche
from tests.grants.awards.conftest import refused

pytestmark = pytest.mark.django_db

A, K = AmendmentState, TermKind
MOVES = {
    "submit": ((A.DRAFT,), A.SUBMITTED),
    "approve": ((A.SUBMITTED,), A.APPROVED),
    "reject": ((A.SUBMITTED,), A.REJECTED),
    "execute": ((A.APPROVED,), A.EXECUTED),
    "apply": ((A.EXECUTED,), A.APPLIED),
    "withdraw": (OPEN_AMENDMENT, A.WITHDRAWN),
}


def stand_at(row, state) -> None:
    """In this object alone: its machine lets nobody write it."""
    vars(row)["state"] = state


def ripe(award, state) -> Amendment:
    """Nothing but its state stands in the way of any move. A raise needs no second person here."""
    amendment = make_amendment(award, state=state)
    if state == A.SUBMITTED:
        make_amendment_approval(amendment)
        amendment.answer = "Finish in time, please."
    if state == A.APPROVED:
        stand_at(amendment.agreement, AgreementState.EXECUTED)
    return amendment


def reached(award, state, name, spoil=lambda _amendment: None) -> str:
    """Where the move leads from there; the database forgets it."""
    with transaction.atomic():
        amendment = ripe(award, state)
        spoil(amendment)
        try:
            move(amendment, name)
            amendment.save()
        except Refusal:
            pass
        transaction.set_rollback(True)
    return str(amendment.state)


def test_a_change_makes_a_move_from_its_states_only():
    award = make_award(state=AwardState.ACTIVE)
    found = {(name, state): reached(award, state, name) for name in MOVES for state in A}
    expected = {(name, state): to if state in of else state for name, (of, to) in MOVES.items() for state in A}
    assert found == expected


def test_each_guard_of_a_change_can_say_no():
    award = make_award(state=AwardState.ACTIVE)
    spoilt = {
        "no reason": (A.DRAFT, "submit", lambda one: setattr(one, "reason", " ")),
        "no terms": (A.DRAFT, "submit", lambda one: one.terms.all().delete()),
        "not running when sent": (A.DRAFT, "submit", lambda one: stand_at(one.award, AwardState.CLOSED)),
        "not running when approved": (A.SUBMITTED, "approve", lambda one: stand_at(one.award, AwardState.CLOSED)),
        "nobody else": (A.SUBMITTED, "approve", lambda one: setattr(one, "proposed_by", one.approvals.get().by)),
        "no answer": (A.SUBMITTED, "reject", lambda one: setattr(one, "answer", " ")),
        "not running when signed": (A.APPROVED, "execute", lambda one: stand_at(one.award, AwardState.CLOSED)),
        "signed by one": (A.APPROVED, "execute", lambda one: stand_at(one.agreement, AgreementState.SIGNING)),
        "signed by nobody": (A.APPROVED, "execute", lambda one: setattr(one, "agreement", None)),
    }
    for why, (state, name, spoil) in spoilt.items():
        stand_at(award, AwardState.ACTIVE)
        assert (why, reached(award, state, name, spoil)) == (why, state)


def set_to(row, **facts):
    type(row).objects.filter(pk=row.pk).update(**facts)


def test_the_database_refuses_each_fault_by_name():
    award = make_award(state=AwardState.ACTIVE)
    draft, other = make_amendment(award), make_award(state=AwardState.ACTIVE)
    sent = make_amendment(other, state=A.SUBMITTED)
    approval = make_amendment_approval(sent)
    report, tranche, budget = make_report_due(award), make_tranche(award), make_budget_line(award)
    day = clock.now()
    term, settled = draft.terms.get(), make_settlement(award)
    rows = {
        "amendment_state_is_known": lambda: set_to(draft, state="elsewhere"),
        "amendments_of_an_award_are_numbered": lambda: make_amendment(award, number=1, state=A.WITHDRAWN),
        "one_amendment_is_open_at_a_time": lambda: make_amendment(award),
        "an_amendment_says_why": lambda: set_to(draft, reason=""),
        "an_amendment_that_was_sent_says_when": lambda: set_to(sent, submitted_at=None),
        "an_approved_amendment_says_when": lambda: set_to(sent, state=A.APPROVED),
        "an_amendment_is_executed_exactly_when_it_says_when": lambda: set_to(sent, executed_at=day),
        "an_amendment_is_applied_exactly_when_it_says_when": lambda: set_to(sent, applied_at=day),
        "an_amendment_ended_exactly_when_it_says_when": lambda: set_to(draft, ended_at=day),
        "an_amendment_is_refused_with_a_reason": lambda: set_to(sent, state=A.REJECTED, ended_at=day),
        "an_amendment_in_force_is_signed_or_small": lambda: set_to(
            sent, state=A.APPLIED, approved_at=day, executed_at=day, applied_at=day
        ),
        "amended_terms_stand_in_order": lambda: make_term(draft, K.AMOUNT, position=1, minor_before=1, minor_after=2),
        "a_term_of_the_grant_is_amended_once": lambda: make_term(draft),
        "a_day_of_a_report_is_amended_once": lambda: [make_term(draft, K.REPORT_DUE, **days(report)) for _n in "ab"],
        "a_payment_is_amended_once": lambda: [make_term(draft, K.PAYMENT, **paid(tranche)) for _n in "ab"],
        "a_budget_line_is_amended_once": lambda: [make_term(draft, K.BUDGET_LINE, **moved(budget)) for _n in "ab"],
        "amended_term_kind_is_known": lambda: set_to(term, kind="nothing"),
        "a_term_names_a_report_exactly_when_it_is_of_one": lambda: set_to(term, report=report),
        "a_term_names_a_payment_exactly_when_it_is_of_one": lambda: set_to(term, tranche=tranche),
        "a_term_names_a_budget_line_exactly_when_it_is_of_one": lambda: set_to(term, budget_line=budget),
        "a_term_has_the_days_of_its_kind": lambda: set_to(term, day_before=None),
        "a_term_has_the_amounts_of_its_kind": lambda: set_to(term, minor_after=1),
        "an_amended_term_changes": lambda: set_to(term, day_after=term.day_before),
        "a_person_approves_an_amendment_once": lambda: make_amendment_approval(sent, by=approval.by),
        "a_settlement_kind_is_known": lambda: make_settlement(award, "eaten"),
        "a_settlement_is_more_than_nothing": lambda: make_settlement(award, amount_minor=0),
        "unspent_money_is_kept_exactly_by_an_amendment": lambda: make_settlement(award, Settlement.KEPT),
        "unspent_money_is_waived_with_a_reason": lambda: make_settlement(award, reason=""),
    }
    unique = {rule.name for model in MODELS for rule in model._meta.constraints if hasattr(rule, "fields")}
    for name, act in rows.items():
        other = ALSO_BROKEN.get(name, "UNIQUE" if name in unique else name)
        with pytest.raises(IntegrityError, match=f"{name}|{other}"), transaction.atomic():
            act()
    assert {rule.name for model in MODELS for rule in model._meta.constraints} == set(rows)
    for row in (approval, settled):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            row.delete()


# PostgreSQL names the first rule by the alphabet where a row breaks two; SQLite names no unique rule.
ALSO_BROKEN = {"amended_term_kind_is_known": "a_term_has_the_days_of_its_kind"}
MODELS = (Amendment, AmendedTerm, AmendmentApproval, UnspentSettlement)


def days(report):
    return {"report": report, "day_before": report.due_on, "day_after": report.due_on + timedelta(days=1)}


def paid(tranche):
    day = tranche.planned_on
    facts = {"day_before": day, "day_after": day, "minor_before": tranche.amount_minor, "minor_after": 1}
    return {"tranche": tranche} | facts


def moved(line):
    return {"budget_line": line, "minor_before": line.amount_minor, "minor_after": line.amount_minor + 1}


def test_the_books_tell_of_changes_that_stand_no_more_and_of_too_much_returned():
    award = make_award(state=AwardState.ACTIVE)
    amendment = make_amendment(award, state=A.APPLIED)
    assert len(list(proofs.changes_in_force_still_stand())) == 1
    set_to(award, ends_on=amendment.terms.get().day_after)
    assert list(proofs.changes_in_force_still_stand()) == []
    make_tranche(award, state=TrancheState.RECONCILED, amount_minor=100_000)
    make_settlement(award, Settlement.RETURNED)
    assert list(proofs.no_more_is_returned_than_was_paid()) == []
    assert list(proofs.awards_account_for_their_money()) == []
    make_settlement(award, Settlement.RETURNED, amount_minor=1)
    assert len(list(proofs.no_more_is_returned_than_was_paid())) == 1


@pytest.mark.parametrize("state", OPEN_AMENDMENT)
def test_a_change_ends_with_its_award(desk, state):
    award = desk.award(state=AwardState.ACTIVE)
    amendment = make_amendment(award, state=state)
    services.terminate_award(award.pk, reason="It stopped.", by=desk.manager)
    assert Amendment.objects.get(pk=amendment.pk).state == A.WITHDRAWN
    assert not Agreement.objects.filter(state=AgreementState.GRANTEE_REVIEW).exists()


def test_an_award_is_not_closed_over_a_change(desk):
    award = desk.award(state=AwardState.CLOSING)
    make_tranche(award, state=TrancheState.RECONCILED)
    make_report_due(award, kind="final", state=ReportState.ACCEPTED)
    amendment = make_amendment(award, state=A.SUBMITTED)
    assert refused(services.close_award, award.pk, by=desk.manager) == (409, "")
    services.withdraw_amendment(amendment.pk, side="grantee", by=desk.writer)
    assert services.close_award(award.pk, by=desk.manager).state == AwardState.CLOSED
