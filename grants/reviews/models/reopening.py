"""A closed call is to take applications again: one person proposes it, another agrees."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock


class Reopening(models.Model):
    """`deadline_wall` is the new deadline of the call's last stage, read off the wall in the zone of that stage."""

    call = models.ForeignKey("calls.Call", on_delete=models.PROTECT, related_name="reopenings")
    deadline_wall = models.CharField(_("new deadline"), max_length=16)
    reason = models.TextField(_("why, in public"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_reopening_of_a_call_is_proposed_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_reopening_says_why"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="nobody_confirms_their_own_reopening",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, dropped_at__isnull=True),
                name="a_confirmed_reopening_says_by_whom_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call}: {self.deadline_wall}"
