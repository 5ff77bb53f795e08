"""However an award ends, exactly what is promised and not paid becomes free again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import SYSTEM, Actor
from fundportal.accounts.models import User
from fundportal.ledger.queries import balance
from fundportal.ledger.states import JournalKind
from fundportal.lifecycle import why_not
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.awards import emails
from grants.awards.models import Award, AwardChange
from grants.awards.permissions import END, MANAGE
from grants.awards.queries.amendments import pending_raise
from grants.awards.queries.due import awards_that_may_lapse
from grants.awards.services.agreements import annul_open
from grants.awards.services.locking import (
    authorise_office,
    authorise_signatory,
    lock_award,
    make,
    make_amendment,
    make_report,
    make_tranche,
)
from grants.awards.services.offering import book
from grants.awards.states import OPEN_AMENDMENT, UNPAID, ChangeKind, ReportState
from grants.decisions.models import BudgetHold


@transaction.atomic
def decline_award(award_id: int, *, reason: str, by: User) -> Award:
    """The grantee does without it."""
    award = lock_award(award_id)
    authorise_signatory(by, award)
    return _end("decline", award, reason=_said(reason), by=by)


@transaction.atomic
def rescind_award(award_id: int, *, reason: str, by: User) -> Award:
    """The fund takes the offer back, before the award runs."""
    award = lock_award(award_id)
    authorise_office(by, END, award)
    return _end("rescind", award, reason=_said(reason), by=by)


@transaction.atomic
def terminate_award(award_id: int, *, reason: str, by: User) -> Award:
    """While it runs. What is paid stays paid; raises Refusal (409) while a payment is on its way at the bank."""
    award = lock_award(award_id)
    authorise_office(by, END, award)
    return _end("terminate", award, reason=_said(reason), by=by)


def lapse_due() -> int:
    """What the clock does. Returns how many offers ended because nobody answered in time."""
    due = list(awards_that_may_lapse(clock.now()).values_list("pk", flat=True))
    return sum(_lapse(award_id) for award_id in due)


@transaction.atomic
def suspend_award(award_id: int, *, reason: str, by: User) -> Award:
    award = lock_award(award_id)
    authorise_office(by, END, award)
    award.suspend_reason = _said(reason)
    return make("suspend", award, by=by, facts={"reason": award.suspend_reason})


@transaction.atomic
def resume_award(award_id: int, *, by: User) -> Award:
    award = lock_award(award_id)
    authorise_office(by, END, award)
    return make("resume", award, by=by)


@transaction.atomic
def begin_closing(award_id: int, *, by: User) -> Award:
    award = lock_award(award_id)
    authorise_office(by, MANAGE, award)
    return make("begin_closing", award, by=by)


@transaction.atomic
def close_award(award_id: int, *, by: User) -> Award:
    award = lock_award(award_id)
    authorise_office(by, END, award)
    return make("close", award, by=by)


@transaction.atomic
def _lapse(award_id: int) -> bool:
    award = lock_award(award_id)
    if why_not(award, "lapse"):
        return False
    _end("lapse", award, reason="", by=SYSTEM)
    return True


def _end(name: str, award: Award, *, reason: str, by: Actor) -> Award:
    freed = unpaid(award)
    award.end_reason = reason
    award.amount_minor -= freed.minor
    make(name, award, by=by, facts={"reason": reason, "freed_minor": freed.minor})
    withdraw_open(award, by=by)
    annul_open(award, by=by)
    _cancel_what_hangs_on(award, by)
    give_back_to_the_call(award)
    emails.award_ended(award)
    if not freed.is_zero:
        book_change(award, ChangeKind.ENDED_EARLY, -freed, reason=reason, by=by)
    return award


def unpaid(award: Award) -> Money:
    """From the books: promised, and not instructed at the bank."""
    return balance(award.fund, award.payable_account, award.currency)


def book_change(award: Award, kind: str, difference: Money, *, reason: str, by: Actor) -> AwardChange:
    person = by if isinstance(by, User) else None
    change = AwardChange.objects.create(
        award=award, kind=kind, amount_minor=difference.minor, currency=award.currency, reason=reason, by=person
    )
    source = ("award_change", str(change.pk))
    book(award, difference, kind=JournalKind.AWARD_CHANGE, source=source, by=by)
    return change


def give_back_to_the_call(award: Award) -> None:
    """Its budget counts what is promised, or will be by an approved change, but for what came back."""
    taken = award.amount_minor + pending_raise(award) - award.unspent.returned.minor
    left: dict[str, Any] = {"is_committed": bool(taken)}
    if taken:
        left["amount_minor"] = taken
    BudgetHold.objects.filter(decision=award.decision_id).update(**left)


def withdraw_open(award: Award, *, by: Actor) -> None:
    """A change of what has ended changes nothing any more."""
    for amendment in award.amendments.select_for_update(of=("self",)).filter(state__in=OPEN_AMENDMENT).order_by("pk"):
        amendment.award = award
        make_amendment("withdraw", amendment, by=by)


def _cancel_what_hangs_on(award: Award, by: Actor) -> None:
    for tranche in award.tranches.select_for_update().filter(state__in=UNPAID).order_by("number"):
        tranche.award = award
        make_tranche("cancel", tranche, by=by)
    for report in award.reports_due.select_for_update().filter(state=ReportState.SCHEDULED).order_by("number"):
        report.award = award
        report.waive_reason = award.end_reason or str(award.get_state_display())
        make_report("waive", report, by=by)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal(_("Say why."), status=422, field="reason")
    return reason.strip()
