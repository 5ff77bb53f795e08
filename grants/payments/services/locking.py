"""How every act on bank details and payment runs begins and ends.

Locks are taken from the outside in: the bank account whose statement is read, the run, the award and its tranche, and
last (by the ledger) the fund's means. Bank details are locked by their organisation.
"""

from typing import Any

from django.utils.translation import gettext as _

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import conflicted_ids, has_conflict
from fundportal.refusals import NotAllowed
from grants.awards.models import Award
from grants.payments.models import BankDetails, PaymentRun

Facts = dict[str, Any] | None


def lock_details(details_id: int) -> BankDetails:
    """Whoever proposes, checks or puts into use details of the same organisation waits here."""
    organisation_id = BankDetails.objects.values_list("organisation", flat=True).get(pk=details_id)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    BankDetails.objects.select_for_update().get(pk=details_id)
    return BankDetails.objects.select_related("organisation", "fund").get(pk=details_id)


def lock_run(run_id: int) -> PaymentRun:
    """Read after the lock: PostgreSQL would show joined rows as they were before the wait for it."""
    PaymentRun.objects.select_for_update().get(pk=run_id)
    return PaymentRun.objects.select_related("fund", "bank_account", "made_by").get(pk=run_id)


def authorise_verifier(by: Actor, permission: str, details: BankDetails) -> None:
    """The role, in the fund whose office checks them, and no tie to the organisation."""
    authorise(by, permission, details.fund)
    refuse_conflicted(by, details.organisation_id)


def refuse_conflicted(by: Actor, organisation_id: int) -> None:
    if has_conflict(by, organisation_id):
        raise NotAllowed(_("You have a conflict of interest with this organisation. Somebody else does this."))


def refuse_conflicted_with(by: Actor, run: PaymentRun) -> None:
    """Nobody moves a run that pays an organisation they have a tie to."""
    paid = Award.objects.filter(tranches__instructions__in=run.instructions.in_force())
    if paid.filter(organisation__in=conflicted_ids(by)).exists():
        raise NotAllowed(
            _("You have a conflict of interest with an organisation in this run. Somebody else does this.")
        )


def make_details(name: str, details: BankDetails, *, by: Actor, facts: Facts = None) -> BankDetails:
    before = details.state
    move(details, name)
    details.save()
    known = {"last_digits": details.last_digits, **(facts or {})}
    record(f"bank_details.{name}", details, by=by, fund=details.fund, before=before, after=details.state, facts=known)
    return details


def make_run(name: str, run: PaymentRun, *, by: Actor, facts: Facts = None) -> PaymentRun:
    before = run.state
    move(run, name)
    run.version += 1
    run.save()
    record(f"payment_runs.{name}", run, by=by, fund=run.fund, before=before, after=run.state, facts=facts)
    return run
