"""How every act on an award begins and ends: its row locked, the person's right checked, the move recorded.

Locks are taken from the top: the award, then its agreement, tranche or report, then (by the ledger) the fund's means.
Whoever moves a tranche or a report therefore waits for whoever suspends or ends its award.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.organisations.queries import has_conflict, may_sign
from fundportal.refusals import NotAllowed, Refusal
from grants.awards.models import Agreement, Amendment, Award, ReportDue, Tranche

Facts = dict[str, Any] | None


def lock_award(award_id: int) -> Award:
    """Read after the lock: PostgreSQL would show joined rows as they were before the wait for it."""
    Award.objects.select_for_update().get(pk=award_id)
    return Award.objects.select_related("fund", "purpose", "organisation", "application").get(pk=award_id)


def lock_agreement(agreement_id: int) -> Agreement:
    award = lock_award(Agreement.objects.values_list("award", flat=True).get(pk=agreement_id))
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    agreement.award = award
    return agreement


def lock_amendment(amendment_id: int) -> Amendment:
    award = lock_award(Amendment.objects.values_list("award", flat=True).get(pk=amendment_id))
    amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment_id)
    amendment.award = award
    return amendment


def lock_tranche(tranche_id: int) -> Tranche:
    award = lock_award(Tranche.objects.values_list("award", flat=True).get(pk=tranche_id))
    tranche = Tranche.objects.select_for_update().get(pk=tranche_id)
    tranche.award = award
    return tranche


def lock_report(report_due_id: int) -> ReportDue:
    award = lock_award(ReportDue.objects.values_list("award", flat=True).get(pk=report_due_id))
    report = ReportDue.objects.select_for_update().get(pk=report_due_id)
    report.award = award
    return report


def authorise_office(by: Actor, permission: str, award: Award) -> None:
    """The role, in this fund, and no tie to the grantee."""
    authorise(by, permission, award.fund)
    if has_conflict(by, award.organisation_id):
        raise NotAllowed(_("You have a conflict of interest with this organisation. Somebody else does this."))


def authorise_signatory(by: Actor, award: Award) -> None:
    if not may_sign(by, award.organisation):
        raise NotAllowed(_("Somebody who signs for your organisation has to do this."))


def make(name: str, award: Award, *, by: Actor, facts: Facts = None) -> Award:
    before = award.state
    move(award, name)
    award.version += 1
    award.save()
    record(f"awards.{name}", award, by=by, fund=award.fund, before=before, after=award.state, facts=facts)
    return award


def make_agreement(name: str, agreement: Agreement, *, by: Actor, facts: Facts = None) -> Agreement:
    before = agreement.state
    move(agreement, name)
    agreement.save()
    fund = agreement.award.fund
    record(f"agreements.{name}", agreement, by=by, fund=fund, before=before, after=agreement.state, facts=facts)
    return agreement


def make_amendment(name: str, amendment: Amendment, *, by: Actor, facts: Facts = None) -> Amendment:
    """The caller checks who may."""
    before = amendment.state
    move(amendment, name)
    amendment.version += 1
    amendment.save()
    fund = amendment.award.fund
    record(f"amendments.{name}", amendment, by=by, fund=fund, before=before, after=amendment.state, facts=facts)
    return amendment


def make_tranche(name: str, tranche: Tranche, *, by: Actor, facts: Facts = None) -> Tranche:
    """The caller checks who may. What the books say of it is the caller's too."""
    before = tranche.state
    move(tranche, name)
    tranche.version += 1
    tranche.save()
    fund = tranche.award.fund
    record(f"tranches.{name}", tranche, by=by, fund=fund, before=before, after=tranche.state, facts=facts)
    return tranche


def make_report(name: str, report: ReportDue, *, by: Actor, facts: Facts = None) -> ReportDue:
    """The caller checks who may."""
    before = report.state
    move(report, name)
    report.version += 1
    report.save()
    fund = report.award.fund
    record(f"reports_due.{name}", report, by=by, fund=fund, before=before, after=report.state, facts=facts)
    return report


def refuse_stale(row: models.Model, version: int) -> None:
    if row.version != version:  # type: ignore[attr-defined]  # rows with a version column only
        raise Refusal(_("Somebody changed this meanwhile. Your text is kept; look at theirs first."))
