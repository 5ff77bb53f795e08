"""What a reviewer does: agree or decline, declare a conflict, score, hand in."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations import services as organisations
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.services import complete_reviews
from grants.applications.services.locking import lock_application
from grants.applications.states import ApplicationState
from grants.reviews.models import Amendment, Assignment, Score
from grants.reviews.permissions import REVIEW
from grants.reviews.services.settling import lock_assignment
from grants.reviews.states import HANDED_IN, HIGHEST_SCORE, LOWEST_SCORE, READING, AssignmentState


@dataclass(frozen=True)
class Entry:
    """One criterion as it was typed: no value yet, or 0 to 5."""

    value: int | None
    justification: str


@transaction.atomic
def accept(assignment_id: int, *, by: User) -> Assignment:
    """The reviewer agrees to the rules and says that no conflict is known to them; only then the content opens."""
    assignment = _lock_own(assignment_id, by)
    before = assignment.state
    assignment.agreed_text = assignment.application.stage.panel.agreement
    assignment.agreed_hash = hashlib.sha256(assignment.agreed_text.encode()).hexdigest()
    assignment.agreed_at = clock.now()
    move(assignment, "accept")
    return _keep(assignment, "accept", before, by)


@transaction.atomic
def decline(assignment_id: int, *, reason: str, by: User) -> Assignment:
    assignment = _lock_own(assignment_id, by)
    if not reason.strip():
        raise Refusal(
            _("Say in a few words why, so that the office can ask somebody else."), status=422, field="reason"
        )
    before = assignment.state
    assignment.reason = reason.strip()
    move(assignment, "decline")
    return _keep(assignment, "decline", before, by)


@transaction.atomic
def declare_conflict(assignment_id: int, *, reason: str, by: User) -> None:
    """Recuses at once, here and wherever else this reviewer would meet the organisation."""
    assignment = _lock_own(assignment_id, by)
    organisation_id = assignment.application.organisation_id
    organisations.declare_conflict(by.pk, organisation_id=organisation_id, reason=reason, by=by)


@transaction.atomic
def save_review(
    assignment_id: int, *, entries: Mapping[int, Entry], comment: str | None = None, version: int, by: User
) -> Assignment:
    """Keeps what is typed so far; `entries` by criterion id. Raises Refusal (409) when another window saved since."""
    assignment = _lock_own(assignment_id, by)
    if assignment.state not in READING:
        raise Refusal(_("This review is no longer open for writing."))
    if assignment.version != version:
        raise Refusal(_("You saved this review in another window. Your text is kept here; choose what stays."))
    if assignment.state != AssignmentState.IN_PROGRESS:
        before = assignment.state
        move(assignment, "begin")
        _keep(assignment, "begin", before, by)
    _write_scores(assignment, entries)
    assignment.comment = assignment.comment if comment is None else comment
    assignment.version += 1
    assignment.saved_at = clock.now()
    assignment.save()
    return assignment


@transaction.atomic
def hand_in(assignment_id: int, *, by: User) -> Assignment:
    """With the last review wanted, the application counts as reviewed."""
    assignment = _lock_own(assignment_id, by)
    before = assignment.state
    move(assignment, "submit")
    _keep(assignment, "submit", before, by)
    _complete(assignment.application_id)
    return assignment


@transaction.atomic
def amend_score(assignment_id: int, *, criterion_id: int, value: int, reason: str, by: User) -> Amendment:
    """After the panel talked, before it is sealed. The first score stays readable beside the new one. Twice is once."""
    assignment = _lock_own(assignment_id, by)
    if assignment.state != AssignmentState.SUBMITTED:
        raise Refusal(_("A score can be changed after it is handed in and before it is sealed."))
    if not reason.strip():
        raise Refusal(_("Say why the score changes."), status=422, field="reason")
    _check_value(value)
    score = assignment.scores.get(criterion=criterion_id)
    standing = score.amendments.order_by("at", "pk").last()
    if standing and (standing.value, standing.reason, standing.by_id) == (value, reason.strip(), by.pk):
        return standing
    if value == (standing.value if standing else score.value):
        raise Refusal(_("This is the score that counts already. Choose another."), status=422, field="value")
    amendment = Amendment.objects.create(score=score, value=value, reason=reason.strip(), by=by)
    fund = assignment.application.stage.call.fund
    record("reviews.amend_score", assignment, by=by, fund=fund, before=assignment.state, after=assignment.state)
    return amendment


def _write_scores(assignment: Assignment, entries: Mapping[int, Entry]) -> None:
    known = set(assignment.application.stage.criteria.values_list("pk", flat=True))
    for criterion_id, entry in entries.items():
        if criterion_id not in known:
            raise Refusal(_("This criterion does not belong to the call."), status=422)
        if entry.value is not None:
            _check_value(entry.value)
        Score.objects.update_or_create(
            assignment=assignment,
            criterion_id=criterion_id,
            defaults={"value": entry.value, "justification": entry.justification.strip()},
        )


def _check_value(value: int) -> None:
    if not LOWEST_SCORE <= value <= HIGHEST_SCORE:
        raise Refusal(_("Scores go from 0 to 5."), status=422, field="value")


def _complete(application_id: int) -> None:
    """The application moves once as many reviews are in as the panel wants.

    Counted under its lock: of two who hand in at once the second sees the first.
    """
    application = lock_application(application_id)
    handed_in = Assignment.objects.filter(application=application, state__in=HANDED_IN).count()
    if handed_in >= application.stage.panel.reviewers_wanted and application.state == ApplicationState.IN_REVIEW:
        complete_reviews(application.pk, by=SYSTEM)


def _lock_own(assignment_id: int, by: User) -> Assignment:
    assignment = lock_assignment(assignment_id)
    authorise(by, REVIEW, assignment.application.stage.call.fund)
    if assignment.reviewer_id != by.pk:
        raise NotAllowed(_("This review is somebody else’s."))
    return assignment


def _keep(assignment: Assignment, act: str, before: str, by: User) -> Assignment:
    assignment.save()
    fund = assignment.application.stage.call.fund
    record(f"reviews.{act}", assignment, by=by, fund=fund, before=before, after=assignment.state)
    return assignment
