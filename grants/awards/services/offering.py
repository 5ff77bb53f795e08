"""From the announced decision to the offer: what was held for it becomes a promise in the books."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import lock_application
from grants.applications.states import ApplicationState
from grants.awards import emails
from grants.awards.models import Award
from grants.awards.permissions import OFFER
from grants.awards.services.agreements import annul_open
from grants.awards.services.locking import authorise_office, lock_award, refuse_stale
from grants.awards.services.terms import AwardTerms, check_terms, erase_terms, write_terms
from grants.awards.states import AgreementState, AwardState
from grants.decisions.models import BudgetHold, Decision
from grants.decisions.states import DeliberationState, Outcome

MEMO_LENGTH = 300


@transaction.atomic
def offer_award(application_id: int, *, terms: AwardTerms, by: User) -> Award:
    """Raises Refusal (409) without an announced approval or with an award already, (422) for terms that do not fit."""
    application = lock_application(application_id)
    decision = _announced_approval(application)
    award = _drawn_up(application, decision, terms, by)
    authorise_office(by, OFFER, award)
    if Award.objects.filter(application=application).exists():
        raise Refusal(_("The award is offered already."))
    check_terms(terms, award.offered, award)
    award.save(force_insert=True)
    write_terms(award, terms)
    facts = {"amount_minor": award.amount_minor, "currency": award.currency}
    record("awards.offer", award, by=by, fund=award.fund, after=award.state, facts=facts)
    emails.offered(award)
    _promise(award, by)
    return award


@transaction.atomic
def change_terms(award_id: int, *, terms: AwardTerms, version: int, by: User) -> Award:
    """While it is offered and nobody has signed. An agreement that was being read is void: it tells the old terms."""
    award = lock_award(award_id)
    authorise_office(by, OFFER, award)
    if award.state != AwardState.OFFERED:
        raise Refusal(_("The terms can be changed while the award is offered."))
    if award.agreements.filter(state__in=(AgreementState.SIGNING, AgreementState.EXECUTED)).exists():
        raise Refusal(_("Somebody has signed already. Take the award back and offer it anew."))
    refuse_stale(award, version)
    check_terms(terms, award.amount, award)
    annul_open(award, by=by)
    erase_terms(award)
    write_terms(award, terms)
    award.starts_on, award.ends_on, award.respond_by = terms.starts_on, terms.ends_on, terms.respond_by
    award.version += 1
    award.save()
    record("awards.change_terms", award, by=by, fund=award.fund, before=award.state, after=award.state)
    return award


def _announced_approval(application: Application) -> Decision:
    announced = Decision.objects.filter(
        application=application,
        is_effective=True,
        outcome=Outcome.APPROVE,
        deliberation__state=DeliberationState.RELEASED,
    ).first()
    if announced is None or application.state != ApplicationState.APPROVED:
        raise Refusal(_("An award follows an approval that is announced."))
    return announced


def _drawn_up(application: Application, decision: Decision, terms: AwardTerms, by: User) -> Award:
    """Not saved yet."""
    call = application.stage.call
    dates: dict[str, Any] = {"starts_on": terms.starts_on, "ends_on": terms.ends_on, "respond_by": terms.respond_by}
    return Award(
        reference=application.reference,
        application=application,
        decision=decision,
        organisation=application.organisation,
        fund=call.fund,
        purpose=call.purpose,
        amount_minor=decision.amount.minor,
        offered_minor=decision.amount.minor,
        currency=decision.currency,
        title=application.title,
        language=application.language,
        offered_by=by,
        **dates,
    )


def _promise(award: Award, by: User) -> None:
    """The hold ends as the journal begins: at no moment is the money free, at none is it counted twice."""
    hold = BudgetHold.objects.select_for_update().get(decision=award.decision_id)
    hold.ended_at, hold.is_committed = clock.now(), True
    hold.save(update_fields=["ended_at", "is_committed"])
    book(award, award.amount, kind=JournalKind.AWARD, source=("award", award.reference), by=by)


def book(award: Award, amount: Money, *, kind: str, source: tuple[str, str], by: Any) -> None:
    """Promises `amount` more to the grantee; below zero, so much less."""
    post(
        fund=award.fund,
        kind=kind,
        source=source,
        lines=[
            Line("grants_awarded", amount, award.purpose, party=award.reference),
            Line(award.payable_account, -amount, party=award.reference),
        ],
        by=by,
        business_on=clock.today(award.fund.time_zone),
        texts=Memo(memo=f"{award.reference} {award.title}"[:MEMO_LENGTH], public_memo=award.reference),
    )
