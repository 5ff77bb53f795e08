"""An application is sent: from that moment a copy stands that nobody can change."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.lifecycle import move
from fundportal.organisations.queries import profile
from fundportal.refusals import Refusal
from fundportal.templatetags.words import time_of_day, zone_name
from grants.applications import emails
from grants.applications.fingerprint import seal
from grants.applications.models import Application, Revision
from grants.applications.queries.readiness import file_fingerprints, missing, tokens_in
from grants.applications.services.locking import authorise_sender, authorise_writer, finish, lock_application, make
from grants.applications.services.writing import set_headline
from grants.applications.states import ApplicationState


@transaction.atomic
def submit(application_id: int, *, version: int, by: User, at: datetime | None = None) -> Revision:
    """Makes the revision that stands from now on. `version` is that of the draft the person read, `at` the arrival.

    Sending the same twice gives the one revision. Raises Refusal: 409 late or changed since, 422 something is missing.
    """
    application = lock_application(application_id)
    authorise_sender(by, application)
    arrived_at = at or clock.now()
    standing = application.standing
    if standing and application.state == ApplicationState.SUBMITTED and application.unlocked_at is None:
        return standing
    before = application.state
    _move_in_time(application, arrived_at)
    _refuse_changed(application, version)
    _refuse_incomplete(application)
    revision = _write_revision(application, standing, by=by, at=arrived_at)
    finish("submit", application, before=before, by=by, facts=_facts(revision))
    emails.acknowledgement(revision)
    return revision


@transaction.atomic
def unlock(application_id: int, *, by: User) -> Application:
    """Opens the draft again until the deadline. What was sent stays in force until a newer revision is sent."""
    application = lock_application(application_id)
    authorise_writer(by, application)
    if application.state == ApplicationState.SUBMITTED and application.unlocked_at is not None:
        return application
    return make("unlock", application, by=by)


@transaction.atomic
def resubmit(application_id: int, *, version: int, by: User, at: datetime | None = None) -> Revision:
    """Answers the fund office's request. Only what was asked for may differ. Raises Refusal (409, 422)."""
    application = lock_application(application_id)
    authorise_sender(by, application)
    request = application.info_requests.filter(answered_at__isnull=True).first()
    if request is None:
        raise Refusal(_("The fund office asks for nothing at the moment."))
    _refuse_changed(application, version)
    _refuse_incomplete(application)
    revision = _write_revision(application, application.standing, by=by, at=at or clock.now())
    _refuse_other_sections(revision, request.revision_before, request.sections)
    request.answered_at = revision.arrived_at
    request.save()
    make("resubmit", application, by=by, facts=_facts(revision))
    emails.acknowledgement(revision)
    return revision


def _write_revision(application: Application, standing: Revision | None, *, by: User, at: datetime) -> Revision:
    draft = application.draft
    form = draft.form_version.form
    set_headline(application, form, draft.answers)
    revision = Revision(
        application=application,
        number=standing.number + 1 if standing else 1,
        form_version=draft.form_version,
        answers=draft.answers,
        profile=profile(application.organisation),
        files=file_fingerprints(application, tokens_in(form, draft.answers)),
        arrived_at=at.astimezone(UTC),
        submitted_by=by,
        title=application.title,
        requested_minor=application.requested_minor,
        currency=application.currency,
        language=application.language,
    )
    revision.sha256 = seal(revision)
    revision.save(force_insert=True)
    return revision


def _move_in_time(application: Application, arrived_at: datetime) -> None:
    """Whoever is late reads when it closed, in the zone of the call."""
    is_late = application.stage.is_over(arrived_at)
    try:
        move(application, "submit", at=arrived_at)
    except Refusal as refusal:
        if is_late and application.state in {ApplicationState.DRAFT, ApplicationState.SUBMITTED}:
            raise Refusal(_told_when_it_closed(application)) from refusal
        raise


def _told_when_it_closed(application: Application) -> str:
    stage = application.stage
    local = stage.deadline_at.astimezone(ZoneInfo(stage.zone))
    words = {"day": date_format(local, "l j F"), "time": time_of_day(local), "zone": zone_name(stage.zone)}
    return _("The call closed on %(day)s at %(time)s %(zone)s. Your draft is kept.") % words


def _refuse_changed(application: Application, version: int) -> None:
    draft = application.draft
    if draft.version == version:
        return
    words = {"person": draft.saved_by.full_name if draft.saved_by else _("Somebody")}
    raise Refusal(_("%(person)s changed the draft after you opened this page. Read it again, then send it.") % words)


def _refuse_incomplete(application: Application) -> None:
    count = len(missing(application))
    if count:
        sentence = ngettext(
            "%(count)s answer is missing or needs another look.",
            "%(count)s answers are missing or need another look.",
            count,
        )
        raise Refusal(sentence % {"count": count}, status=422)


def _refuse_other_sections(after: Revision, before: Revision, sections: list[str]) -> None:
    form = after.form_version.form
    asked = {question.key for key in sections if (part := form.section(key)) for question in part.questions}
    changed = {key for key in {*after.answers, *before.answers} if after.answers.get(key) != before.answers.get(key)}
    if changed - asked:
        raise Refusal(_("Only the parts that the fund office asked about may change."))


def _facts(revision: Revision) -> dict[str, Any]:
    return {"revision": revision.number, "sha256": revision.sha256, "arrived_at": revision.arrived_at.isoformat()}
