"""The stages of a call: each with its own opening, deadline, form and scoring sheet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal.funds.models import Fund
from fundportal.languages import pick
from grants.calls.deadlines import instant, remark, wall_clock
from grants.calls.models.call import Call
from grants.calls.states import FULL_WEIGHT
from grants.questionnaires.models import FormVersion, Questionnaire

GRACE_MINUTES = 5


class Stage(models.Model):
    """`deadline_wall` is an ISO text like 2027-01-29T17:00, read off the wall in `zone`.

    `questionnaire` is the form at the desk, `form_version` what was announced: none while the call is being written.
    The grace is public and the same for everybody; it covers the queue at the door, not the writing.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField(_("number"))
    titles = models.JSONField(_("titles"), default=dict)
    opens_at = models.DateTimeField(_("opens"))
    deadline_wall = models.CharField(_("deadline"), max_length=16)
    zone = models.CharField(_("time zone"), max_length=64)
    grace_minutes = models.PositiveSmallIntegerField(_("minutes of grace"), default=GRACE_MINUTES)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, null=True, related_name="stages")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="stages")
    is_rolling = models.BooleanField(_("applications are assessed as they come"), default=False)

    class Meta:
        ordering = ("call", "number")
        constraints = (
            models.UniqueConstraint(fields=["call", "number"], name="a_stage_number_is_unique_in_its_call"),
            models.CheckConstraint(condition=Q(number__gte=1), name="stages_are_counted_from_one"),
        )

    def __str__(self) -> str:
        return self.title or str(self.number)

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def fund(self) -> Fund:
        """Reads the call."""
        return self.call.fund

    @property
    def deadline_at(self) -> datetime:
        return instant(wall_clock(self.deadline_wall), self.zone)

    @property
    def closes_at(self) -> datetime:
        """The deadline and its grace: the last moment at which an application arrives in time."""
        return self.deadline_at + timedelta(minutes=self.grace_minutes)

    @property
    def deadline_remark(self) -> str:
        return remark(wall_clock(self.deadline_wall), self.zone)

    def accepts(self, at: datetime) -> bool:
        return self.opens_at <= at <= self.closes_at

    def is_over(self, at: datetime) -> bool:
        return at > self.closes_at


class Criterion(models.Model):
    """`weight` counts in hundredths; `anchors` says what each score from "0" to "5" means, per language."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="criteria")
    key = models.SlugField(_("key"), max_length=40)
    titles = models.JSONField(_("titles"), default=dict)
    helps = models.JSONField(_("what it means"), default=dict)
    weight = models.PositiveSmallIntegerField(_("weight"))
    anchors = models.JSONField(_("what each score means"), default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("stage", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["stage", "key"], name="a_criterion_key_is_unique_in_its_stage"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=FULL_WEIGHT), name="a_criterion_weighs_from_1_to_100"
            ),
        )

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def help(self) -> str:
        return pick(self.helps)

    def anchor(self, score: int, language: str | None = None) -> str:
        return pick(self.anchors.get(str(score), {}), language)


class Extension(models.Model):
    """A deadline that was moved to a later day, and why, for everybody to read. Written once."""

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="extensions")
    deadline_before = models.CharField(_("deadline before"), max_length=16)
    deadline_after = models.CharField(_("deadline now"), max_length=16)
    zone = models.CharField(_("time zone"), max_length=64)
    reason = models.TextField(_("why, in public"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="an_extension_says_why"),)

    def __str__(self) -> str:
        return f"{self.deadline_before} → {self.deadline_after}"
