from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.gifts.models.gift import Gift
from donations.gifts.states import MovementKind
from fundportal.funds.models import StripeAccount
from fundportal.ledger.models import Journal
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property


class MoneyMovement(models.Model):
    """One balance transaction at Stripe: how much moved, in the account's currency. The fact the books key on.

    Amounts are signed as Stripe signs them: a payment comes in, a refund goes out.
    """

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="movements")
    account = models.ForeignKey(StripeAccount, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=MovementKind)
    txn = models.CharField(_("balance transaction"), max_length=80, unique=True)
    object_id = models.CharField(_("charge or refund"), max_length=80)
    gross_minor = MinorUnitsField(_("gross"))
    fee_minor = MinorUnitsField(_("fee"))
    net_minor = MinorUnitsField(_("net"))
    currency = CurrencyField(_("currency"))
    occurred_at = models.DateTimeField(_("when"))
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, null=True, related_name="gift_movement")

    gross = money_property("gross_minor", "currency")
    fee = money_property("fee_minor", "currency")
    net = money_property("net_minor", "currency")

    class Meta:
        ordering = ("occurred_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(net_minor=F("gross_minor") - F("fee_minor")), name="a_movement_nets_to_gross_less_fee"
            ),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.REFUND, gross_minor__lt=0)
                | (~Q(kind=MovementKind.REFUND) & Q(gross_minor__gt=0)),
                name="only_a_refund_takes_money_out",
            ),
        )

    def __str__(self) -> str:
        return self.txn
