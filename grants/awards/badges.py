"""Which shape and colour stand beside each word."""

from django.utils.translation import gettext as _

from fundportal.templatetags.lists import Badge
from grants.awards.models import Agreement, Amendment, Award, Condition, ReportDue, Tranche
from grants.awards.states import AgreementState, AmendmentState, AwardState, ReportState, TrancheState

AWARDS = {
    AwardState.OFFERED: "wait",
    AwardState.ACCEPTED: "full",
    AwardState.ACTIVE: "ok",
    AwardState.SUSPENDED: "stop",
    AwardState.CLOSING: "full",
    AwardState.RESCINDED: "stop",
    AwardState.TERMINATED: "stop",
}
AGREEMENTS = {
    AgreementState.GRANTEE_REVIEW: "wait",
    AgreementState.AGREED: "wait",
    AgreementState.SIGNING: "wait",
    AgreementState.EXECUTED: "ok",
    AgreementState.VOID: "stop",
}
AMENDMENTS = {
    AmendmentState.SUBMITTED: "wait",
    AmendmentState.APPROVED: "wait",
    AmendmentState.EXECUTED: "full",
    AmendmentState.APPLIED: "ok",
    AmendmentState.REJECTED: "stop",
}
TRANCHES = {
    TrancheState.PLANNED: "mute",
    TrancheState.READY: "wait",
    TrancheState.REQUESTED: "wait",
    TrancheState.APPROVED: "full",
    TrancheState.INSTRUCTED: "full",
    TrancheState.PAID: "ok",
    TrancheState.RECONCILED: "ok",
    TrancheState.ON_HOLD: "stop",
    TrancheState.FAILED: "stop",
    TrancheState.RETURNED: "stop",
    TrancheState.CANCELLED: "mute",
}
REPORTS = {
    ReportState.SCHEDULED: "mute",
    ReportState.OPEN: "wait",
    ReportState.SUBMITTED: "full",
    ReportState.CHANGES_REQUESTED: "wait",
    ReportState.ACCEPTED: "ok",
    ReportState.WAIVED: "mute",
}


def award_badge(award: Award) -> Badge:
    return Badge(award.get_state_display(), AWARDS.get(AwardState(award.state), "mute"))


def agreement_badge(agreement: Agreement) -> Badge:
    return Badge(agreement.get_state_display(), AGREEMENTS.get(AgreementState(agreement.state), "mute"))


def amendment_badge(amendment: Amendment) -> Badge:
    return Badge(amendment.get_state_display(), AMENDMENTS.get(AmendmentState(amendment.state), "mute"))


def tranche_badge(tranche: Tranche) -> Badge:
    return Badge(tranche.get_state_display(), TRANCHES[TrancheState(tranche.state)])


def report_badge(report: ReportDue) -> Badge:
    return Badge(report.get_state_display(), REPORTS[ReportState(report.state)])


def condition_badge(condition: Condition, *, is_fulfilled: bool) -> Badge:
    if condition.waived_at:
        return Badge(_("Waived"), "full")
    return Badge(_("Met"), "ok") if is_fulfilled else Badge(_("Open"), "wait")
