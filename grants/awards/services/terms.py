"""What an award says when it is offered: when, in which payments, against which reports, to reach what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.awards.models import Award, BudgetLine, Condition, Indicator, ReportDue, Tranche
from grants.awards.states import ConditionKind, ReportKind
from grants.questionnaires.models import FormVersion


@dataclass(frozen=True)
class ConditionTerms:
    """`report` is the number of the report waited for, from 1; `due_on` the day, for a condition of that kind."""

    kind: str
    text: str
    report: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class TrancheTerms:
    amount: Money
    planned_on: date
    conditions: tuple[ConditionTerms, ...] = ()


@dataclass(frozen=True)
class ReportTerms:
    kind: str
    period_starts_on: date
    period_ends_on: date
    due_on: date
    form_version_id: int


@dataclass(frozen=True)
class IndicatorTerms:
    name: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True)
class BudgetTerms:
    heading: str
    amount: Money


@dataclass(frozen=True)
class AwardTerms:
    """Tranches, reports, indicators and budget lines are numbered in the order in which they stand here."""

    starts_on: date
    ends_on: date
    respond_by: date
    tranches: tuple[TrancheTerms, ...]
    reports: tuple[ReportTerms, ...]
    indicators: tuple[IndicatorTerms, ...] = ()
    budget: tuple[BudgetTerms, ...] = ()


def check_terms(terms: AwardTerms, whole: Money, award: Award) -> None:
    """Raises Refusal (422) at the first thing that does not fit, with the name of the field it stands in."""
    if terms.ends_on <= terms.starts_on:
        raise _wrong(_("The award ends after it starts. Choose a later last day."), "ends_on")
    if terms.respond_by < clock.today(award.fund.time_zone):
        raise _wrong(_("Give the grantee time to answer: choose a day that has not passed."), "respond_by")
    check_payments(terms.tranches, whole, reports=len(terms.reports))
    _check_reports(terms.reports, award)
    if any(not one.name.strip() for one in terms.indicators):
        raise _wrong(_("Say what is counted."), "indicators")
    if any(not one.heading.strip() or not _fits(one.amount, whole) for one in terms.budget):
        raise _wrong(_("Each line of the budget says for what and how much, in the currency of the award."), "budget")


def check_payments(tranches: Iterable[TrancheTerms], whole: Money, *, reports: int) -> None:
    planned = list(tranches)
    if not planned:
        raise _wrong(_("Plan at least one payment."), "tranches")
    if any(not _fits(one.amount, whole) or one.amount.is_zero for one in planned):
        raise _wrong(_("Each payment is more than nothing, in the currency of the award."), "tranches")
    total = sum((one.amount for one in planned), Money.zero(whole.currency))
    if total > whole:
        words = {"total": format_money(total), "whole": format_money(whole)}
        raise _wrong(_("The payments come to %(total)s, and the award is %(whole)s.") % words, "tranches")
    for condition in (condition for one in planned for condition in one.conditions):
        _check_condition(condition, reports)


def write_terms(award: Award, terms: AwardTerms) -> None:
    """The rows that hang on the award; it has none of them yet."""
    reports = [
        ReportDue.objects.create(award=award, number=number, **vars(one))
        for number, one in enumerate(terms.reports, start=1)
    ]
    for number, tranche in enumerate(terms.tranches, start=1):
        write_tranche(award, number, tranche, reports)
    for position, indicator in enumerate(terms.indicators, start=1):
        Indicator.objects.create(award=award, position=position, **vars(indicator))
    for position, line in enumerate(terms.budget, start=1):
        made = {"heading": line.heading.strip(), "amount_minor": line.amount.minor, "currency": award.currency}
        BudgetLine.objects.create(award=award, position=position, **made)


def write_tranche(award: Award, number: int, terms: TrancheTerms, reports: list[ReportDue]) -> Tranche:
    tranche = Tranche.objects.create(
        award=award,
        number=number,
        amount_minor=terms.amount.minor,
        currency=award.currency,
        planned_on=terms.planned_on,
    )
    for one in terms.conditions:
        waits_for = reports[one.report - 1] if one.report else None
        Condition.objects.create(
            tranche=tranche, kind=one.kind, text=one.text.strip(), report_due=waits_for, due_on=one.due_on
        )
    return tranche


def erase_terms(award: Award) -> None:
    """Before both sides bound themselves: nothing has happened to these rows yet."""
    Condition.objects.filter(tranche__award=award).delete()
    for rows in (award.tranches, award.reports_due, award.indicators, award.budget_lines):
        rows.all().delete()


def _check_reports(reports: tuple[ReportTerms, ...], award: Award) -> None:
    if [one.kind for one in reports].count(ReportKind.FINAL) != 1 or reports[-1].kind != ReportKind.FINAL:
        raise _wrong(_("Ask for one final report, and let it be the last."), "reports")
    if any(one.period_ends_on <= one.period_starts_on or one.due_on < one.period_ends_on for one in reports):
        raise _wrong(_("A report is due once its period is over, and a period ends after it starts."), "reports")
    forms = {one.form_version_id for one in reports}
    if FormVersion.objects.filter(pk__in=forms, questionnaire__fund=award.fund).count() != len(forms):
        raise _wrong(_("Choose a published form of this fund for each report."), "reports")


def _check_condition(condition: ConditionTerms, reports: int) -> None:
    if not condition.text.strip():
        raise _wrong(_("Say what has to be there before the payment."), "tranches")
    waits_for_report = condition.kind == ConditionKind.REPORT_ACCEPTED
    if waits_for_report != (condition.report is not None and 1 <= condition.report <= reports):
        raise _wrong(_("Name the report that the payment waits for."), "tranches")
    if condition.kind == ConditionKind.DATE and condition.due_on is None:
        raise _wrong(_("Name the day that the payment waits for."), "tranches")


def _fits(amount: Money, whole: Money) -> bool:
    return amount.currency == whole.currency and not amount.is_negative


def _wrong(sentence: str, field: str) -> Refusal:
    return Refusal(sentence, status=422, field=field)
