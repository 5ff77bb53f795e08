"""Forms as they are written, and the versions of them that people answer."""

from functools import cached_property
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.funds.models import Fund
from grants.questionnaires.definition import Definition


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "forms.view")
        return self if funds == ALL else self.filter(fund__in=funds)


class Questionnaire(models.Model):
    """A form while it is being written. `version` counts its changes, so that a stale page is noticed."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="questionnaires")
    name = models.CharField(_("name"), max_length=120)
    definition = models.JSONField(_("questions"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("last changed"), default=clock.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def form(self) -> Definition:
        return Definition.read(self.definition)


class FormVersion(models.Model):
    """A form as it was published. The database refuses every change: answers are read against it for years."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    definition = models.JSONField(_("questions"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    frozen_at = models.DateTimeField(_("published"), default=clock.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("questionnaire", "number")
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "number"], name="a_form_version_has_its_own_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="form_versions_count_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.questionnaire_id}/{self.number}"

    @cached_property
    def form(self) -> Definition:
        return Definition.read(self.definition)
