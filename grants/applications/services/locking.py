"""How every act on an application begins and ends: its row locked, the person's right checked, the move recorded."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations.queries import has_conflict
from fundportal.refusals import NotAllowed
from grants.applications.models import Application
from grants.applications.queries.people import may_send, may_write


def lock_application(application_id: int) -> Application:
    """With all its acts read; its row stays locked until the transaction ends.

    Read after the lock: PostgreSQL would show joined rows, the draft above all, as they were before the wait for it.
    """
    Application.objects.select_for_update().get(pk=application_id)
    known = Application.objects.select_related("stage__call__fund", "organisation", "draft__form_version")
    return known.get(pk=application_id)


def authorise_writer(by: Any, application: Application) -> None:
    if not may_write(by, application):
        raise NotAllowed(_("Only people who work for this organisation write its applications."))


def authorise_sender(by: Any, application: Application) -> None:
    """Whoever may send may write; which of the two is missing is asked only of those who may not."""
    if may_send(by, application):
        return
    authorise_writer(by, application)
    raise NotAllowed(_("Somebody who signs for your organisation has to do this."))


def authorise_office(by: Actor, permission: str, application: Application) -> None:
    """The role, in this fund, and no tie to the organisation."""
    authorise(by, permission, application.fund)
    if has_conflict(by, application.organisation_id):
        raise NotAllowed(_("You have a conflict of interest with this organisation. Somebody else does this."))


def make(
    name: str,
    application: Application,
    *,
    by: Actor,
    at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    **given: Any,
) -> Application:
    """The move and all that follows it. `given` goes to the transition, `facts` into the record."""
    before = application.state
    move(application, name, at=at, **given)
    return finish(name, application, before=before, by=by, facts=facts)


def finish(
    name: str, application: Application, *, before: str, by: Actor, facts: dict[str, Any] | None = None
) -> Application:
    """Saves the application as its next version and writes the one row of the record."""
    application.version += 1
    application.save()
    fund = application.fund
    record(f"applications.{name}", application, by=by, fund=fund, before=before, after=application.state, facts=facts)
    return application
