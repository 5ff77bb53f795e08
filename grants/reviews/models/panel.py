"""Who reviews a stage, and by which rules."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.languages import pick

MOST_ASSIGNMENTS = 12
MOST_REVIEWERS = 9


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "reviews.view")
        return self if funds == ALL else self.filter(stage__call__fund__in=funds)


class Panel(models.Model):
    """The reviewers of one stage. `agreements` is what each agrees to before reading anything, by language."""

    stage = models.OneToOneField("calls.Stage", on_delete=models.PROTECT, related_name="panel")
    agreements = models.JSONField(_("what reviewers agree to"), default=dict)
    reviewers_wanted = models.PositiveSmallIntegerField(_("reviewers for each application"), default=3)
    answer_by = models.DateTimeField(_("answer to the invitation by"))
    review_by = models.DateTimeField(_("hand in by"))
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewers_wanted__gte=1, reviewers_wanted__lte=MOST_REVIEWERS),
                name="a_panel_wants_one_to_nine_reviewers",
            ),
            models.CheckConstraint(
                condition=Q(review_by__gt=models.F("answer_by")),
                name="reviews_are_due_after_the_invitation_is_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage}"

    @property
    def agreement(self) -> str:
        return pick(self.agreements)


class PanelMemberQuerySet(models.QuerySet["PanelMember"]):
    def in_office(self) -> Self:
        return self.filter(left_at__isnull=True)


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats")
    most_assignments = models.PositiveSmallIntegerField(_("reads at most"), default=MOST_ASSIGNMENTS)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)

    objects = PanelMemberQuerySet.as_manager()

    class Meta:
        ordering = ("user__full_name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["panel", "user"], condition=Q(left_at__isnull=True), name="a_reviewer_sits_on_a_panel_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.user)
