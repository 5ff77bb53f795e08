"""What is being written, by whom, and the files that belong to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from grants.applications.models.application import Application


class Draft(models.Model):
    """The text in work. After sending it stays as it was sent, and opens again with `unlock` or an open request.

    Where the form was made clearer meanwhile, `form_before` is the one its writers began with.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="draft")
    form_version = models.ForeignKey("questionnaires.FormVersion", on_delete=models.PROTECT, related_name="+")
    form_before = models.ForeignKey("questionnaires.FormVersion", on_delete=models.PROTECT, null=True, related_name="+")
    form_changed_at = models.DateTimeField(_("questions made clearer"), null=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(_("saved"), default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(form_before__isnull=True) ^ Q(form_changed_at__isnull=False),
                name="a_draft_with_a_changed_form_says_since_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}/{self.version}"


class SectionSave(models.Model):
    """At which version of the draft a section last changed: two people writing different sections never collide."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("draft", "key")
        constraints = (
            models.UniqueConstraint(fields=["draft", "key"], name="a_section_has_one_last_saving"),
            models.CheckConstraint(condition=Q(version__gte=1), name="savings_are_counted_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.key}/{self.version}"


class Collaborator(models.Model):
    """Somebody outside the organisation who writes along. They never send."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="collaborators")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="collaborations")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("application", "added_at", "pk")
        constraints = (models.UniqueConstraint(fields=["application", "user"], name="a_person_writes_along_once"),)

    def __str__(self) -> str:
        return f"{self.user_id}/{self.application_id}"


class Attachment(models.Model):
    """An upload that answers a question of this application; whether it still does is said by the answers."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attachments")
    upload = models.OneToOneField("documents.Upload", on_delete=models.PROTECT, related_name="attachment")
    question = models.CharField(max_length=60)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("application", "added_at", "pk")

    def __str__(self) -> str:
        return f"{self.application_id}/{self.question}"
