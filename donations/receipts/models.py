from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.receipts import codes
from donations.receipts.lifecycle import ReceiptLifecycle
from donations.receipts.states import ReceiptState
from fundportal.access import ALL, funds_where
from fundportal.money import Money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property


class ReceiptCounter(models.Model):
    """The last number taken in a fund and year; its row is locked until the receipt that took it is committed."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    last_number = models.PositiveIntegerField(_("last number taken"), default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["fund", "year"], name="a_fund_counts_receipts_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.fund} {self.year}: {self.last_number}"


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "receipts.view")
        return self if funds is ALL else self.filter(fund__in=funds)

    def in_force(self) -> Self:
        return self.filter(state=ReceiptState.ISSUED)


class Receipt(ReceiptLifecycle):
    """Proof of one received gift. Everything printed on it stands in `snapshot`, as it was on the day of issue."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="receipts")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number in its year"))
    gift = models.ForeignKey("gifts.Gift", on_delete=models.PROTECT, related_name="receipts")
    predecessor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor", verbose_name=_("stands for")
    )
    code = models.CharField(_("code to check it"), max_length=codes.LENGTH, unique=True)
    token = models.CharField(_("secret part of its address"), max_length=43, unique=True)
    language = models.CharField(_("language"), max_length=10)
    snapshot = models.JSONField(_("what is printed"))
    total_minor = MinorUnitsField(_("received and kept"))
    currency = CurrencyField(_("currency"))

    # What this receipt says was received and kept, the covered card cost included.
    total = money_property("total_minor", "currency")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["fund", "year", "number"], name="a_receipt_number_is_taken_once"),
            models.UniqueConstraint(
                fields=["gift"], condition=Q(state=ReceiptState.ISSUED), name="a_gift_has_one_receipt_in_force"
            ),
            models.CheckConstraint(condition=Q(total_minor__gt=0), name="a_receipt_is_for_more_than_nothing"),
            models.CheckConstraint(condition=Q(number__gte=1), name="receipt_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(state__in=ReceiptState.values), name="receipt_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ReceiptState.ISSUED, left_force_at__isnull=True)
                | (~Q(state=ReceiptState.ISSUED) & Q(left_force_at__isnull=False)),
                name="a_receipt_out_of_force_has_its_date",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.year}-{self.number:06d}"

    @property
    def written_code(self) -> str:
        return codes.written(self.code)

    @property
    def is_in_force(self) -> bool:
        return self.state == ReceiptState.ISSUED

    @property
    def kept_now(self) -> Money:
        """What of the gift stays with the fund today."""
        return self.gift.kept
