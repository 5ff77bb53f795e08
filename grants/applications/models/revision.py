"""What was sent. Both tables are written once; the database refuses every change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.money.fields import CurrencyField, MinorUnitsField, money_property
from grants.applications.models.application import Application


class Revision(models.Model):
    """The answers as they arrived, with the organisation as it was and the fingerprint of both.

    `sha256` is over the canonical JSON of answers, form, profile, reference, number and arrival: `fingerprint.py`.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("number"))
    form_version = models.ForeignKey("questionnaires.FormVersion", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    profile = models.JSONField()
    files = models.JSONField(default=dict)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    arrived_at = models.DateTimeField(_("arrived"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=300)
    requested_minor = MinorUnitsField(_("amount asked for"), null=True)
    currency = CurrencyField(_("currency"), blank=True)
    language = models.CharField(_("language"), max_length=10)

    requested = money_property("requested_minor", "currency")

    class Meta:
        ordering = ("application", "number")
        constraints = (
            models.UniqueConstraint(fields=["application", "number"], name="revisions_of_an_application_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revisions_are_counted_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number}"


class Census(models.Model):
    """What had arrived when a stage closed: how many, how many drafts lapsed, and a hash over all fingerprints.

    A stage whose deadline moved after it was counted is counted again; the last one holds.
    """

    stage = models.ForeignKey("calls.Stage", on_delete=models.PROTECT, related_name="censuses")
    received = models.PositiveIntegerField(_("received"))
    lapsed = models.PositiveIntegerField(_("not sent in time"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    taken_at = models.DateTimeField(_("counted"))

    class Meta:
        ordering = ("stage", "taken_at", "pk")

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.received}"
