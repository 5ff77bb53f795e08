"""When bank details and payment runs may move. What touches the books is checked again under their lock."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard
from fundportal.organisations.models import Conflict, Membership
from grants.payments.states import RUN_APPROVERS, BankState

if TYPE_CHECKING:
    from grants.payments.models import BankDetails, PaymentRun


@guard(_("Changed bank details are used 72 hours after the change. That time is not over yet."))
def the_waiting_time_is_over(details: "BankDetails") -> bool:
    return clock.now() >= details.effective_at


@guard(_("Say why, so that the organisation knows what to mend."))
def a_reason_is_given(details: "BankDetails") -> bool:
    return bool(details.refuse_reason.strip())


@guard(_("Say why this run is cancelled."))
def the_cancelling_has_a_reason(run: "PaymentRun") -> bool:
    return bool(run.cancel_reason.strip())


@guard(_("Put at least one payment into the run."))
def something_is_paid(run: "PaymentRun") -> bool:
    return run.instructions.in_force().exists()


@guard(_("Two people have to approve it first, neither of them its maker or with a conflict of interest."))
def two_others_without_conflict_approve(run: "PaymentRun") -> bool:
    """Conflicts are read again here: one declared after the approval takes the approval away."""
    organisations = run.instructions.in_force().values("tranche__award__organisation")
    makers = {run.made_by_id, *run.instructions.values_list("added_by", flat=True)}
    approvers = set(run.approvals.values_list("by", flat=True)) - makers
    declared = Conflict.objects.in_force().filter(person__in=approvers, organisation__in=organisations)
    joined = Membership.objects.in_force().filter(user__in=approvers, organisation__in=organisations)
    barred = set(declared.values_list("person", flat=True)) | set(joined.values_list("user", flat=True))
    return len(approvers - barred) >= RUN_APPROVERS


@guard(_("The bank details of a payment are no longer in use. Cancel this run and make another one."))
def every_account_is_in_use(run: "PaymentRun") -> bool:
    return not run.instructions.in_force().exclude(bank_details__state=BankState.ACTIVE).exists()


@guard(_("A payment of this run is not on the statement yet."))
def every_payment_is_accounted_for(run: "PaymentRun") -> bool:
    return not run.instructions.filter(Q(confirmed_at__isnull=True, ended_at__isnull=True)).exists()
