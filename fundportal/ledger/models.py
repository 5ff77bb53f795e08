"""Journals and their postings, in accounts and periods. Rows are inserted through services.post() and never change.

A line's amount is a debit when positive, a credit when negative. Postings go in first and their journal last: the
triggers in sql/ check the whole journal at that moment and let nothing be added afterwards.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal.access import ALL, funds_where
from fundportal.ledger.lifecycle import PeriodLifecycle
from fundportal.ledger.states import AccountKind, JournalKind, PeriodState, Side
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property


class Account(models.Model):
    """One account of one fund, opened when first used. Kind and side are the chart's, kept for the database's rules."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="ledger_accounts")
    code = models.CharField(_("code"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=AccountKind)
    normal_side = models.CharField(_("grows on"), max_length=8, choices=Side)
    by_purpose = models.BooleanField(_("kept by purpose"))

    class Meta:
        ordering = ("fund", "code")
        constraints = (
            models.UniqueConstraint(fields=["fund", "code"], name="an_account_code_is_unique_in_its_fund"),
            models.CheckConstraint(
                condition=Q(by_purpose=True) | ~Q(kind=AccountKind.FUND), name="fund_accounts_are_kept_by_purpose"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Period(PeriodLifecycle):
    """Days that are closed together, as a rule a calendar month."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="ledger_periods")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ("fund", "starts_on")
        constraints = (
            models.UniqueConstraint(fields=["fund", "starts_on"], name="a_period_starts_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_period_has_days"),
            models.CheckConstraint(
                condition=Q(state=PeriodState.OPEN, closed_at__isnull=True)
                | Q(state=PeriodState.CLOSED, closed_at__isnull=False),
                name="a_closed_period_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class JournalQuerySet(models.QuerySet["Journal"]):
    def visible_to(self, user: object) -> "JournalQuerySet":
        held = funds_where(user, "ledger.view")
        return self if held == ALL else self.filter(fund__in=held)

    def with_lines(self) -> "JournalQuerySet":
        lines = Posting.objects.select_related("account", "purpose").order_by("pk")
        return self.select_related("fund", "by", "period").prefetch_related(models.Prefetch("postings", lines))

    def of_sources(self, *sources: tuple[str, str]) -> "JournalQuerySet":
        """Journals of these facts, each named by source kind and id."""
        named = Q(pk__in=[])
        for kind, identifier in sources:
            named |= Q(source_kind=kind, source_id=identifier)
        return self.filter(named)


class Journal(models.Model):
    """One money fact, booked once. `business_on` is the day of the fact; `period` is where it was booked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="journals")
    kind = models.CharField(_("what happened"), max_length=40, choices=JournalKind)
    source_kind = models.CharField(_("kind of fact"), max_length=40)
    source_id = models.CharField(_("the fact"), max_length=120)
    business_on = models.DateField(_("day of the fact"), db_index=True)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="journals")
    posted_at = models.DateTimeField(_("booked"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    memo = models.CharField(_("memo"), max_length=300, blank=True)
    public_memo = models.CharField(_("memo for everybody"), max_length=300, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    objects = JournalQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["fund", "source_kind", "source_id"], name="a_fact_is_booked_once"),
            models.CheckConstraint(condition=~Q(source_kind="") & ~Q(source_id=""), name="a_journal_names_its_fact"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=False, kind=JournalKind.REVERSAL)
                | Q(reverses__isnull=True) & ~Q(kind=JournalKind.REVERSAL),
                name="a_reversal_is_called_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_id}"


class Posting(models.Model):
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    party = models.CharField(_("who"), max_length=120, blank=True)
    purpose = models.ForeignKey("funds.Purpose", on_delete=models.PROTECT, null=True, related_name="postings")
    amount_minor = MinorUnitsField(_("debit, or credit when negative"))
    currency = CurrencyField(_("currency"))
    amount = money_property("amount_minor", "currency")

    class Meta:
        ordering = ("journal", "pk")
        constraints = (models.CheckConstraint(condition=~Q(amount_minor=0), name="a_posting_moves_money"),)
        indexes = (models.Index(fields=["account", "currency", "purpose"], name="ledger_balances"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
