"""A change of a running grant: proposed by either side, decided by the fund, signed by both, or withdrawn."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fundportal.access import SYSTEM
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.ledger.queries import may_promise
from fundportal.ledger.services import lock_means
from fundportal.lifecycle import why_not
from fundportal.money import Money, format_money
from fundportal.organisations.queries import may_edit
from fundportal.refusals import NotAllowed, Refusal
from grants.awards import emails
from grants.awards.models import Amendment, AmendmentApproval, Award
from grants.awards.permissions import AMEND, CHANGE
from grants.awards.queries.amendments import is_small_move
from grants.awards.services.agreements import annul_open, write_amended
from grants.awards.services.applying import carry_out
from grants.awards.services.changing import refuse_beyond_the_call
from grants.awards.services.ending import give_back_to_the_call
from grants.awards.services.locking import (
    authorise_office,
    lock_amendment,
    lock_award,
    make_amendment,
    refuse_stale,
)
from grants.awards.services.terms_changed import Change, refuse_misfit, terms_of, write_changes
from grants.awards.states import OPEN_AMENDMENT, RUNNING, AmendmentState, Side, TermKind


@transaction.atomic
def propose_amendment(award_id: int, *, side: str, reason: str, changes: Iterable[Change], by: User) -> Amendment:
    """A draft. Raises Refusal (409) while another change is on its way, (422) for what does not fit the grant."""
    award = lock_award(award_id)
    _authorise(side, by, award)
    if award.state not in RUNNING:
        raise Refusal(_("The award is not under way."))
    if award.amendments.filter(state__in=OPEN_AMENDMENT).exists():
        raise Refusal(_("Another change of this grant is on its way. Bring that one to its end first."))
    last = award.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment = Amendment(award=award, number=last + 1, side=side, reason=_said(reason, "reason"), proposed_by=by)
    amendment.save()
    refuse_misfit(amendment, write_changes(amendment, changes))
    record("amendments.propose", amendment, by=by, fund=award.fund, after=amendment.state)
    return amendment


@transaction.atomic
def rewrite_amendment(
    amendment_id: int, *, reason: str, changes: Iterable[Change], version: int, by: User
) -> Amendment:
    """While it is a draft, by the side that proposed it."""
    amendment = lock_amendment(amendment_id)
    _authorise(amendment.side, by, amendment.award)
    if amendment.state != AmendmentState.DRAFT:
        raise Refusal(_("It was sent already. Withdraw it to write another one."))
    refuse_stale(amendment, version)
    amendment.reason = _said(reason, "reason")
    amendment.version += 1
    amendment.save()
    refuse_misfit(amendment, write_changes(amendment, changes))
    state = amendment.state
    record("amendments.rewrite", amendment, by=by, fund=amendment.award.fund, before=state, after=state)
    return amendment


@transaction.atomic
def submit_amendment(amendment_id: int, *, by: User) -> Amendment:
    """A small move of the grantee's within the budget holds at once; anything else waits for the fund."""
    amendment = lock_amendment(amendment_id)
    _authorise(amendment.side, by, amendment.award)
    terms = terms_of(amendment)
    refuse_misfit(amendment, terms)
    amendment.is_small = is_small_move(amendment, terms)
    make_amendment("submit", amendment, by=by, facts={"is_small": amendment.is_small})
    if amendment.is_small:
        make_amendment("approve", amendment, by=SYSTEM)
        carry_out(amendment, by=SYSTEM)
        emails.amendment_applied(amendment)
    return amendment


@transaction.atomic
def approve_amendment(amendment_id: int, *, version: int, by: User) -> Amendment:
    """One of the people of the fund who stand for it; the last one who is needed sends the new agreement.

    What it raises the award by is held from then on. Raises NotAllowed (403) for whoever proposed it, Refusal (409)
    beyond the budget of the call or the means of the purpose.
    """
    amendment = lock_amendment(amendment_id)
    award = amendment.award
    authorise_office(by, CHANGE, award)
    if amendment.state != AmendmentState.SUBMITTED:
        raise Refusal(_("It is decided once it is sent, and once."))
    if amendment.proposed_by_id == by.pk:
        raise NotAllowed(_("You proposed this change. Somebody else approves it."))
    refuse_stale(amendment, version)
    refuse_misfit(amendment, terms_of(amendment))
    _approval, is_new = AmendmentApproval.objects.get_or_create(amendment=amendment, by=by)
    if is_new:
        state = amendment.state
        record("amendments.stand_for", amendment, by=by, fund=award.fund, before=state, after=state)
    if not why_not(amendment, "approve"):
        _approve(amendment, by)
    return amendment


@transaction.atomic
def reject_amendment(amendment_id: int, *, reason: str, by: User) -> Amendment:
    amendment = lock_amendment(amendment_id)
    authorise_office(by, CHANGE, amendment.award)
    amendment.answer = _said(reason, "reason")
    make_amendment("reject", amendment, by=by, facts={"reason": amendment.answer})
    emails.amendment_rejected(amendment)
    return amendment


@transaction.atomic
def withdraw_amendment(amendment_id: int, *, side: str, by: User) -> Amendment:
    """By the side that proposed it, and by the fund once it is approved: everything stays as it was signed."""
    amendment = lock_amendment(amendment_id)
    _authorise(side, by, amendment.award)
    if side != amendment.side and not (side == Side.FUND and amendment.state == AmendmentState.APPROVED):
        raise NotAllowed(_("Whoever proposed this change withdraws it."))
    make_amendment("withdraw", amendment, by=by)
    if amendment.agreement is not None:
        annul_open(amendment.award, by=by)
    give_back_to_the_call(amendment.award)
    return amendment


def _approve(amendment: Amendment, by: User) -> None:
    award = amendment.award
    raised = sum(term.difference_minor for term in amendment.terms.all() if term.kind == TermKind.AMOUNT)
    if raised > 0:
        lock_means(award.fund_id)
        left = may_promise(award.purpose, award.currency)
        if left < Money(raised, award.currency):
            words = {"what": award.purpose.name, "left": format_money(left)}
            raise Refusal(_("%(what)s has %(left)s left, and this is more.") % words)
    amendment.agreement = write_amended(amendment, by=by)
    make_amendment("approve", amendment, by=by, facts={"agreement": amendment.agreement.number})
    if raised > 0:
        give_back_to_the_call(award)
        refuse_beyond_the_call(award)
    emails.amendment_approved(amendment, amendment.agreement)


def _authorise(side: str, by: User, award: Award) -> None:
    """For the fund whoever may propose changes, for the grantee everybody who works for it."""
    if side == Side.FUND:
        authorise_office(by, AMEND, award)
    elif not may_edit(by, award.organisation):
        raise NotAllowed(_("Only people who work for this organisation answer for it."))


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise Refusal(_("Say why."), status=422, field=field)
    return text.strip()
