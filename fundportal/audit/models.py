from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """What happened, to what, by whom, when. Written once: the database refuses to change or delete it."""

    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("what happened"), max_length=80, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, null=True, related_name="+")
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=200)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["fund", "at"], name="audit_by_fund"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
            models.Index(fields=["action", "at"], name="audit_by_action"),
            models.Index(fields=["subject_kind", "at"], name="audit_by_kind"),
            # PostgreSQL finds the beginning of a text only in an index that compares it letter by letter.
            models.Index(fields=["subject_label"], name="audit_by_label", opclasses=["varchar_pattern_ops"]),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label}"
