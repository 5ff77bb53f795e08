"""The announcement: every letter of a deliberation leaves in one transaction, and not before its hour."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import lock_application
from grants.applications.states import STAGED, ApplicationState
from grants.decisions import emails
from grants.decisions.models import Decision, Deliberation
from grants.decisions.permissions import RELEASE
from grants.decisions.services.deciding import let_fall
from grants.decisions.services.preparing import lock_deliberation
from grants.decisions.services.recommending import refuse_conflicted
from grants.decisions.states import DeliberationState


@transaction.atomic
def release(deliberation_id: int, *, by: Actor) -> Deliberation:
    """Raises Refusal (409) before the hour, and while an application on the list is on hold.

    Nobody announces what they have a conflict with (403); at its hour the clock does.
    """
    deliberation = lock_deliberation(deliberation_id)
    fund = deliberation.call.fund
    authorise(by, RELEASE, fund)
    before = deliberation.state
    move(deliberation, "release")
    deliberation.version += 1
    deliberation.save()
    effective = deliberation.decisions.filter(is_effective=True).select_related("application")
    decisions = list(effective.order_by("application"))
    refuse_conflicted(by, [decision.application for decision in decisions])
    told = [decision for decision in decisions if _announce(decision, deliberation, by)]
    for decision in told:
        emails.tell_decision(decision)
    facts = {"told": len(told)}
    record("decisions.release", deliberation, by=by, fund=fund, before=before, after=deliberation.state, facts=facts)
    return deliberation


def release_due() -> int:
    """What the clock does. Returns how many deliberations were announced; one that cannot be yet is left for later."""
    due = Deliberation.objects.filter(state=DeliberationState.ADOPTED, release_at__lte=clock.now()).order_by("pk")
    released = []
    for deliberation_id in list(due.values_list("pk", flat=True)):
        with suppress(Refusal):
            released.append(release(deliberation_id, by=SYSTEM))
    return len(released)


def _announce(decision: Decision, deliberation: Deliberation, by: Actor) -> bool:
    """False for an application that has left since the body decided: nobody writes to it, and its money is free."""
    application = lock_application(decision.application_id)
    if application.state == ApplicationState.ON_HOLD:
        sentence = _("%(reference)s is on hold. End the hold or take its line back, so that all are told at once.")
        raise Refusal(sentence % {"reference": application})
    if application.state not in STAGED:
        let_fall(application)
        return False
    _open_letter(application, deliberation, by)
    decision.application, decision.deliberation = application, deliberation
    return True


def _open_letter(application: Application, deliberation: Deliberation, by: Actor) -> None:
    application.released_at = deliberation.released_at
    application.version += 1
    application.save(update_fields=["released_at", "version"])
    state = application.state
    record("decisions.tell", application, by=by, fund=application.fund, before=state, after=state)
