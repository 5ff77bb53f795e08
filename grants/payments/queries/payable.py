"""What can be put into a run, and when the clock has work."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from fundportal import clock
from fundportal.access import Actor
from fundportal.funds.models import Fund
from fundportal.organisations.queries import conflicted_ids
from grants.awards.models import Tranche
from grants.awards.states import AwardState, TrancheState
from grants.payments.models import BankDetails, Instruction
from grants.payments.states import BankState

IN_A_RUN = Instruction.objects.in_force().filter(tranche=OuterRef("pk"))
HAS_AN_ACCOUNT = BankDetails.objects.in_use().filter(organisation=OuterRef("award__organisation"))


def payable_tranches(fund: Fund, viewer: Actor) -> QuerySet[Tranche]:
    """Approved, in no run, and with an account to go to."""
    approved = Tranche.objects.filter(award__fund=fund, award__state=AwardState.ACTIVE, state=TrancheState.APPROVED)
    free = approved.filter(~Exists(IN_A_RUN), Exists(HAS_AN_ACCOUNT))
    seen = free.exclude(award__organisation__in=conflicted_ids(viewer))
    return seen.select_related("award__organisation").order_by("planned_on", "award__reference", "number")


def next_activation_at() -> datetime | None:
    coming = BankDetails.objects.filter(state=BankState.VERIFIED, effective_at__gt=clock.now())
    return coming.order_by("effective_at").values_list("effective_at", flat=True).first()
