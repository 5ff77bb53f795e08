"""Reviews are handed back with a question, and sealed before anybody decides."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.refusals import Refusal
from grants.applications.services.locking import authorise_office
from grants.reviews import emails
from grants.reviews.models import Assignment
from grants.reviews.permissions import MANAGE, SEAL
from grants.reviews.queries.standings import with_scores
from grants.reviews.services.panels import lock_panel
from grants.reviews.services.settling import lock_assignment
from grants.reviews.states import BEFORE_READING, READING, AssignmentState


@transaction.atomic
def hand_back(assignment_id: int, *, question: str, by: Actor) -> Assignment:
    """The reviewer looks at something again; the scores stay as they are until they change them."""
    assignment = lock_assignment(assignment_id)
    authorise_office(by, MANAGE, assignment.application)
    if not question.strip():
        raise Refusal(_("Say what to look at again."), status=422, field="question")
    before = assignment.state
    assignment.question = assignment.reason = question.strip()
    move(assignment, "hand_back")
    assignment.save()
    fund = assignment.application.stage.call.fund
    record("reviews.hand_back", assignment, by=by, fund=fund, before=before, after=assignment.state)
    emails.ask_again(assignment)
    return assignment


@transaction.atomic
def seal_reviews(panel_id: int, *, by: Actor) -> int:
    """From here no score changes. Returns how many reviews were sealed.

    Raises Refusal while somebody still reads: take the assignment off, or wait; NotAllowed for whoever has a conflict
    with one of the organisations.
    """
    panel = lock_panel(panel_id)
    fund = panel.stage.call.fund
    authorise(by, SEAL, fund)
    of_stage = Assignment.objects.filter(application__stage=panel.stage)
    unfinished = of_stage.filter(state__in=(*BEFORE_READING, *READING)).count()
    if unfinished:
        sentence = ngettext(
            "%(number)d review is not handed in yet. Wait for it, or take it off.",
            "%(number)d reviews are not handed in yet. Wait for them, or take them off.",
            unfinished,
        )
        raise Refusal(sentence % {"number": unfinished})
    handed_in = with_scores(of_stage.filter(state=AssignmentState.SUBMITTED)).select_for_update(of=("self",))
    sealed = [_seal(assignment, by) for assignment in handed_in.order_by("pk")]
    if not sealed:
        raise Refusal(_("There is no review to seal."))
    return len(sealed)


def fingerprint(assignment: Assignment) -> str:
    """SHA-256 over the canonical JSON of the review: who, what, every score with its reason and its amendments."""
    scores = [
        {
            "criterion": score.criterion.key,
            "value": score.value,
            "justification": score.justification,
            "amendments": [[one.value, one.reason, one.at.isoformat()] for one in score.amendments.all()],
        }
        for score in assignment.scores.all()
    ]
    content = {
        "application": assignment.application.reference,
        "reviewer": assignment.reviewer_id,
        "agreed": assignment.agreed_hash,
        "scores": scores,
        "comment": assignment.comment,
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _seal(assignment: Assignment, by: Actor) -> Assignment:
    authorise_office(by, SEAL, assignment.application)
    before = assignment.state
    assignment.seal_hash = fingerprint(assignment)
    move(assignment, "seal")
    assignment.save()
    fund = assignment.application.stage.call.fund
    facts = {"sha256": assignment.seal_hash}
    record("reviews.seal", assignment, by=by, fund=fund, before=before, after=assignment.state, facts=facts)
    return assignment
