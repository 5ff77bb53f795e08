from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.money.fields import CurrencyField
from grants.reports.figures import ResultLine, SpendingLine


class ReportRevision(models.Model):
    """A report as it was sent. Written once; the database refuses every change.

    `results` and `spending` keep the agreed figures beside the reported ones, as they were that day. `sha256` is over
    the canonical JSON of all of it: `fingerprint.py`.
    """

    report = models.ForeignKey("awards.ReportDue", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("number"))
    form_version = models.ForeignKey("questionnaires.FormVersion", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    results = models.JSONField()
    spending = models.JSONField()
    currency = CurrencyField(_("currency"))
    files = models.JSONField(default=dict)
    language = models.CharField(_("language"), max_length=10)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    submitted_at = models.DateTimeField(_("sent"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="revisions_of_a_report_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_of_a_report_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"

    @property
    def result_lines(self) -> list[ResultLine]:
        return [ResultLine.read(held) for held in self.results]

    @property
    def spending_lines(self) -> list[SpendingLine]:
        return [SpendingLine.read(held, self.currency) for held in self.spending]
