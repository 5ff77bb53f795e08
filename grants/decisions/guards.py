"""When a deliberation may move. What touches the budget is checked again under its lock, by the service."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard
from fundportal.organisations.models import Conflict, Membership
from grants.decisions.states import FEWEST_APPROVERS

if TYPE_CHECKING:
    from grants.decisions.models import Appeal, Deliberation


@guard(_("Put at least one application on the list."))
def something_is_decided(deliberation: "Deliberation") -> bool:
    return deliberation.decisions.exists()


@guard(_("Name the body’s reference and the day it met."))
def reference_and_day_are_known(deliberation: "Deliberation") -> bool:
    return bool(deliberation.reference.strip()) and deliberation.held_on is not None


@guard(_("Two people have to approve it first, neither of them with a conflict of interest."))
def two_people_without_conflict_approve(deliberation: "Deliberation") -> bool:
    """Conflicts are read again here: one declared after the approval takes the approval away."""
    organisations = deliberation.decisions.values("application__organisation")
    approvers = set(deliberation.approvals.values_list("by", flat=True))
    declared = Conflict.objects.in_force().filter(person__in=approvers, organisation__in=organisations)
    joined = Membership.objects.in_force().filter(user__in=approvers, organisation__in=organisations)
    barred = set(declared.values_list("person", flat=True)) | set(joined.values_list("user", flat=True))
    return len(approvers - barred) >= FEWEST_APPROVERS


@guard(_("Two people have to answer it alike, a manager and a clerk."))
def two_people_answer_alike(appeal: "Appeal") -> bool:
    first, second = appeal.answered_by_id, appeal.agreed_by_id
    return None not in {first, second} and first != second


@guard(_("The hour of the announcement has not come yet."))
def the_hour_has_come(deliberation: "Deliberation") -> bool:
    return deliberation.release_at is not None and clock.now() >= deliberation.release_at


@guard(_("Set the hour at which everybody is told."))
def an_hour_is_set(deliberation: "Deliberation") -> bool:
    return deliberation.release_at is not None
