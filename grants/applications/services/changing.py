"""What changes in an open call for those who are writing: a form made clearer, a deadline that moves to a later day."""

from datetime import datetime

from django.db import transaction

from fundportal import clock
from fundportal.accounts.models import User
from grants.applications import emails
from grants.applications.queries.clock import being_written, with_an_open_text
from grants.applications.services.locking import lock_application
from grants.calls import services as calls
from grants.calls.models import Extension
from grants.questionnaires.models import FormVersion


@transaction.atomic
def amend_form(stage_id: int, *, by: User) -> FormVersion:
    """Drafts go over to the clearer form and keep every answer; what was sent keeps the form it was sent with.

    Raises Refusal (409 with every objection, 403).
    """
    version = calls.amend_form(stage_id, by=by)
    for application_id in being_written(stage_id):
        _go_over(application_id, version)
    return version


@transaction.atomic
def extend_deadline(stage_id: int, *, deadline: datetime, reason: str, by: User) -> Extension:
    """Moves the deadline for everybody and writes to all who have a text that is not sent yet."""
    extension = calls.extend(stage_id, deadline=deadline, reason=reason, by=by)
    for application in with_an_open_text(stage_id):
        emails.deadline_moved(application, extension)
    return extension


def _go_over(application_id: int, version: FormVersion) -> None:
    draft = lock_application(application_id).draft
    if draft.form_version_id == version.pk:
        return
    draft.form_before_id = draft.form_before_id or draft.form_version_id
    draft.form_version, draft.form_changed_at = version, clock.now()
    draft.save(update_fields=["form_before", "form_version", "form_changed_at"])
