"""The terms of a grant as they stand, and as a change will leave them: one shape for texts and checks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from fundportal.money import Money
from grants.awards.models import AmendedTerm, Award, ReportDue, Tranche
from grants.awards.states import UNPAID, ReportKind, TermKind, TrancheState


@dataclass(frozen=True)
class PaymentPlan:
    """`row` is the id of a payment that stands already; `waits` the words of its conditions."""

    number: int
    amount: Money
    planned_on: date
    waits: tuple[str, ...] = ()
    row: int | None = None
    is_open: bool = True


@dataclass(frozen=True)
class ReportPlan:
    row: int
    number: int
    kind: object
    period_starts_on: date
    period_ends_on: date
    due_on: date


@dataclass(frozen=True)
class BudgetPlan:
    row: int
    heading: str
    amount: Money


@dataclass(frozen=True)
class Plan:
    """Payments that were given up are left out; `last_number` counts them too."""

    amount: Money
    starts_on: date
    ends_on: date
    payments: tuple[PaymentPlan, ...]
    reports: tuple[ReportPlan, ...]
    budget: tuple[BudgetPlan, ...]
    last_number: int

    @property
    def paid_out(self) -> Money:
        """What its payments come to, made or still to come."""
        return sum((one.amount for one in self.payments), Money.zero(self.amount.currency))

    @property
    def budgeted(self) -> Money:
        return sum((one.amount for one in self.budget), Money.zero(self.amount.currency))


def plan_of(award: Award) -> Plan:
    tranches = list(award.tranches.order_by("number").prefetch_related("conditions"))
    return Plan(
        amount=award.amount,
        starts_on=award.starts_on,
        ends_on=award.ends_on,
        payments=tuple(_payment_plan(one) for one in tranches if one.state != TrancheState.CANCELLED),
        reports=tuple(_report_plan(one) for one in award.reports_due.order_by("number")),
        budget=tuple(BudgetPlan(one.pk, one.heading, one.amount) for one in award.budget_lines.order_by("position")),
        last_number=max((one.number for one in tranches), default=0),
    )


def amended(plan: Plan, terms: Iterable[AmendedTerm]) -> Plan:
    """As applying the terms will leave it, numbers of payments included."""
    for term in terms:
        plan = AMENDS[TermKind(term.kind)](plan, term)
    return plan


def _payment_plan(tranche: Tranche) -> PaymentPlan:
    waits = tuple(one.text for one in tranche.conditions.all())
    is_open = tranche.state in UNPAID
    return PaymentPlan(tranche.number, tranche.amount, tranche.planned_on, waits, tranche.pk, is_open)


def _report_plan(report: ReportDue) -> ReportPlan:
    days = (report.period_starts_on, report.period_ends_on, report.due_on)
    return ReportPlan(report.pk, report.number, ReportKind(report.kind).label, *days)


def _new_payment(plan: Plan, term: AmendedTerm, waits: tuple[str, ...] = ()) -> Plan:
    number = plan.last_number + 1
    made = PaymentPlan(number, _money(plan, term), term.day_after, waits)
    return replace(plan, payments=(*plan.payments, made), last_number=number)


def _other_payment(plan: Plan, term: AmendedTerm) -> Plan:
    former = next((one for one in plan.payments if one.row == term.tranche_id), None)
    rest = replace(plan, payments=tuple(one for one in plan.payments if one is not former))
    return _new_payment(rest, term, former.waits if former else ()) if term.minor_after else rest


def _report_days(plan: Plan, term: AmendedTerm) -> Plan:
    name = "due_on" if term.kind == TermKind.REPORT_DUE else "period_ends_on"
    changed = {name: term.day_after}
    reports = tuple(replace(one, **changed) if one.row == term.report_id else one for one in plan.reports)
    return replace(plan, reports=reports)


def _budget(plan: Plan, term: AmendedTerm) -> Plan:
    amount = _money(plan, term)
    lines = tuple(replace(one, amount=amount) if one.row == term.budget_line_id else one for one in plan.budget)
    return replace(plan, budget=lines)


def _money(plan: Plan, term: AmendedTerm) -> Money:
    return Money(term.minor_after or 0, plan.amount.currency)


AMENDS: dict[TermKind, Callable[[Plan, AmendedTerm], Plan]] = {
    TermKind.ENDS_ON: lambda plan, term: replace(plan, ends_on=term.day_after),
    TermKind.AMOUNT: lambda plan, term: replace(plan, amount=_money(plan, term)),
    TermKind.REPORT_PERIOD: _report_days,
    TermKind.REPORT_DUE: _report_days,
    TermKind.PAYMENT: _other_payment,
    TermKind.NEW_PAYMENT: _new_payment,
    TermKind.BUDGET_LINE: _budget,
    TermKind.KEPT: lambda plan, _term: plan,
}
