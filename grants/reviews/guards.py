from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal.lifecycle import guard
from fundportal.organisations.queries import has_conflict

if TYPE_CHECKING:
    from grants.reviews.models import Assignment


@guard(_("A conflict of interest is on record between this reviewer and this organisation."))
def no_conflict_is_on_record(assignment: "Assignment") -> bool:
    return not has_conflict(assignment.reviewer, assignment.application.organisation_id)


@guard(_("Agree to the rules and answer the question about conflicts first."))
def agreement_is_given(assignment: "Assignment") -> bool:
    return assignment.agreed_at is not None


@guard(_("Some criteria have no score or no reason yet."))
def every_criterion_has_a_score_and_a_reason(assignment: "Assignment") -> bool:
    wanted = set(assignment.application.stage.criteria.values_list("pk", flat=True))
    given = assignment.scores.exclude(value__isnull=True).exclude(justification="")
    return wanted == set(given.values_list("criterion_id", flat=True))


@guard(_("Say why."))
def a_reason_is_given(assignment: "Assignment") -> bool:
    return assignment.reason.strip() != ""
