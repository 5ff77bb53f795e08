"""What an applicant says against an announced decision, and what two people answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.organisations.queries import conflicted_ids
from grants.decisions.lifecycle import AppealLifecycle
from grants.decisions.models.deliberation import Decision
from grants.decisions.states import Answer, AppealState


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "decisions.view")
        seen = self if funds == ALL else self.filter(application__stage__call__fund__in=funds)
        return seen.exclude(application__organisation__in=conflicted_ids(actor))


class Appeal(AppealLifecycle):
    """`answer` and `reason` are the first person's until a second agrees; the applicant reads them only then."""

    application = models.ForeignKey("applications.Application", on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.TextField(_("what went wrong"))
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(_("answer"), max_length=20, choices=Answer, blank=True)
    reason = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("filed_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_is_known"),
            models.CheckConstraint(condition=~Q(grounds=""), name="an_appeal_says_what_went_wrong"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & ~Q(reason="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="an_answered_appeal_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("answered_by")),
                name="nobody_agrees_with_their_own_answer_to_an_appeal",
            ),
            models.CheckConstraint(
                condition=Q(state=AppealState.FILED, settled_at__isnull=True, agreed_by__isnull=True)
                | Q(state=AppealState.UPHELD, answer=Answer.UPHOLD, settled_at__isnull=False, agreed_by__isnull=False)
                | Q(
                    state=AppealState.DISMISSED,
                    answer=Answer.DISMISS,
                    settled_at__isnull=False,
                    agreed_by__isnull=False,
                ),
                name="an_appeal_is_settled_as_two_people_answered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_state_display()}"
