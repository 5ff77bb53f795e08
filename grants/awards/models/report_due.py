from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.awards.lifecycle import ReportDueLifecycle
from grants.awards.models.award import Award
from grants.awards.states import DAYS_TO_WRITE, ReportKind, ReportState


class ReportDueQuerySet(models.QuerySet["ReportDue"]):
    def visible_to(self, actor: object) -> Self:
        return self.filter(award__in=Award.objects.visible_to(actor).order_by().values("pk"))


class ReportDue(ReportDueLifecycle):
    """One report that the award owes: over which period, by when, and which form asks the questions."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="reports_due")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind)
    period_starts_on = models.DateField(_("period starts"))
    period_ends_on = models.DateField(_("period ends"))
    due_on = models.DateField(_("due"))
    form_version = models.ForeignKey("questionnaires.FormVersion", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReportDueQuerySet.as_manager()

    class Meta:
        verbose_name = _("report due")
        ordering = ("award", "number")
        indexes = (models.Index(fields=["state", "due_on"], name="reports_by_due_day"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
            models.UniqueConstraint(fields=["award", "number"], name="reports_of_an_award_are_numbered"),
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=F("period_starts_on")),
                name="the_period_of_a_report_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("period_ends_on")), name="a_report_is_due_once_its_period_is_over"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ReportState.SUBMITTED, ReportState.CHANGES_REQUESTED, ReportState.ACCEPTED))
                | Q(submitted_at__isnull=False),
                name="a_submitted_report_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.ACCEPTED) ^ Q(accepted_at=None),
                name="a_report_is_accepted_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReportState.WAIVED, waived_at__isnull=False) & ~Q(waive_reason=""))
                | ~Q(state=ReportState.WAIVED) & Q(waived_at=None),
                name="a_report_is_waived_exactly_when_it_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award}-R{self.number}"

    @property
    def opens_on(self) -> date:
        """When its period is over, or thirty days before it is due."""
        return min(self.period_ends_on, self.due_on - timedelta(days=DAYS_TO_WRITE))
