"""The payments of an award, what has to be there before each, and who stands for it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.awards.lifecycle import TrancheLifecycle
from grants.awards.models.award import Award
from grants.awards.models.report_due import ReportDue
from grants.awards.states import AT_THE_BANK, ConditionKind, TrancheState


class TrancheQuerySet(models.QuerySet["Tranche"]):
    def visible_to(self, actor: object) -> Self:
        return self.filter(award__in=Award.objects.visible_to(actor).order_by().values("pk"))


class Tranche(TrancheLifecycle):
    """`number` counts from 1 within the award. `planned_on` is the earliest day."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField(_("number"))
    amount_minor = MinorUnitsField(_("amount"))
    currency = CurrencyField(_("currency"))
    planned_on = models.DateField(_("planned for"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    amount = money_property("amount_minor", "currency")
    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        ordering = ("award", "number")
        indexes = (models.Index(fields=["state", "planned_on"], name="tranches_to_get_ready"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=TrancheState.values), name="tranche_state_is_known"),
            models.UniqueConstraint(fields=["award", "number"], name="tranches_of_an_award_are_numbered"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="a_tranche_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state=TrancheState.ON_HOLD) ^ Q(held_from="", hold_reason=""),
                name="a_tranche_is_held_exactly_when_it_says_why_and_from_where",
            ),
            models.CheckConstraint(
                condition=~Q(state=TrancheState.ON_HOLD) | ~Q(held_from="") & ~Q(hold_reason=""),
                name="a_tranche_on_hold_knows_where_it_came_from",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(TrancheState.REQUESTED, TrancheState.APPROVED, *AT_THE_BANK))
                | Q(requested_at__isnull=False, requested_by__isnull=False),
                name="a_requested_tranche_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(TrancheState.APPROVED, *AT_THE_BANK)) | Q(approved_at__isnull=False),
                name="an_approved_tranche_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AT_THE_BANK) ^ Q(instructed_at=None),
                name="a_tranche_is_instructed_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(TrancheState.PAID, TrancheState.RECONCILED)) ^ Q(paid_at=None),
                name="a_tranche_is_paid_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=TrancheState.RECONCILED) ^ Q(reconciled_at=None),
                name="a_tranche_is_reconciled_exactly_when_it_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award}-T{self.number}"


class Condition(models.Model):
    """Met, or waived by somebody who says why, before its payment may be requested."""

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(_("kind"), max_length=20, choices=ConditionKind)
    text = models.CharField(_("condition"), max_length=500)
    report_due = models.ForeignKey(ReportDue, on_delete=models.PROTECT, null=True, related_name="conditions")
    due_on = models.DateField(_("day"), null=True, blank=True)
    met_at = models.DateTimeField(null=True, editable=False)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    met_note = models.CharField(_("what was found"), max_length=500, blank=True)
    waived_at = models.DateTimeField(null=True, editable=False)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    waive_reason = models.CharField(_("why it is waived"), max_length=500, blank=True)

    class Meta:
        ordering = ("tranche", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="a_condition_says_what_is_asked"),
            models.CheckConstraint(
                condition=Q(kind=ConditionKind.REPORT_ACCEPTED) ^ Q(report_due=None),
                name="a_condition_names_a_report_exactly_when_it_waits_for_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConditionKind.DATE) | Q(due_on__isnull=False), name="a_day_to_wait_for_is_named"
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waive_reason="")
                | Q(waived_at__isnull=False, waived_by__isnull=False, met_at=None) & ~Q(waive_reason=""),
                name="a_condition_is_waived_by_somebody_who_says_why",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def is_fulfilled_on(self, day: date) -> bool:
        """Met, waived, or a day that has come; `day` is today in the zone of the fund."""
        if self.met_at is not None or self.waived_at is not None:
            return True
        return self.kind == ConditionKind.DATE and self.due_on is not None and self.due_on <= day


class TrancheApproval(models.Model):
    """One of the people who stand for a payment, in one round of it."""

    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, related_name="approvals")
    round = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("tranche", "at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["tranche", "round", "by"], name="a_person_approves_a_tranche_once"),
        )

    def __str__(self) -> str:
        return f"{self.tranche_id}: {self.by}"
