"""What the clock does when a deadline has passed: drafts lapse, what arrived is counted, the call closes."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.db import transaction

from fundportal import clock
from fundportal.access import SYSTEM, SystemActor, authorise
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.applications import emails
from grants.applications.models import Application, Census, Revision
from grants.applications.permissions import CLOSE
from grants.applications.queries.clock import drafts_left, fresh_census, received_unscreened, stages_to_count
from grants.applications.services.locking import lock_application, make
from grants.applications.services.screening import begin_screening
from grants.calls.models import Call, Stage
from grants.calls.queries import calls_due_to_close
from grants.calls.services import close_call
from grants.questionnaires.definition import fingerprint

# A request that arrived in the last second of the grace may still be on its way to the database.
IN_FLIGHT: Final = timedelta(minutes=1)


def close_due_calls(*, by: SystemActor = SYSTEM) -> list[int]:
    """Every stage that is over is counted, then every call whose last stage is over closes; the ids of these calls."""
    authorise(by, CLOSE)
    settled_at = clock.now() - IN_FLIGHT
    for stage_id in stages_to_count(settled_at):
        close_stage(stage_id, by=by)
    closed = []
    for call_id in calls_due_to_close(settled_at):
        with suppress(Refusal):
            closed.append(close_call(call_id, by=by).pk)
    return closed


@transaction.atomic
def close_stage(stage_id: int, *, by: SystemActor = SYSTEM) -> Census:
    """Drafts lapse, what was sent goes to be checked, and the census is written. Twice is once."""
    stage = Stage.objects.select_related("call__fund").get(pk=stage_id)
    Call.objects.select_for_update().get(pk=stage.call_id)
    known = fresh_census(stage)
    if known:
        return known
    lapsed = [lapse(application_id, by=by) for application_id in drafts_left(stage)]
    census = _count(stage, lapsed=len(lapsed))
    facts = {"received": census.received, "lapsed": census.lapsed, "sha256": census.sha256, "stage": stage.number}
    record("applications.census", stage.call, by=by, fund=stage.call.fund, facts=facts)
    for application_id in received_unscreened(stage):
        begin_screening(application_id, by=by)
    return census


@transaction.atomic
def lapse(application_id: int, *, by: SystemActor = SYSTEM) -> Application:
    """The draft ends; its writers get their answers by mail."""
    application = lock_application(application_id)
    authorise(by, CLOSE)
    make("lapse", application, by=by)
    emails.lapsed(application)
    return application


def _count(stage: Stage, *, lapsed: int) -> Census:
    """The hash is over the fingerprints of all revisions that stand, sorted: anybody with the list can check it."""
    received = Application.objects.received().filter(stage=stage)
    standing: dict[int, str] = dict(
        Revision.objects.filter(application__in=received)
        .order_by("application", "number")
        .values_list("application", "sha256")
    )
    return Census.objects.create(
        stage=stage,
        received=len(standing),
        lapsed=lapsed,
        sha256=fingerprint(sorted(standing.values())),
        taken_at=clock.now(),
    )
