from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AccountKind(models.TextChoices):
    ASSET = "asset", _("What the fund has")
    LIABILITY = "liability", _("What the fund owes")
    FUND = "fund", _("What the money is for")


class Side(models.TextChoices):
    """On which side an account grows: debits are positive in the books, credits negative."""

    DEBIT = "debit", _("Debit")
    CREDIT = "credit", _("Credit")


class JournalKind(models.TextChoices):
    """What happened. The rooms that book other facts add their words here."""

    GIFT = "gift", _("Gift received")
    REFUND = "refund", _("Gift paid back")
    REFUND_FAILED = "refund_failed", _("Refund that did not arrive")
    DISPUTE_OPENED = "dispute_opened", _("Gift disputed at the bank")
    DISPUTE_WON = "dispute_won", _("Dispute won")
    DISPUTE_LOST = "dispute_lost", _("Dispute lost")
    STRIPE_FEES = "stripe_fees", _("Fees and adjustments by Stripe")
    UNIDENTIFIED = "unidentified", _("Movement not yet understood")
    PAYOUT = "payout", _("Payout on its way to the bank")
    PAYOUT_FAILED = "payout_failed", _("Payout that came back")
    BANK_LINE = "bank_line", _("Line of the bank statement")
    TRANSFER = "transfer", _("Transfer between purposes")
    AWARD = "award", _("Award promised")
    AWARD_CHANGE = "award_change", _("Award raised or lowered")
    INSTRUCTION = "instruction", _("Payment instructed at the bank")
    OPENING = "opening", _("Opening balance")
    REVERSAL = "reversal", _("Reversal of an earlier journal")


# What people of the fund decide; refused where it would overdraw. Any other kind is a fact from outside, always booked.
INTERNAL_ACTS: Final = frozenset(
    {JournalKind.AWARD, JournalKind.AWARD_CHANGE, JournalKind.TRANSFER, JournalKind.INSTRUCTION}
)
