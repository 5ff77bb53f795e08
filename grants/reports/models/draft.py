"""What is being written, by whom, and the files that belong to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock


class ReportDraft(models.Model):
    """The text in work. After sending it stays as it was sent, and opens again when the office asks for changes.

    `answers` are those of the report's form. `values` and `spending` hold what was typed beside each indicator and each
    line of the budget, by its number: {"value", "note"} and {"minor" or "typed", "note"}.
    """

    report = models.OneToOneField("awards.ReportDue", on_delete=models.PROTECT, related_name="draft")
    answers = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    spending = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.report_id}/{self.version}"


class PartSave(models.Model):
    """At which version of the draft a part last changed: two people writing different parts never collide."""

    draft = models.ForeignKey(ReportDraft, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("draft", "key")
        constraints = (
            models.UniqueConstraint(fields=["draft", "key"], name="a_part_of_a_report_has_one_last_saving"),
            models.CheckConstraint(condition=Q(version__gte=1), name="savings_of_a_report_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.key}/{self.version}"


class ReportFile(models.Model):
    """An upload that answers a question of this report; whether it still does is said by the answers."""

    report = models.ForeignKey("awards.ReportDue", on_delete=models.PROTECT, related_name="files")
    upload = models.OneToOneField("documents.Upload", on_delete=models.PROTECT, related_name="report_file")
    question = models.CharField(max_length=60)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("report", "added_at", "pk")

    def __str__(self) -> str:
        return f"{self.report_id}/{self.question}"
