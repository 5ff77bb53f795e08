"""A change of a running grant, term by term: what stands now, and what shall stand instead."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.money import Money
from fundportal.money.fields import MinorUnitsField
from grants.awards.lifecycle import AmendmentLifecycle
from grants.awards.models.agreement import Agreement
from grants.awards.models.award import Award
from grants.awards.models.plan import BudgetLine
from grants.awards.models.report_due import ReportDue
from grants.awards.models.tranche import Tranche
from grants.awards.states import OF_A_REPORT, OF_AMOUNTS, OF_DAYS, OPEN_AMENDMENT, AmendmentState, Side, TermKind

S, K = AmendmentState, TermKind
ENDED = (S.REJECTED, S.WITHDRAWN)


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, actor: object) -> Self:
        return self.filter(award__in=Award.objects.visible_to(actor).order_by().values("pk"))


class Amendment(AmendmentLifecycle):
    """Proposed by one `side`; `agreement` is the text that both sides sign, with the terms as they will be.

    One that `is_small` moves a little within the budget and needs none.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    side = models.CharField(_("proposed by"), max_length=10, choices=Side)
    reason = models.TextField(_("why"), max_length=2000)
    is_small = models.BooleanField(_("needs no approval"), default=False, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, related_name="amendment")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a grant")
        ordering = ("award", "number")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AmendmentState.values), name="amendment_state_is_known"),
            models.UniqueConstraint(fields=["award", "number"], name="amendments_of_an_award_are_numbered"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(state__in=OPEN_AMENDMENT), name="one_amendment_is_open_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_amendment_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=(S.SUBMITTED, S.APPROVED, S.EXECUTED, S.APPLIED, S.REJECTED))
                | Q(submitted_at__isnull=False),
                name="an_amendment_that_was_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(S.APPROVED, S.EXECUTED, S.APPLIED)) | Q(approved_at__isnull=False),
                name="an_approved_amendment_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(S.EXECUTED, S.APPLIED)) ^ Q(executed_at=None),
                name="an_amendment_is_executed_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=S.APPLIED) ^ Q(applied_at=None),
                name="an_amendment_is_applied_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED) ^ Q(ended_at=None),
                name="an_amendment_ended_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.REJECTED) | ~Q(answer=""), name="an_amendment_is_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(S.EXECUTED, S.APPLIED)) | Q(is_small=True) | Q(agreement__isnull=False),
                name="an_amendment_in_force_is_signed_or_small",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award}-A{self.number}"

    def is_open_to(self, side: str) -> bool:
        """A draft is its own side's. What the fund proposes, the grantee reads once it is approved."""
        known_since = self.approved_at if side == Side.GRANTEE else self.submitted_at
        return self.side == side or known_since is not None


class AmendedTerm(models.Model):
    """One term, before and after. A payment that comes to nothing is given up; one more payment was nothing before.

    Payments that change are cancelled and planned anew under the next number; the rest takes its new value and keeps
    the old one here.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="terms")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("what changes"), max_length=20, choices=TermKind)
    report = models.ForeignKey(ReportDue, on_delete=models.PROTECT, null=True, related_name="+")
    tranche = models.ForeignKey(Tranche, on_delete=models.PROTECT, null=True, related_name="+")
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, null=True, related_name="+")
    day_before = models.DateField(null=True)
    day_after = models.DateField(null=True)
    minor_before = MinorUnitsField(null=True)
    minor_after = MinorUnitsField(null=True)

    class Meta:
        ordering = ("amendment", "position")
        constraints = (
            models.UniqueConstraint(fields=["amendment", "position"], name="amended_terms_stand_in_order"),
            models.UniqueConstraint(
                fields=["amendment", "kind"],
                condition=Q(kind__in=(K.ENDS_ON, K.AMOUNT, K.KEPT)),
                name="a_term_of_the_grant_is_amended_once",
            ),
            models.UniqueConstraint(fields=["amendment", "kind", "report"], name="a_day_of_a_report_is_amended_once"),
            models.UniqueConstraint(fields=["amendment", "tranche"], name="a_payment_is_amended_once"),
            models.UniqueConstraint(fields=["amendment", "budget_line"], name="a_budget_line_is_amended_once"),
            models.CheckConstraint(condition=Q(kind__in=TermKind.values), name="amended_term_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_REPORT) ^ Q(report=None),
                name="a_term_names_a_report_exactly_when_it_is_of_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=K.PAYMENT) ^ Q(tranche=None), name="a_term_names_a_payment_exactly_when_it_is_of_one"
            ),
            models.CheckConstraint(
                condition=Q(kind=K.BUDGET_LINE) ^ Q(budget_line=None),
                name="a_term_names_a_budget_line_exactly_when_it_is_of_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_AMOUNTS, day_before=None, day_after=None)
                | Q(kind=K.NEW_PAYMENT, day_before=None, day_after__isnull=False)
                | Q(kind__in=(*OF_DAYS, K.PAYMENT), day_before__isnull=False, day_after__isnull=False),
                name="a_term_has_the_days_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_DAYS, minor_before=None, minor_after=None)
                | ~Q(kind__in=OF_DAYS) & Q(minor_before__gte=0, minor_after__gte=0),
                name="a_term_has_the_amounts_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_DAYS) & ~Q(day_before=F("day_after"))
                | Q(kind__in=OF_AMOUNTS) & ~Q(minor_before=F("minor_after"))
                | Q(kind=K.NEW_PAYMENT, minor_before=0, minor_after__gt=0)
                | Q(kind=K.PAYMENT) & (~Q(day_before=F("day_after")) | ~Q(minor_before=F("minor_after"))),
                name="an_amended_term_changes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.kind}"

    @property
    def difference_minor(self) -> int:
        return (self.minor_after or 0) - (self.minor_before or 0)

    @property
    def before(self) -> Money | None:
        return None if self.minor_before is None else Money(self.minor_before, self.amendment.award.currency)

    @property
    def after(self) -> Money | None:
        return None if self.minor_after is None else Money(self.minor_after, self.amendment.award.currency)


class AmendmentApproval(models.Model):
    """One of the people of the fund who stand for a change."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("amendment", "at", "pk")
        constraints = (models.UniqueConstraint(fields=["amendment", "by"], name="a_person_approves_an_amendment_once"),)

    def __str__(self) -> str:
        return f"{self.amendment_id}: {self.by}"
