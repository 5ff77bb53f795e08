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
