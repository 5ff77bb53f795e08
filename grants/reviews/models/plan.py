from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from grants.reviews.lifecycle import PlanLifecycle
from grants.reviews.models.panel import Panel
from grants.reviews.states import PlanState


class Plan(PlanLifecycle):
    """One drawing-up of who reads what. `short` counts, by application id, the readers nobody was found for."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="plans")
    seed = models.PositiveIntegerField(_("seed of the lots"))
    short = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(state__in=[PlanState.REQUESTED, PlanState.PROPOSED]),
                name="a_panel_has_one_plan_under_way",
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.APPROVED) | Q(approved_by__isnull=False),
                name="an_approved_plan_says_by_whom",
            ),
        )

    def __str__(self) -> str:
        return _("Plan %(number)s") % {"number": self.pk}
