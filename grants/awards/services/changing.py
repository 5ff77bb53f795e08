"""What the fund does alone within a signed award: it adds or gives up a payment, and frees what none is planned for.

Whatever changes the terms that both sides signed (more money, other days, another budget) is an amendment.
"""

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from fundportal.access import Actor
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.ledger.services import lock_means
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.awards.models import Award, ReportDue, Tranche
from grants.awards.permissions import CHANGE
from grants.awards.services.ending import book_change, give_back_to_the_call, unpaid
from grants.awards.services.locking import authorise_office, lock_award, lock_tranche, make_tranche, refuse_stale
from grants.awards.services.terms import TrancheTerms, check_payments, write_tranche
from grants.awards.states import RUNNING, AwardState, ChangeKind, TrancheState
from grants.decisions.queries.holds import agreed

OVER = (AwardState.TERMINATED, AwardState.CLOSED)


@transaction.atomic
def change_amount(award_id: int, *, difference: Money, reason: str, version: int, by: User) -> Award:
    """Lowers it, by a `difference` below zero, by what no payment is planned for. Raises Refusal (422) otherwise."""
    award = lock_award(award_id)
    authorise_office(by, CHANGE, award)
    refuse_stale(award, version)
    _check_change(award, difference, reason)
    return alter_amount(award, difference, reason=reason.strip(), by=by)


@transaction.atomic
def add_tranche(award_id: int, *, terms: TrancheTerms, by: User) -> Tranche:
    """One more payment, out of what no other is planned for."""
    award = lock_award(award_id)
    authorise_office(by, CHANGE, award)
    _refuse_unless_running(award)
    reports = list(award.reports_due.order_by("number"))
    check_payments([terms], award.amount - planned(award), reports=len(reports))
    return plan_tranche(award, terms, reports, by=by)


@transaction.atomic
def cancel_tranche(tranche_id: int, *, reason: str, by: User) -> Tranche:
    """It will not be paid. Where the award is over already, its money becomes free with it."""
    tranche = lock_tranche(tranche_id)
    award = tranche.award
    authorise_office(by, CHANGE, award)
    if not reason.strip():
        raise Refusal(_("Say why."), status=422, field="reason")
    make_tranche("cancel", tranche, by=by, facts={"reason": reason.strip()})
    if award.state in OVER:
        _free(award, min(tranche.amount, unpaid(award)), reason.strip(), by)
    return tranche


def alter_amount(award: Award, difference: Money, *, reason: str, by: Actor) -> Award:
    """Under its lock, by more or less than nothing, where that is decided already."""
    award.amount_minor += difference.minor
    award.version += 1
    award.save()
    kind = ChangeKind.LOWERED if difference.is_negative else ChangeKind.RAISED
    facts = {"difference_minor": difference.minor, "reason": reason}
    record("awards.change_amount", award, by=by, fund=award.fund, before=award.state, after=award.state, facts=facts)
    lock_means(award.fund_id)
    give_back_to_the_call(award)
    refuse_beyond_the_call(award)
    book_change(award, kind, difference, reason=reason, by=by)
    return award


def plan_tranche(award: Award, terms: TrancheTerms, reports: list[ReportDue], *, by: Actor) -> Tranche:
    """Under its lock, as the next number."""
    number = (award.tranches.aggregate(last=Max("number"))["last"] or 0) + 1
    made = write_tranche(award, number, terms, reports)
    record("tranches.plan", made, by=by, fund=award.fund, after=made.state, facts={"amount_minor": made.amount_minor})
    return made


def planned(award: Award) -> Money:
    """What payments that still count come to, paid or not."""
    counting = award.tranches.exclude(state=TrancheState.CANCELLED)
    return Money(counting.aggregate(sum=Sum("amount_minor", default=0))["sum"], award.currency)


def _free(award: Award, freed: Money, reason: str, by: User) -> None:
    award.amount_minor -= freed.minor
    award.version += 1
    award.save()
    give_back_to_the_call(award)
    book_change(award, ChangeKind.LOWERED, -freed, reason=reason, by=by)


def _check_change(award: Award, difference: Money, reason: str) -> None:
    _refuse_unless_running(award)
    if not reason.strip():
        raise Refusal(_("Say why."), status=422, field="reason")
    if difference.currency != award.currency or difference.is_zero:
        raise Refusal(_("Say by how much, in the currency of the award."), status=422, field="difference")
    if not difference.is_negative:
        sentence = _("More money is promised by a change of the grant that both sides sign.")
        raise Refusal(sentence, status=422, field="difference")
    free = award.amount - planned(award)
    if -difference > free:
        sentence = _("Payments are planned for all but %(free)s of it. Cancel a payment first.")
        raise Refusal(sentence % {"free": format_money(free)}, status=422, field="difference")
    if (award.amount + difference).minor <= 0:
        raise Refusal(_("End the award instead of lowering it to nothing."), status=422, field="difference")


def _refuse_unless_running(award: Award) -> None:
    if award.state not in RUNNING:
        raise Refusal(_("The award is not under way."))


def refuse_beyond_the_call(award: Award) -> None:
    """Under the lock of the fund, with the new amount counted."""
    call = award.application.stage.call
    over = agreed(call) - call.budget
    if over.minor > 0:
        raise Refusal(_("This is %(over)s more than the budget of the call.") % {"over": format_money(over)})
