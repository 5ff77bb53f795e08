from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankState(models.TextChoices):
    PROPOSED = "proposed", _("To be checked")
    VERIFIED = "verified", _("Checked, not in use yet")
    ACTIVE = "active", _("In use")
    SUPERSEDED = "superseded", _("Replaced by newer ones")
    REFUSED = "refused", _("Refused")


PENDING: Final = (BankState.PROPOSED, BankState.VERIFIED)
CHECKED: Final = (BankState.VERIFIED, BankState.ACTIVE)
WAITING_TIME: Final = timedelta(hours=72)  # a change waits so long, and those who signed before are told of it


class RunState(models.TextChoices):
    DRAFTED = "drafted", _("Being put together")
    APPROVED = "approved", _("Approved, not at the bank yet")
    EXPORTED = "exported", _("At the bank")
    SETTLED = "settled", _("Every payment is on the statement")
    CANCELLED = "cancelled", _("Cancelled")


BEFORE_EXPORT: Final = (RunState.DRAFTED, RunState.APPROVED)
AT_THE_BANK: Final = (RunState.EXPORTED, RunState.SETTLED)
RUN_APPROVERS: Final = 2


class Ending(models.TextChoices):
    """Why an instruction no longer counts; its tranche may be paid by another one."""

    CANCELLED = "cancelled", _("Its run was cancelled")
    FAILED = "failed", _("Refused by the bank before the money left")
    RETURNED = "returned", _("Sent back by the bank")


class LineKind(models.TextChoices):
    """What a line of the bank statement is."""

    PAYMENT = "payment", _("A payment of ours")
    RETURN = "return", _("A payment of ours that came back")
    CHARGE = "charge", _("A charge of the bank")
    INTEREST = "interest", _("Interest from the bank")
    UNSPENT = "unspent", _("Grant money that was not spent")


OF_A_PAYMENT: Final = (LineKind.PAYMENT, LineKind.RETURN)
OF_A_PURPOSE: Final = (LineKind.CHARGE, LineKind.INTEREST)
