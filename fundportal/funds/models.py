"""A fund: whose money it is in law, what it may be given for, and where the money is kept."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.languages import pick
from fundportal.money.fields import MinorUnitsField


class LegalDonee(models.Model):
    """Who receives a gift in law; a city's fund is often kept by a fiscal sponsor."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField(_("legal name"), max_length=200)
    address = models.CharField(_("address"), max_length=300)
    tax_identifier = models.CharField(_("tax identifier, as printed"), max_length=60)

    def __str__(self) -> str:
        return self.name


class Fund(models.Model):
    code = models.SlugField(_("code"), unique=True)
    names = models.JSONField(_("names"), default=dict)
    theme = models.CharField(_("colour"), max_length=20, default="house")
    settlement_currency = models.CharField(_("currency of the books"), max_length=3, default="USD")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    fiscal_year_start_month = models.PositiveSmallIntegerField(_("fiscal year starts in month"), default=1)
    legal_donee = models.ForeignKey(LegalDonee, on_delete=models.PROTECT, null=True, blank=True, related_name="funds")
    is_practice = models.BooleanField(_("practice round"), default=False)
    refund_window_days = models.PositiveSmallIntegerField(_("days in which a gift comes back on request"), default=30)
    may_promise_receivables = models.BooleanField(_("promises what funders owe without condition"), default=False)
    two_approvers_above_minor = MinorUnitsField(_("two people approve payments above"), default=0)
    receipt_wordings = models.JSONField(_("goods-or-services wording"), default=dict)
    contact_email = models.EmailField(_("who answers donors"))

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=Q(fiscal_year_start_month__gte=1, fiscal_year_start_month__lte=12),
                name="a_fiscal_year_starts_in_a_month",
            ),
            models.CheckConstraint(
                condition=Q(two_approvers_above_minor__gte=0), name="a_threshold_for_approvers_is_not_below_nothing"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names)

    @property
    def receipt_wording(self) -> str:
        return pick(self.receipt_wordings)


class Purpose(models.Model):
    """What money is kept for; restricted money stays apart in the books."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="purposes")
    code = models.SlugField(_("code"))
    names = models.JSONField(_("names"), default=dict)
    descriptions = models.JSONField(_("descriptions"), default=dict)
    is_unrestricted = models.BooleanField(_("where it is needed most"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("fund", "position", "code")
        constraints = (
            models.UniqueConstraint(fields=["fund", "code"], name="a_purpose_code_is_unique_in_its_fund"),
            models.UniqueConstraint(
                fields=["fund"], condition=Q(is_unrestricted=True), name="a_fund_has_one_unrestricted_purpose"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names)

    @property
    def description(self) -> str:
        return pick(self.descriptions)


class StripeAccount(models.Model):
    """One Stripe account is the home of one fund's card money; its own fees are that fund's cost."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="stripe_accounts")
    account_id = models.CharField(_("account at Stripe"), max_length=60, unique=True)
    is_live = models.BooleanField(_("moves real money"), default=False)

    def __str__(self) -> str:
        return self.account_id


class BankAccount(models.Model):
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="bank_accounts")
    code = models.SlugField(_("code in the books"))
    label = models.CharField(_("label"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3)
    last_digits = models.CharField(_("last four digits"), max_length=4, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["fund", "code"], name="a_bank_account_code_is_unique_in_its_fund"),
        )

    def __str__(self) -> str:
        return self.label
