"""When an award and what hangs on it may move. Figures of the books are read again by the services, under lock."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.ledger.queries import balance
from fundportal.lifecycle import guard
from fundportal.organisations.models import Conflict, Membership
from grants.awards.states import (
    FEWEST_APPROVERS,
    OPEN_AMENDMENT,
    REPORT_DONE,
    RUNNING,
    SETTLED,
    TWO_APPROVERS,
    AgreementState,
    AwardState,
    ReportKind,
    Side,
    TermKind,
)

if TYPE_CHECKING:
    from grants.awards.models import Agreement, Amendment, Award, ReportDue, Tranche


@guard(_("Both sides have to sign the agreement first."))
def agreement_is_executed(award: "Award") -> bool:
    return award.agreements.filter(state=AgreementState.EXECUTED).exists()


@guard(_("The grantee still has time to answer."))
def the_time_to_answer_is_over(award: "Award") -> bool:
    return clock.today(award.fund.time_zone) > award.respond_by


@guard(_("Say why."))
def the_end_has_a_reason(award: "Award") -> bool:
    return bool(award.end_reason.strip())


@guard(_("Say why."))
def the_suspension_has_a_reason(award: "Award") -> bool:
    return bool(award.suspend_reason.strip())


@guard(_("A payment is on its way at the bank. Wait for the statement."))
def nothing_is_on_its_way(award: "Award") -> bool:
    return not award.tranches.filter(state="instructed").exists()


@guard(_("A payment is still to come. Pay it or cancel it first."))
def every_tranche_is_settled(award: "Award") -> bool:
    return not award.tranches.exclude(state__in=SETTLED).exists()


@guard(_("A part of the award is promised and not paid. Lower the award to what was paid."))
def nothing_is_left_to_pay(award: "Award") -> bool:
    return balance(award.fund, award.payable_account, award.currency).is_zero


@guard(_("Accept the final report first."))
def final_report_is_accepted(award: "Award") -> bool:
    reports = award.reports_due.exclude(state__in=REPORT_DONE)
    return not reports.exists() and award.reports_due.filter(kind=ReportKind.FINAL).exists()


@guard(_("Money that was not spent is still to be returned. Wait for it, agree on it in a change, or ask it no more."))
def unspent_money_is_settled(award: "Award") -> bool:
    return award.unspent.to_return.is_zero


@guard(_("A change of this grant is on its way. Decide it first."))
def no_change_is_on_its_way(award: "Award") -> bool:
    return not award.amendments.filter(state__in=OPEN_AMENDMENT).exists()


@guard(_("The text is empty."))
def it_has_a_text(agreement: "Agreement") -> bool:
    return bool(agreement.text.strip())


@guard(_("Say what should change."))
def a_change_is_asked_for(agreement: "Agreement") -> bool:
    return bool(agreement.change_asked.strip())


@guard(_("Both sides have to approve this very text."))
def both_sides_approve_this_text(agreement: "Agreement") -> bool:
    sides = set(agreement.approvals.filter(sha256=agreement.sha256).values_list("side", flat=True))
    return sides == set(Side)


@guard(_("Both sides have to sign."))
def both_sides_have_signed(agreement: "Agreement") -> bool:
    sides = set(agreement.signatures.filter(sha256=agreement.sha256).values_list("side", flat=True))
    return sides == set(Side)


@guard(_("The award is not under way."))
def the_award_of_it_runs(amendment: "Amendment") -> bool:
    return amendment.award.state in RUNNING


@guard(_("Say why."))
def it_says_why(amendment: "Amendment") -> bool:
    return bool(amendment.reason.strip())


@guard(_("Nothing changes yet."))
def it_changes_something(amendment: "Amendment") -> bool:
    return amendment.terms.exists()


@guard(_("Say why."))
def the_refusal_says_why(amendment: "Amendment") -> bool:
    return bool(amendment.answer.strip())


@guard(_("More people have to approve it, none of them with a conflict of interest."))
def enough_people_approve_the_change(amendment: "Amendment") -> bool:
    if amendment.is_small:
        return True
    approvers = set(amendment.approvals.values_list("by", flat=True)) - {amendment.proposed_by_id}
    free = approvers - _tied_to(amendment.award, approvers)
    return len(free) >= approvers_of_change(amendment)


@guard(_("Both sides have to sign."))
def both_sides_have_signed_the_change(amendment: "Amendment") -> bool:
    if amendment.is_small:
        return True
    return amendment.agreement is not None and amendment.agreement.state == AgreementState.EXECUTED


@guard(_("The award is not under way."))
def its_award_is_active(tranche: "Tranche") -> bool:
    return bool(tranche.award.state == AwardState.ACTIVE)


@guard(_("Its day has not come yet."))
def its_day_has_come(tranche: "Tranche") -> bool:
    return clock.today(tranche.award.fund.time_zone) >= tranche.planned_on


@guard(_("A condition of this payment is open."))
def its_conditions_are_fulfilled(tranche: "Tranche") -> bool:
    today = clock.today(tranche.award.fund.time_zone)
    return all(condition.is_fulfilled_on(today) for condition in tranche.conditions.all())


@guard(_("More people have to approve it, none of them with a conflict of interest."))
def enough_people_approve(tranche: "Tranche") -> bool:
    """Conflicts are read again here: one declared after the approval takes the approval away."""
    approvers = set(tranche.approvals.filter(round=tranche.round).values_list("by", flat=True))
    return len(approvers - _tied_to(tranche.award, approvers)) >= approvers_needed(tranche)


@guard(_("Say why."))
def the_hold_has_a_reason(tranche: "Tranche") -> bool:
    return bool(tranche.hold_reason.strip())


@guard(_("The award is not under way."))
def its_award_runs(report: "ReportDue") -> bool:
    return report.award.state in RUNNING


@guard(_("It is too early to write this report."))
def it_is_time_to_write(report: "ReportDue") -> bool:
    return clock.today(report.award.fund.time_zone) >= report.opens_on


@guard(_("Say why."))
def the_waiver_has_a_reason(report: "ReportDue") -> bool:
    return bool(report.waive_reason.strip())


def approvers_needed(tranche: "Tranche") -> int:
    """Two above the fund's threshold."""
    is_large = tranche.amount_minor > tranche.award.fund.two_approvers_above_minor
    return TWO_APPROVERS if is_large else FEWEST_APPROVERS


def approvers_of_change(amendment: "Amendment") -> int:
    """Two where the award rises by more than the fund's threshold; whoever proposed it never counts."""
    raised = sum(term.difference_minor for term in amendment.terms.all() if term.kind == TermKind.AMOUNT)
    is_large = raised > amendment.award.fund.two_approvers_above_minor
    return TWO_APPROVERS if is_large else FEWEST_APPROVERS


def _tied_to(award: "Award", people: set[int]) -> set[int]:
    """Those of them who declared a conflict with the grantee, or work for it."""
    declared = Conflict.objects.in_force().filter(person__in=people, organisation=award.organisation_id)
    joined = Membership.objects.in_force().filter(user__in=people, organisation=award.organisation_id)
    return set(declared.values_list("person", flat=True)) | set(joined.values_list("user", flat=True))
