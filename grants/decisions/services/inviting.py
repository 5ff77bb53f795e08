"""From a concept note to the full application: the chair proposes, a manager agrees, the applicant gets a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import why_not
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.models import Application
from grants.applications.services import start_successor
from grants.applications.services.locking import lock_application, make
from grants.calls.services.locking import lock_call
from grants.calls.states import OPEN
from grants.decisions import emails
from grants.decisions.models import StageInvitation
from grants.decisions.permissions import DROP_INVITATION, INVITE, RECOMMEND
from grants.decisions.queries.invitations import open_invitation
from grants.decisions.services.recommending import check_sealed, refuse_conflicted


@transaction.atomic
def propose_invitation(application_id: int, *, feedback: str, by: User) -> StageInvitation:
    """`feedback` is what the applicant reads beside the marks. Proposing the same twice is once.

    Raises Refusal (409 where there is no next stage or a review is open, 422 without feedback, 403).
    """
    application = lock_application(application_id)
    authorise(by, RECOMMEND, application.fund)
    refuse_conflicted(by, [application])
    if reasons := why_not(application, "invite"):
        raise Refusal(" ".join(reasons))
    check_sealed(application)
    said = feedback.strip()
    if not said:
        raise Refusal(_("Say what the next stage can build on; the applicant reads it."), status=422, field="feedback")
    standing = open_invitation(application)
    if standing is None:
        made = StageInvitation.objects.create(
            application=application, feedback=said, proposed_by=by, proposed_at=clock.now()
        )
        record("decisions.propose_invitation", application, by=by, fund=application.fund)
        return made
    if (standing.proposed_by_id, standing.feedback) != (by.pk, said):
        raise Refusal(_("Somebody has proposed this already. A second person decides on it."))
    return standing


@transaction.atomic
def invite(application_id: int, *, by: User) -> Application:
    """The manager agrees. Returns the draft of the next stage, which holds what the concept note says already.

    Raises NotAllowed for whoever proposed it, Refusal (409) when the next stage takes no applications any more.
    """
    lock_call(Application.objects.values_list("stage__call", flat=True).get(pk=application_id))
    application = lock_application(application_id)
    authorise(by, INVITE, application.fund)
    refuse_conflicted(by, [application])
    proposal = _undecided(application)
    if proposal.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this. Somebody else decides on it."))
    _check_next_stage(application)
    make("invite", application, by=by, facts={"proposed_by": proposal.proposed_by_id})
    proposal.confirmed_by, proposal.confirmed_at = by, clock.now()
    proposal.save()
    successor = start_successor(application_id, by=by)
    emails.invite_on(successor, proposal)
    return successor


@transaction.atomic
def drop_invitation(application_id: int, *, by: User) -> None:
    """The panel has its word again."""
    application = lock_application(application_id)
    authorise(by, DROP_INVITATION, application.fund)
    refuse_conflicted(by, [application])
    proposal = _undecided(application)
    proposal.dropped_at = clock.now()
    proposal.save()
    record("decisions.drop_invitation", application, by=by, fund=application.fund)


def _undecided(application: Application) -> StageInvitation:
    proposal = open_invitation(application)
    if proposal is None:
        raise Refusal(_("Nobody has proposed this. One person proposes, another agrees."))
    return proposal


def _check_next_stage(application: Application) -> None:
    call = application.stage.call
    following = call.stages.filter(number__gt=application.stage.number).first()
    if call.state != OPEN or following is None or following.is_over(clock.now()):
        raise Refusal(_("The next stage takes no applications any more."))
