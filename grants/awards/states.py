"""Every word an award, its agreement, its payments and its reports stand at."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    ACTIVE = "active", _("Under way")
    SUSPENDED = "suspended", _("Suspended")
    CLOSING = "closing", _("Being closed")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined_by_grantee", _("Declined by the grantee")
    LAPSED = "lapsed", _("Not accepted in time")
    RESCINDED = "rescinded", _("Taken back")
    TERMINATED = "terminated", _("Ended early")


BEFORE_IT_RUNS: Final = (AwardState.OFFERED, AwardState.ACCEPTED)
RUNNING: Final = (AwardState.ACTIVE, AwardState.SUSPENDED, AwardState.CLOSING)
ENDED_AT_ONCE: Final = (AwardState.DECLINED, AwardState.LAPSED, AwardState.RESCINDED)
ENDED_EARLY: Final = (*ENDED_AT_ONCE, AwardState.TERMINATED)


class AgreementState(models.TextChoices):
    DRAFTING = "drafting", _("Being written")
    GRANTEE_REVIEW = "grantee_review", _("With the grantee")
    AGREED = "agreed", _("Agreed, not signed yet")
    SIGNING = "signing", _("Signed by one side")
    EXECUTED = "executed", _("Signed by both sides")
    VOID = "void", _("Void")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


OPEN_AGREEMENT: Final = (
    AgreementState.DRAFTING,
    AgreementState.GRANTEE_REVIEW,
    AgreementState.AGREED,
    AgreementState.SIGNING,
)


class AmendmentState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("To be decided")
    APPROVED = "approved", _("Approved, to be signed")
    EXECUTED = "executed", _("Signed by both sides")
    APPLIED = "applied", _("In force")
    REJECTED = "rejected", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_AMENDMENT: Final = (AmendmentState.DRAFT, AmendmentState.SUBMITTED, AmendmentState.APPROVED)


class TermKind(models.TextChoices):
    """What an amendment changes: a day, an amount, or both."""

    ENDS_ON = "ends_on", _("Last day of the grant")
    REPORT_PERIOD = "report_period", _("Last day that a report is about")
    REPORT_DUE = "report_due", _("Day on which a report is due")
    PAYMENT = "payment", _("Payment")
    NEW_PAYMENT = "new_payment", _("One more payment")
    BUDGET_LINE = "budget_line", _("Line of the budget")
    AMOUNT = "amount", _("Amount of the grant")
    KEPT = "kept", _("Unspent money that the grantee keeps")


OF_A_REPORT: Final = (TermKind.REPORT_PERIOD, TermKind.REPORT_DUE)
OF_DAYS: Final = (TermKind.ENDS_ON, *OF_A_REPORT)
OF_AMOUNTS: Final = (TermKind.BUDGET_LINE, TermKind.AMOUNT, TermKind.KEPT)
# Moving up to a tenth of the signed budget between its lines needs nobody's approval.
FREE_MOVE_TENTHS: Final = 10


class Settlement(models.TextChoices):
    """What became of money that was paid and not spent."""

    RETURNED = "returned", _("Returned")
    KEPT = "kept", _("Kept by agreement")
    WAIVED = "waived", _("Not asked back")


class Side(models.TextChoices):
    FUND = "fund", _("Fund")
    GRANTEE = "grantee", _("Grantee")


class IdentityFactor(models.TextChoices):
    """How a person who signs had proved who they are."""

    PASSWORD = "password", _("Password")
    EMAIL_CODE = "email_code", _("Code sent by mail")
    TOTP = "totp", _("Code of an authenticator app")
    PASSKEY = "passkey", _("Passkey")
    DEMO = "demo", _("Chosen from a list in the demo")


class TrancheState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    READY = "ready", _("May be requested")
    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved for payment")
    INSTRUCTED = "instructed", _("At the bank")
    PAID = "paid", _("Paid")
    RECONCILED = "reconciled", _("Paid and checked against the statement")
    ON_HOLD = "on_hold", _("On hold")
    FAILED = "failed", _("Refused by the bank")
    RETURNED = "returned", _("Sent back by the bank")
    CANCELLED = "cancelled", _("Cancelled")


BEFORE_THE_BANK: Final = (TrancheState.PLANNED, TrancheState.READY, TrancheState.REQUESTED, TrancheState.APPROVED)
BACK_FROM_THE_BANK: Final = (TrancheState.FAILED, TrancheState.RETURNED)
AT_THE_BANK: Final = (TrancheState.INSTRUCTED, TrancheState.PAID, TrancheState.RECONCILED)
PAID: Final = (TrancheState.PAID, TrancheState.RECONCILED)
UNPAID: Final = (*BEFORE_THE_BANK, TrancheState.ON_HOLD, *BACK_FROM_THE_BANK)
SETTLED: Final = (TrancheState.RECONCILED, TrancheState.CANCELLED)


class ReportState(models.TextChoices):
    SCHEDULED = "scheduled", _("Planned")
    OPEN = "open", _("To be written")
    SUBMITTED = "submitted", _("Received")
    CHANGES_REQUESTED = "changes_requested", _("Sent back with a question")
    ACCEPTED = "accepted", _("Accepted")
    WAIVED = "waived", _("Not needed any more")


WITH_THE_GRANTEE: Final = (ReportState.OPEN, ReportState.CHANGES_REQUESTED)
REPORT_DONE: Final = (ReportState.ACCEPTED, ReportState.WAIVED)


class ReportKind(models.TextChoices):
    PROGRESS = "progress", _("Progress report")
    FINAL = "final", _("Final report")


class ConditionKind(models.TextChoices):
    """What has to be there before a payment: a report read, a step made, a paper sent, a day come."""

    REPORT_ACCEPTED = "report_accepted", _("A report is accepted")
    MILESTONE = "milestone", _("A milestone is reached")
    DOCUMENT = "document", _("A document is received")
    DATE = "date", _("A day has come")


class ChangeKind(models.TextChoices):
    RAISED = "raised", _("Raised")
    LOWERED = "lowered", _("Lowered")
    ENDED_EARLY = "ended_early", _("Ended early")


FEWEST_APPROVERS: Final = 1
TWO_APPROVERS: Final = 2
DAYS_TO_WRITE: Final = 30  # a report opens so long before it is due, or when its period ends, whichever comes first
