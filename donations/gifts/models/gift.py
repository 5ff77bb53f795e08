"""One gift by one donor, from the form to the books."""

import secrets
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.campaigns.models import Campaign
from donations.donors.models import Donor
from donations.gifts.lifecycle import GiftLifecycle
from donations.gifts.states import BEFORE_MONEY, HOLDING, WITH_MONEY, GiftState, RefundState, Visibility
from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.funds.models import Fund, Purpose
from fundportal.money import Money
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property

# Crockford's base 32 without vowels' look-alikes: read aloud over the telephone, nothing is mistaken for another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH = 8


def new_reference() -> str:
    return "G-" + "".join(secrets.choice(LETTERS) for _letter in range(REFERENCE_LENGTH))


class GiftQuerySet(models.QuerySet["Gift"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "gifts.view")
        return self if funds == ALL else self.filter(fund__in=funds)

    def with_money(self) -> Self:
        return self.filter(state__in=WITH_MONEY)


class Gift(GiftLifecycle):
    """What one donor gives once, in the currency of its campaign.

    `amount_minor` is the gift, `fee_cover_minor` what the donor added for the card fee; both reach Stripe as one charge
    of their sum. The books keep what Stripe's balance says, in the fund's settlement currency.

    `form_key` and `form_fingerprint` (of everything typed) make two clicks one gift, while a form that was changed and
    sent again is another. `last_reading` numbers the re-readings from Stripe: an older one never overwrites a newer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=16, default=new_reference, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="gifts")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="gifts")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="gifts")
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="gifts")
    amount_minor = MinorUnitsField(_("gift"))
    fee_cover_minor = MinorUnitsField(_("card fee covered"), default=0)
    currency = CurrencyField(_("currency"))
    visibility = models.CharField(_("name in public"), max_length=10, choices=Visibility, default=Visibility.HIDDEN)
    language = models.CharField(_("language"), max_length=10, default="en")
    form_key = models.UUIDField(editable=False)
    form_fingerprint = models.CharField(max_length=64, editable=False)
    last_reading = models.PositiveIntegerField(default=0, editable=False)
    read_at = models.DateTimeField(_("last read from Stripe"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=clock.now, editable=False)

    amount = money_property("amount_minor", "currency")
    fee_cover = money_property("fee_cover_minor", "currency")
    objects = GiftQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=["fund", "-created_at"], name="gifts_of_a_fund"),
            models.Index(fields=["fund", "state", "-created_at"], name="gifts_of_a_fund_by_state"),
            models.Index(fields=["campaign", "-created_at"], name="gifts_of_a_campaign"),
            models.Index(fields=["state", "read_at"], name="gifts_to_read_again"),
            models.Index(fields=["state", "received_at"], name="gifts_to_find_in_the_books"),
        )
        constraints = (
            models.UniqueConstraint(fields=["form_key", "form_fingerprint"], name="one_form_sent_twice_is_one_gift"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_gift_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(fee_cover_minor__gte=0),
                name="a_fee_cover_takes_nothing_away",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WITH_MONEY, received_at__isnull=False)
                | Q(state__in=BEFORE_MONEY, received_at__isnull=True),
                name="a_gift_is_received_exactly_when_it_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state=GiftState.ABANDONED, abandoned_at__isnull=False)
                | (~Q(state=GiftState.ABANDONED) & Q(abandoned_at__isnull=True)),
                name="a_gift_is_abandoned_exactly_when_it_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(GiftState.PARTLY_REFUNDED, GiftState.REFUNDED), refunded_at__isnull=False)
                | Q(state__in=(*BEFORE_MONEY, GiftState.RECEIVED), refunded_at__isnull=True),
                name="a_gift_is_given_back_exactly_when_it_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def total(self) -> Money:
        """What the donor pays."""
        return self.amount + self.fee_cover

    @property
    def has_money(self) -> bool:
        return self.state in WITH_MONEY

    @property
    def is_at_stripe(self) -> bool:
        """Whether a payment page was made for it; reads the attempts."""
        return any(attempt.session_id for attempt in self.attempts.all())

    @property
    def paid(self) -> Money:
        """What Stripe took from the donor; reads the attempts."""
        return Money(sum(attempt.paid_minor for attempt in self.attempts.all()), self.currency)

    @property
    def given_back(self) -> Money:
        """Reads the refunds."""
        done = (refund for refund in self.refunds.all() if refund.state == RefundState.SUCCEEDED)
        return Money(sum(refund.amount_minor for refund in done), self.currency)

    @property
    def kept(self) -> Money:
        """What of the donor's money stays with the fund today."""
        return self.paid - self.given_back

    @property
    def refundable(self) -> Money:
        """What may still be asked back: paid, less what went back and what is set aside to go back."""
        held = (refund for refund in self.refunds.all() if refund.state in HOLDING)
        return self.paid - Money(sum(refund.amount_minor for refund in held), self.currency)
