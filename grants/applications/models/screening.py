"""What the fund office found, asked and proposed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from grants.applications.models.application import Application


class ScreeningCheck(models.Model):
    """One line of the call's check list, answered."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    rule = models.CharField(max_length=60)
    passes = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("application", "rule")
        constraints = (
            models.UniqueConstraint(fields=["application", "rule"], name="a_rule_is_checked_once_for_an_application"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}/{self.rule}"


class InfoRequest(models.Model):
    """The fund office asks for something; only the named sections open until it is answered."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="info_requests")
    sections = models.JSONField()
    reason = models.TextField(_("what is asked"))
    due_on = models.DateField(_("answer by"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    revision_before = models.ForeignKey(
        "applications.Revision", on_delete=models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("application", "asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at__isnull=True), name="one_request_is_open_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_request_says_what_is_asked"),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.due_on}"


class SecondedProposal(models.Model):
    """Proposed by one person, confirmed or taken back by another: two pairs of eyes before an applicant hears of it."""

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("application", "proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_%(class)s_is_proposed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("proposed_by")),
                name="nobody_confirms_their_own_%(class)s",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, dropped_at__isnull=True),
                name="a_confirmed_%(class)s_says_by_whom_and_when",
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.dropped_at is None


class Ineligibility(SecondedProposal):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="ineligibilities")
    criterion = models.CharField(_("rule it misses"), max_length=60)
    reason = models.TextField(_("reason, as the applicant reads it"))

    def __str__(self) -> str:
        return f"{self.application_id}: {self.criterion}"


class Disqualification(SecondedProposal):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="disqualifications")
    evidence = models.TextField(_("evidence"))
    reply = models.TextField(_("what the applicant answered, or that they were asked and did not"))

    def __str__(self) -> str:
        return f"{self.application_id}: {self.proposed_at:%Y-%m-%d}"
