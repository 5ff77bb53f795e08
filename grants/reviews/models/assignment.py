import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.organisations.queries import conflicted_ids
from grants.reviews.lifecycle import AssignmentLifecycle
from grants.reviews.models.plan import Plan
from grants.reviews.states import HELD, HIGHEST_SCORE, LOWEST_SCORE, AssignmentState


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def held(self) -> Self:
        """Neither declined, recused, expired nor removed."""
        return self.filter(state__in=HELD)

    def of_reviewer(self, actor: Actor) -> Self:
        """One's own, from the invitation on; whatever a conflict touches is gone at once."""
        mine = self.filter(reviewer=getattr(actor, "pk", None), state__in=HELD).exclude(state=AssignmentState.PROPOSED)
        return mine.exclude(application__organisation__in=conflicted_ids(actor))

    def visible_to(self, actor: Actor) -> Self:
        """For staff: every assignment in their funds, but of organisations they have a conflict with."""
        funds = funds_where(actor, "reviews.view")
        seen = self if funds == ALL else self.filter(application__stage__call__fund__in=funds)
        return seen.exclude(application__organisation__in=conflicted_ids(actor))


class Assignment(AssignmentLifecycle):
    """`agreed_text` and `agreed_hash` keep what the reviewer agreed to, word for word.

    `version` counts what was saved, for two windows open at once; `seal_hash` is the fingerprint of the sealed scores.
    """

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="assignments")
    is_by_hand = models.BooleanField(_("chosen by hand"), default=False)
    agreed_text = models.TextField(blank=True, editable=False)
    agreed_hash = models.CharField(max_length=64, blank=True, editable=False)
    comment = models.TextField(_("for the panel"), blank=True)
    question = models.CharField(_("what to look at again"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    seal_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("application", "pk")
        indexes = (models.Index(fields=["reviewer", "state"], name="assignments_of_a_reviewer"),)
        constraints = (
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=Q(state__in=HELD),
                name="a_reviewer_reads_an_application_once",
            ),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.SEALED, sealed_at__isnull=False) & ~Q(seal_hash="")
                | ~Q(state=AssignmentState.SEALED) & Q(sealed_at__isnull=True),
                name="a_sealed_review_has_its_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(agreed_at__isnull=False),
                name="nobody_reads_before_agreeing_to_the_rules",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} · {self.reviewer}"


class Score(models.Model):
    """One criterion in one review: 0 to 5, with the reason; the value is missing while it is being written."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey("calls.Criterion", on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("score"), null=True)
    justification = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ("criterion__position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["assignment", "criterion"], name="a_criterion_is_scored_once_in_a_review"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=LOWEST_SCORE, value__lte=HIGHEST_SCORE),
                name="a_score_is_from_0_to_5",
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class Amendment(models.Model):
    """A score changed after discussion. The first one stays where it was; the newest amendment counts."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="amendments")
    value = models.PositiveSmallIntegerField(_("new score"))
    reason = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(value__gte=LOWEST_SCORE, value__lte=HIGHEST_SCORE), name="an_amended_score_is_from_0_to_5"
            ),
        )

    def __str__(self) -> str:
        return f"{self.score} → {self.value}"
