"""An application leaves the road: taken back, put on hold, or excluded; and the ways back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.refusals import NotAllowed, Refusal
from grants.applications import emails
from grants.applications.models import Application, Disqualification
from grants.applications.permissions import MANAGE, SCREEN
from grants.applications.services.locking import (
    authorise_office,
    authorise_sender,
    authorise_writer,
    lock_application,
    make,
)
from grants.applications.states import ApplicationState


@transaction.atomic
def withdraw(application_id: int, *, reason: str = "", by: User) -> Application:
    """A draft by anybody who writes it; what was sent by whoever may send. Raises Refusal (409) once announced."""
    application = lock_application(application_id)
    if application.state == ApplicationState.DRAFT:
        authorise_writer(by, application)
    else:
        authorise_sender(by, application)
    make("withdraw", application, by=by, facts={"reason": reason.strip()})
    emails.withdrawn(application)
    return application


@transaction.atomic
def reinstate(application_id: int, *, reason: str, by: User) -> Application:
    """A manager brings it back to where it stood, within 14 days."""
    application = lock_application(application_id)
    authorise_office(by, MANAGE, application)
    _need(reason)
    make("reinstate", application, by=by, facts={"reason": reason.strip()})
    emails.reinstated(application, reason.strip())
    return application


@transaction.atomic
def hold(application_id: int, *, reason: str, ends_on: date, by: User) -> Application:
    """The fund office stops the clock and says until when. Raises Refusal (409, 422)."""
    application = lock_application(application_id)
    authorise_office(by, SCREEN, application)
    _need(reason)
    if ends_on <= clock.today(application.fund.time_zone):
        raise Refusal(_("Choose a later day on which somebody looks at it again."), status=422, field="ends_on")
    facts = {"reason": reason.strip(), "ends_on": ends_on.isoformat()}
    make("hold", application, by=by, facts=facts, ends_on=ends_on)
    emails.held(application, reason.strip())
    return application


@transaction.atomic
def resume(application_id: int, *, by: User) -> Application:
    application = lock_application(application_id)
    authorise_office(by, SCREEN, application)
    make("resume", application, by=by)
    emails.resumed(application)
    return application


@transaction.atomic
def propose_disqualification(application_id: int, *, evidence: str, reply: str, by: User) -> Disqualification:
    """A manager says what was found and what the applicant answered; a second person decides."""
    application = lock_application(application_id)
    authorise_office(by, MANAGE, application)
    if not evidence.strip():
        raise Refusal(_("Say what was found, and where it can be read."), status=422, field="evidence")
    if not reply.strip():
        sentence = _("Say what the applicant answered, or when they were asked and did not answer.")
        raise Refusal(sentence, status=422, field="reply")
    if _open_proposal(application):
        raise Refusal(_("Somebody has proposed this already. A second person decides on it."))
    proposal = Disqualification.objects.create(
        application=application, evidence=evidence.strip(), reply=reply.strip(), proposed_by=by, proposed_at=clock.now()
    )
    record("applications.propose_disqualification", application, by=by, fund=application.fund)
    return proposal


@transaction.atomic
def disqualify(application_id: int, *, by: User) -> Application:
    """The second person agrees. Raises NotAllowed for whoever proposed it."""
    application = lock_application(application_id)
    authorise_office(by, SCREEN, application)
    proposal = _open_proposal(application)
    if proposal is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this. Somebody else decides on it."))
    make("disqualify", application, by=by, facts={"proposed_by": proposal.proposed_by_id})
    proposal.confirmed_by, proposal.confirmed_at = by, clock.now()
    proposal.save()
    emails.disqualified(application, proposal)
    return application


@transaction.atomic
def drop_disqualification(application_id: int, *, by: User) -> None:
    """The proposal is taken back; nothing happens to the application."""
    application = lock_application(application_id)
    authorise_office(by, SCREEN, application)
    proposal = _open_proposal(application)
    if proposal is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    proposal.dropped_at = clock.now()
    proposal.save()
    record("applications.drop_disqualification", application, by=by, fund=application.fund)


def _open_proposal(application: Application) -> Disqualification | None:
    return application.disqualifications.filter(confirmed_at__isnull=True, dropped_at__isnull=True).first()


def _need(reason: str) -> None:
    if not reason.strip():
        raise Refusal(_("Say why, in the words the applicant will read."), status=422, field="reason")
