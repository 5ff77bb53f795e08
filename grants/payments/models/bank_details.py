"""Where grant money goes, and from which account of the fund. The numbers are confidential: pages show `masked`."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.money.fields import CurrencyField
from fundportal.organisations.models import Membership
from fundportal.organisations.queries import conflicted_ids
from grants.payments.lifecycle import BankDetailsLifecycle
from grants.payments.states import BankState

MASK = "•••• "


class AccountNumbers(models.Model):
    """An IBAN; in the United States a routing and an account number; elsewhere a BIC and an account number."""

    holder = models.CharField(_("account holder"), max_length=70)
    country = models.CharField(_("country of the bank"), max_length=2)
    currency = CurrencyField(_("currency of the account"))
    iban = models.CharField("IBAN", max_length=34, blank=True)
    routing_number = models.CharField(_("routing number"), max_length=9, blank=True)
    account_number = models.CharField(_("account number"), max_length=34, blank=True)
    bic = models.CharField("BIC", max_length=11, blank=True)
    last_digits = models.CharField(_("last four digits"), max_length=4, editable=False)

    class Meta:
        abstract = True

    @property
    def masked(self) -> str:
        return MASK + self.last_digits


ONE_NUMBER = Q(iban="") ^ Q(account_number="")


class BankDetailsQuerySet(models.QuerySet["BankDetails"]):
    def visible_to(self, actor: Actor) -> Self:
        """The organisation's own people; staff of a fund that gives to it, without a tie to it."""
        funds = funds_where(actor, "payments.view"), funds_where(actor, "payments.verify_bank")
        mine = Q(organisation__in=Membership.objects.in_force().filter(user=actor.pk).values("organisation"))
        if not any(funds):
            return self.filter(mine)
        barred = Q(organisation__in=conflicted_ids(actor))
        if ALL in funds:
            return self.filter(mine | ~barred)
        held = frozenset().union(*funds)
        given = self.filter(organisation__awards__fund__in=held).values("pk")
        return self.filter(mine | Q(pk__in=given) & ~barred)

    def in_use(self) -> Self:
        return self.filter(state=BankState.ACTIVE)


class BankDetails(AccountNumbers, BankDetailsLifecycle):
    """`fund` is whose office checks them: that of the organisation's newest award."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="bank_details"
    )
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="+")
    is_change = models.BooleanField(_("replaces details in use"), default=False, editable=False)
    effective_at = models.DateTimeField(_("used from"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verify_note = models.CharField(_("how it was checked"), max_length=300, blank=True)

    objects = BankDetailsQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")
        indexes = (models.Index(fields=["state", "effective_at"], name="bank_details_to_activate"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=BankState.values), name="bank_details_state_is_known"),
            models.CheckConstraint(condition=ONE_NUMBER, name="bank_details_name_one_account"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=BankState.ACTIVE),
                name="an_organisation_has_one_account_in_use",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=(BankState.PROPOSED, BankState.VERIFIED)),
                name="an_organisation_has_one_account_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BankState.VERIFIED, BankState.ACTIVE))
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="checked_bank_details_say_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("proposed_by")),
                name="nobody_checks_the_bank_details_they_gave",
            ),
            models.CheckConstraint(
                condition=~Q(state=BankState.ACTIVE) | Q(activated_at__gte=models.F("effective_at")),
                name="bank_details_are_used_after_their_waiting_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(BankState.REFUSED, BankState.SUPERSEDED), ended_at__isnull=False)
                | ~Q(state__in=(BankState.REFUSED, BankState.SUPERSEDED)) & Q(ended_at__isnull=True),
                name="bank_details_end_exactly_when_they_say_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=BankState.REFUSED) | ~Q(refuse_reason=""), name="refused_bank_details_say_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} {self.masked}"


class PayingAccount(AccountNumbers):
    """The numbers of one of the fund's own accounts, as a payment file needs them."""

    bank_account = models.OneToOneField("funds.BankAccount", on_delete=models.PROTECT, related_name="paying_account")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=ONE_NUMBER, name="a_paying_account_names_one_account"),)

    def __str__(self) -> str:
        return f"{self.bank_account} {self.masked}"
