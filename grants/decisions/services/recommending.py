"""What the panel proposes, line by line, once every review is sealed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor, authorise
from fundportal.accounts.models import User
from fundportal.money import Money, format_money
from fundportal.organisations.queries import has_conflict
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.models import Application
from grants.applications.services.locking import lock_application, make
from grants.decisions.models import Recommendation
from grants.decisions.permissions import RECOMMEND
from grants.decisions.queries.invitations import UNDECIDED
from grants.decisions.states import Proposal
from grants.reviews.models import Assignment
from grants.reviews.states import HELD, AssignmentState


@dataclass(frozen=True)
class Advice:
    """`amount` in the currency of the call, none where nothing is proposed; `reserve_rank` from 1, for a reserve."""

    proposal: str
    rationale: str
    amount: Money | None = None
    conditions: str = ""
    reserve_rank: int | None = None


@transaction.atomic
def recommend(application_id: int, *, advice: Advice, by: User) -> Recommendation:
    """Raises Refusal (422) for an amount outside the call or above the request, (409) while a review is open."""
    application = lock_application(application_id)
    call = application.stage.call
    authorise(by, RECOMMEND, call.fund)
    refuse_conflicted(by, [application])
    check_sealed(application)
    _check_advice(application, advice)
    amount = advice.amount
    application.recommendations.filter(replaced_at__isnull=True).update(replaced_at=clock.now())
    application.stage_invitations.filter(UNDECIDED).update(dropped_at=clock.now())
    made = Recommendation.objects.create(
        application=application,
        proposal=advice.proposal,
        amount_minor=amount.minor if amount else None,
        currency=amount.currency if amount else "",
        reserve_rank=advice.reserve_rank,
        rationale=advice.rationale.strip(),
        conditions=advice.conditions.strip(),
        by=by,
    )
    facts = {"amount_minor": made.amount_minor, "currency": made.currency}
    make(advice.proposal, application, by=by, facts=facts)
    return made


def refuse_conflicted(by: Actor, applications: list[Application]) -> None:
    """Nobody with a conflict on an organisation moves anything of its application."""
    if any(has_conflict(by, application.organisation_id) for application in applications):
        raise NotAllowed(_("A conflict of interest is on record between you and an organisation on this list."))


def check_amount(application: Application, amount: Money | None) -> None:
    """Within what the call gives, and not above what was asked for."""
    call = application.stage.call
    if amount is None or amount.currency != call.currency:
        raise Refusal(_("Say how much, in the currency of the call."), status=422, field="amount")
    if amount < call.minimum:
        sentence = _("The smallest grant of this call is %(amount)s.") % {"amount": format_money(call.minimum)}
        raise Refusal(sentence, status=422, field="amount")
    most = min(call.maximum, application.requested) if application.requested else call.maximum
    if amount > most:
        sentence = _("At most %(amount)s: the applicant asked for no more, or the call gives no more.")
        raise Refusal(sentence % {"amount": format_money(most)}, status=422, field="amount")


def check_sealed(application: Application) -> None:
    held = Assignment.objects.filter(application=application, state__in=HELD)
    if held.exclude(state=AssignmentState.SEALED).exists() or not held.exists():
        raise Refusal(_("Seal the reviews first, so that no score changes any more."))


def _check_advice(application: Application, advice: Advice) -> None:
    if not advice.rationale.strip():
        raise Refusal(_("Say why, in words the applicant may read."), status=422, field="rationale")
    if advice.proposal != Proposal.NOT_RECOMMEND:
        check_amount(application, advice.amount)
    elif advice.amount is not None:
        raise Refusal(_("Leave the amount empty where nothing is proposed."), status=422, field="amount")
    if (advice.proposal == Proposal.RESERVE) != bool(advice.reserve_rank):
        sentence = _("Give a place on the reserve list to a reserve, and to nothing else.")
        raise Refusal(sentence, status=422, field="reserve_rank")
