"""How an assignment ends before its time: recused, taken off, not answered."""

from django.db import transaction

from fundportal import clock
from fundportal.access import SYSTEM, Actor
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations.models import Conflict
from grants.applications.services.locking import authorise_office
from grants.reviews.models import Assignment
from grants.reviews.permissions import MANAGE
from grants.reviews.states import UNSEALED, AssignmentState


def recuse_everywhere(conflict: Conflict) -> None:
    """In the transaction that declares the conflict, so that the next page they open shows nothing any more."""
    touched = Assignment.objects.filter(
        reviewer=conflict.person_id, application__organisation=conflict.organisation_id, state__in=UNSEALED
    )
    for assignment_id in touched.order_by("pk").values_list("pk", flat=True):
        _end(assignment_id, "recuse", reason=conflict.reason, by=conflict.declared_by or SYSTEM)


@transaction.atomic
def remove_assignment(assignment_id: int, *, reason: str, by: Actor) -> Assignment:
    """By staff; the application then lacks a reader, and the next plan looks for one."""
    assignment = lock_assignment(assignment_id)
    authorise_office(by, MANAGE, assignment.application)
    return _end(assignment_id, "remove", reason=reason, by=by)


def expire_unanswered() -> int:
    """What the clock does: invitations nobody answered in time. Returns how many."""
    late = Assignment.objects.filter(
        state=AssignmentState.INVITED, application__stage__panel__answer_by__lt=clock.now()
    ).order_by("pk")
    ids = list(late.values_list("pk", flat=True))
    for assignment_id in ids:
        with transaction.atomic():
            _end(assignment_id, "expire", reason="", by=SYSTEM)
    return len(ids)


def lock_assignment(assignment_id: int) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application__stage__call__fund", "application__organisation", "reviewer")
        .get(pk=assignment_id)
    )


def _end(assignment_id: int, act: str, *, reason: str, by: Actor) -> Assignment:
    assignment = lock_assignment(assignment_id)
    before = assignment.state
    assignment.reason = reason
    move(assignment, act)
    assignment.save()
    fund = assignment.application.stage.call.fund
    record(f"reviews.{act}", assignment, by=by, fund=fund, before=before, after=assignment.state)
    return assignment
