"""What the bank says happened on an account of the fund, line by line, and what each line turned out to be."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.payments.states import OF_A_PAYMENT, OF_A_PURPOSE, LineKind


class Statement(models.Model):
    """One file of lines as it was read in. Lines that had come with an earlier file are not read twice."""

    bank_account = models.ForeignKey("funds.BankAccount", on_delete=models.PROTECT, related_name="statements")
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("-imported_at", "-pk")

    def __str__(self) -> str:
        return self.name


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "payments.view")
        return self if funds == ALL else self.filter(bank_account__fund__in=funds)

    def unmatched(self) -> Self:
        return self.filter(match__isnull=True)


class BankLine(models.Model):
    """Money in when positive, out when negative. `bank_id` is the bank's own name for it: a line counts once."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    bank_account = models.ForeignKey("funds.BankAccount", on_delete=models.PROTECT, related_name="bank_lines")
    bank_id = models.CharField(_("the bank’s number"), max_length=80)
    booked_on = models.DateField(_("booked on"))
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    reference = models.CharField(_("reference"), max_length=300, blank=True)
    counterparty = models.CharField(_("from or to"), max_length=200, blank=True)

    amount = money_property("amount_minor", "currency")

    objects = BankLineQuerySet.as_manager()

    class Meta:
        ordering = ("-booked_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["bank_account", "bank_id"], name="a_bank_line_counts_once"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="a_bank_line_moves_money"),
            models.CheckConstraint(condition=~Q(bank_id=""), name="a_bank_line_has_the_number_of_the_bank"),
        )

    def __str__(self) -> str:
        return f"{self.bank_id} {self.amount}"


class LineMatch(models.Model):
    """What a line is. Until there is one, its money stands in the books as not yet identified."""

    line = models.OneToOneField(BankLine, on_delete=models.PROTECT, related_name="match")
    kind = models.CharField(_("what it is"), max_length=20, choices=LineKind)
    instruction = models.ForeignKey("payments.Instruction", on_delete=models.PROTECT, null=True, related_name="matches")
    purpose = models.ForeignKey("funds.Purpose", on_delete=models.PROTECT, null=True, related_name="+")
    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, null=True, related_name="lines_returned")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["instruction", "kind"], name="a_payment_leaves_once_and_comes_back_once"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_PAYMENT, instruction__isnull=False, purpose=None, award=None)
                | Q(kind__in=OF_A_PURPOSE, instruction=None, purpose__isnull=False, award=None)
                | Q(kind=LineKind.UNSPENT, instruction=None, purpose=None, award__isnull=False),
                name="a_match_names_its_payment_its_purpose_or_its_award",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line}: {self.get_kind_display()}"
