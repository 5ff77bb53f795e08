"""What the fund office answered, what the public may read, and of what somebody was reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.languages import pick
from grants.reports.models.revision import ReportRevision
from grants.reports.states import FeedbackKind


class Feedback(models.Model):
    """The office's words to the grantee, with the version they are about. Written once."""

    report = models.ForeignKey("awards.ReportDue", on_delete=models.PROTECT, related_name="feedback")
    revision = models.ForeignKey(ReportRevision, on_delete=models.PROTECT, null=True, related_name="feedback")
    kind = models.CharField(max_length=20, choices=FeedbackKind)
    text = models.TextField(_("what the grantee reads"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("report", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="feedback_on_a_report_says_something"),
            models.CheckConstraint(
                condition=Q(kind=FeedbackKind.WAIVED) ^ Q(revision__isnull=False),
                name="feedback_on_a_report_is_about_what_was_sent",
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(kind=FeedbackKind.ACCEPTED), name="a_report_is_accepted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"


class Publication(models.Model):
    """Cleared for everybody: a plain summary in each language, and which of the tables stand beside it.

    Taken off again, the row stays and says when; cleared anew, it is the same row with the newer words.
    """

    report = models.OneToOneField("awards.ReportDue", on_delete=models.PROTECT, related_name="publication")
    revision = models.ForeignKey(ReportRevision, on_delete=models.PROTECT, related_name="+")
    summaries = models.JSONField(_("summary by language"))
    shows_results = models.BooleanField(_("results in figures"), default=True)
    shows_spending = models.BooleanField(_("budget and spending"), default=True)
    version = models.PositiveIntegerField(default=1)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(_("cleared"))
    withdrawn_at = models.DateTimeField(_("taken off"), null=True)

    class Meta:
        ordering = ("-cleared_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(summaries={}), name="a_published_report_has_a_summary"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("cleared_at")),
                name="a_published_report_is_taken_off_after_it_was_cleared",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id}: {self.cleared_at:%Y-%m-%d}"

    @property
    def summary(self) -> str:
        """In the reader's language where there is one."""
        return pick(self.summaries)


class Reminder(models.Model):
    """Somebody was reminded, so many days after the report was due (before: negative). Written once.

    A letter that says a report can be written counts for the reminder of that day; the last one may have put the next
    payment on hold.
    """

    report = models.ForeignKey("awards.ReportDue", on_delete=models.PROTECT, related_name="reminders")
    days = models.SmallIntegerField(_("days after it was due"))
    held_tranche = models.ForeignKey("awards.Tranche", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("report", "days")
        constraints = (
            models.UniqueConstraint(fields=["report", "days"], name="a_report_is_reminded_of_once_on_each_day"),
        )

    def __str__(self) -> str:
        return f"{self.report_id}: {self.days}"
