"""Payments that go to the bank together, the people who stand for them, and the file the bank gets."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from fundportal.organisations.queries import conflicted_ids
from grants.payments.lifecycle import PaymentRunLifecycle
from grants.payments.states import AT_THE_BANK, Ending, RunState


class PaymentRunQuerySet(models.QuerySet["PaymentRun"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "payments.view")
        return self if funds == ALL else self.filter(fund__in=funds)


class PaymentRun(PaymentRunLifecycle):
    """All from one account of the fund, in its currency. `pay_on` is the day the bank is asked to pay."""

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="payment_runs")
    bank_account = models.ForeignKey("funds.BankAccount", on_delete=models.PROTECT, related_name="payment_runs")
    pay_on = models.DateField(_("pay on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PaymentRunQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="payment_run_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=AT_THE_BANK, exported_at__isnull=False)
                | ~Q(state__in=AT_THE_BANK) & Q(exported_at__isnull=True),
                name="a_run_is_at_the_bank_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RunState.APPROVED, *AT_THE_BANK)) | Q(approved_at__isnull=False),
                name="an_approved_run_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.SETTLED, settled_at__isnull=False)
                | ~Q(state=RunState.SETTLED) & Q(settled_at__isnull=True),
                name="a_run_is_settled_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                | ~Q(state=RunState.CANCELLED) & Q(cancelled_at__isnull=True),
                name="a_cancelled_run_says_when_and_why",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Also the name of the message to the bank, which takes 35 characters."""
        return f"PR-{self.made_at:%Y}-{self.pk:05}"


class InstructionQuerySet(models.QuerySet["Instruction"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "payments.view")
        seen = self if funds == ALL else self.filter(run__fund__in=funds)
        return seen.exclude(tranche__award__organisation__in=conflicted_ids(actor))

    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def in_transit(self) -> Self:
        """Given to the bank, and not yet on its statement."""
        return self.in_force().filter(run__state__in=AT_THE_BANK, confirmed_at__isnull=True)


class Instruction(models.Model):
    """One tranche to one account. `obligation` names what is owed and is never used twice: the bank's end-to-end id.

    It ends with its run before the bank, or when the bank refuses it or sends it back; another attempt is another row.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="instructions")
    tranche = models.ForeignKey("awards.Tranche", on_delete=models.PROTECT, related_name="instructions")
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    obligation = models.CharField(_("end-to-end reference"), max_length=35, unique=True, editable=False)
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    bank_details = models.ForeignKey("payments.BankDetails", on_delete=models.PROTECT, related_name="instructions")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("on the statement"), null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_as = models.CharField(max_length=20, choices=Ending, blank=True, editable=False)
    end_reason = models.CharField(max_length=300, blank=True, editable=False)

    amount = money_property("amount_minor", "currency")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering = ("run", "obligation")
        constraints = (
            models.UniqueConstraint(
                fields=["tranche"], condition=Q(ended_at__isnull=True), name="a_tranche_is_instructed_once_at_a_time"
            ),
            models.UniqueConstraint(fields=["tranche", "attempt"], name="an_attempt_is_counted_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="an_instruction_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_as="") | Q(ended_at__isnull=False) & ~Q(ended_as=""),
                name="an_ended_instruction_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(ended_as__in=(Ending.CANCELLED, Ending.FAILED)) | Q(confirmed_at__isnull=True),
                name="what_never_left_is_not_on_the_statement",
            ),
            models.CheckConstraint(
                condition=~Q(ended_as=Ending.RETURNED) | Q(confirmed_at__isnull=False),
                name="what_came_back_had_left",
            ),
        )

    def __str__(self) -> str:
        return self.obligation

    @property
    def end_to_end_id(self) -> str:
        return self.obligation


class RunApproval(models.Model):
    """One of the two people who stand for a run. A change of the run voids what was approved before."""

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=["run", "by"], name="a_person_approves_a_run_once"),)

    def __str__(self) -> str:
        return f"{self.run}: {self.by}"


class PaymentFile(models.Model):
    """What the bank gets, byte for byte. Written once; whoever downloads it is on record."""

    run = models.OneToOneField(PaymentRun, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(_("name"), max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return self.name
