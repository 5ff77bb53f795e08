"""A change that is agreed is carried out: in one transaction, with new payments in the place of those it changes."""

from collections.abc import Sequence
from typing import Any

from fundportal.access import SYSTEM, Actor
from fundportal.audit.services import record
from fundportal.money import Money
from grants.awards.models import AmendedTerm, Amendment, Award, Condition, ReportDue, Tranche
from grants.awards.services.changing import alter_amount, plan_tranche
from grants.awards.services.locking import make_amendment, make_tranche
from grants.awards.services.terms import TrancheTerms
from grants.awards.services.terms_changed import refuse_misfit, terms_of
from grants.awards.services.unspent import let_keep
from grants.awards.states import TermKind

LONGEST_REASON = 500
OF_A_CONDITION = (
    *("kind", "text", "report_due", "due_on"),
    *("met_at", "met_by", "met_note", "waived_at", "waived_by", "waive_reason"),
)


def carry_out(amendment: Amendment, *, by: Actor) -> Amendment:
    """Under the lock of its award, which it holds. What does not fit any more is refused (409, 422), whole."""
    terms = terms_of(amendment)
    refuse_misfit(amendment, terms)
    make_amendment("execute", amendment, by=by)
    make_amendment("apply", amendment, by=by, facts={"terms": [_told(term) for term in terms]})
    award, reason = amendment.award, amendment.reason[:LONGEST_REASON]
    raised = sum(term.difference_minor for term in terms if term.kind == TermKind.AMOUNT)
    if raised > 0:
        alter_amount(award, Money(raised, award.currency), reason=reason, by=SYSTEM)
    _move_end(award, terms)
    _move_reports(award, terms)
    _move_payments(award, terms, reason)
    _move_budget(award, terms)
    if raised < 0:
        alter_amount(award, Money(raised, award.currency), reason=reason, by=SYSTEM)
    _let_keep(amendment, terms)
    return amendment


def _move_end(award: Award, terms: Sequence[AmendedTerm]) -> None:
    for term in terms:
        if term.kind == TermKind.ENDS_ON and term.day_after is not None:
            award.ends_on = term.day_after
            award.version += 1
            award.save()
            facts, state = {"ends_on": award.ends_on.isoformat()}, award.state
            record("awards.move_end", award, by=SYSTEM, fund=award.fund, before=state, after=state, facts=facts)


def _move_reports(award: Award, terms: Sequence[AmendedTerm]) -> None:
    """Both days of one report at once: between them the database might refuse it."""
    moved: dict[int, ReportDue] = {}
    for term in terms:
        if term.report is not None:
            report = moved.setdefault(term.report.pk, term.report)
            setattr(report, "due_on" if term.kind == TermKind.REPORT_DUE else "period_ends_on", term.day_after)
    for report in moved.values():
        report.version += 1
        report.save()
        facts = {"due_on": report.due_on.isoformat(), "period_ends_on": report.period_ends_on.isoformat()}
        state = report.state
        record("reports_due.move_days", report, by=SYSTEM, fund=award.fund, before=state, after=state, facts=facts)


def _move_payments(award: Award, terms: Sequence[AmendedTerm], reason: str) -> None:
    """What changes is given up and planned anew with what it waited for, so that no approval outlives its amount.

    A payment on hold stays on hold: what is held back is not let go by another day.
    """
    touched = [term for term in terms if term.kind in (TermKind.PAYMENT, TermKind.NEW_PAYMENT)]
    holds: dict[int, str] = {}
    for term in touched:
        if term.tranche is not None:
            term.tranche.award = award
            holds[term.tranche.pk] = term.tranche.hold_reason
            make_tranche("cancel", term.tranche, by=SYSTEM, facts={"reason": reason})
    for term in touched:
        if term.minor_after and term.day_after:
            wanted = TrancheTerms(Money(term.minor_after, award.currency), term.day_after)
            made = plan_tranche(award, wanted, [], by=SYSTEM)
            if term.tranche is not None:
                _carry_over(term.tranche, made, holds[term.tranche.pk])


def _carry_over(former: Tranche, made: Tranche, hold_reason: str) -> None:
    for one in former.conditions.order_by("pk"):
        Condition.objects.create(tranche=made, **{name: getattr(one, name) for name in OF_A_CONDITION})
    if hold_reason:
        made.hold_reason = hold_reason
        make_tranche("hold", made, by=SYSTEM, facts={"reason": hold_reason})


def _move_budget(award: Award, terms: Sequence[AmendedTerm]) -> None:
    lines = [term for term in terms if term.kind == TermKind.BUDGET_LINE]
    for term in lines:
        line = term.budget_line
        if line is not None:
            line.amount_minor = term.minor_after or 0
            line.save()
    if lines:
        facts = {"lines": [_told(term) for term in lines]}
        state = award.state
        record("awards.change_budget", award, by=SYSTEM, fund=award.fund, before=state, after=state, facts=facts)


def _let_keep(amendment: Amendment, terms: Sequence[AmendedTerm]) -> None:
    for term in terms:
        if term.kind == TermKind.KEPT:
            let_keep(amendment, Money(term.difference_minor, amendment.award.currency))


def _told(term: AmendedTerm) -> dict[str, Any]:
    """For the record."""
    subject = term.report or term.tranche or term.budget_line
    days = [day.isoformat() if day else None for day in (term.day_before, term.day_after)]
    minor = [term.minor_before, term.minor_after]
    return {"kind": str(term.kind), "of": str(subject or ""), "days": days, "minor": minor}
