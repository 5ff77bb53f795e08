"""The list that goes before the body, while it is still at the desk."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.services.locking import lock_application
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.decisions.models import Decision, Deliberation, Recommendation
from grants.decisions.permissions import PREPARE
from grants.decisions.services.recommending import check_amount, refuse_conflicted
from grants.decisions.states import AT_THE_DESK, DeliberationState, Outcome, Proposal

MAY_BE_DECIDED = (ApplicationState.RECOMMENDED, ApplicationState.RESERVE, ApplicationState.NOT_RECOMMENDED)
FAVOURED = {
    Proposal.RECOMMEND: Outcome.APPROVE,
    Proposal.RESERVE: Outcome.DECLINE,
    Proposal.NOT_RECOMMEND: Outcome.DECLINE,
}


@dataclass(frozen=True)
class DeliberationFacts:
    """What is known of the meeting so far; the reference and the day are needed only for its adoption."""

    body: str
    instrument: str
    reference: str = ""
    held_on: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    legal_basis: str = ""
    release_at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """`departure_reason` says why the body does other than the panel proposed; `feedback` goes into the letter."""

    outcome: str
    amount: Money | None = None
    departure_reason: str = ""
    feedback: str = ""


@transaction.atomic
def prepare_deliberation(call_id: int, *, facts: DeliberationFacts, by: User) -> Deliberation:
    call = Call.objects.select_related("fund").get(pk=call_id)
    authorise(by, PREPARE, call.fund)
    _check_release(facts)
    made = Deliberation.objects.create(call=call, prepared_by=by, **asdict(facts))
    record("decisions.prepare", made, by=by, fund=call.fund, after=made.state)
    return made


@transaction.atomic
def change_deliberation(deliberation_id: int, *, facts: DeliberationFacts, version: int, by: User) -> Deliberation:
    """Until it is adopted: the reference and the votes are known only after the meeting."""
    deliberation = lock_deliberation(deliberation_id)
    authorise(by, PREPARE, deliberation.call.fund)
    if deliberation.state not in {*AT_THE_DESK, DeliberationState.SUBMITTED_TO_BODY}:
        raise Refusal(_("What was decided is no longer changed here."))
    if deliberation.version != version:
        raise Refusal(_("Somebody changed this deliberation meanwhile. Your text is kept; look at theirs first."))
    _check_release(facts)
    for name, value in asdict(facts).items():
        setattr(deliberation, name, value)
    deliberation.version += 1
    deliberation.save()
    state = deliberation.state
    record("decisions.change", deliberation, by=by, fund=deliberation.call.fund, before=state, after=state)
    return deliberation


@transaction.atomic
def put_on_list(deliberation_id: int, *, application_id: int, line: Line, by: User) -> Decision:
    """Adds an application to the list, or changes its line."""
    deliberation = lock_deliberation(deliberation_id)
    authorise(by, PREPARE, deliberation.call.fund)
    _check_at_the_desk(deliberation)
    application = lock_application(application_id)
    refuse_conflicted(by, [application])
    _check_application(deliberation, application)
    _check_line(application, line)
    columns = {
        "outcome": line.outcome,
        "amount_minor": line.amount.minor if line.amount else None,
        "currency": line.amount.currency if line.amount else "",
        "departure_reason": line.departure_reason.strip(),
        "feedback": line.feedback.strip(),
        "listed_by": by,
    }
    made, _is_new = Decision.objects.update_or_create(
        deliberation=deliberation, application=application, is_effective=True, defaults=columns
    )
    facts = {"application": application.reference, "outcome": made.outcome, "amount_minor": made.amount_minor}
    record("decisions.list", deliberation, by=by, fund=deliberation.call.fund, facts=facts)
    return made


@transaction.atomic
def take_off_list(deliberation_id: int, *, application_id: int, by: User) -> None:
    deliberation = lock_deliberation(deliberation_id)
    authorise(by, PREPARE, deliberation.call.fund)
    _check_at_the_desk(deliberation)
    application = lock_application(application_id)
    refuse_conflicted(by, [application])
    gone, _rows = deliberation.decisions.filter(application=application).delete()
    if not gone:
        raise Refusal(_("This application is not on the list."))
    facts = {"application": application.reference}
    record("decisions.unlist", deliberation, by=by, fund=deliberation.call.fund, facts=facts)


def lock_deliberation(deliberation_id: int) -> Deliberation:
    locked = Deliberation.objects.select_for_update(of=("self",)).select_related("call__fund", "call__purpose")
    return locked.get(pk=deliberation_id)


def advice_on(application: Application) -> Recommendation | None:
    return application.recommendations.filter(replaced_at__isnull=True).first()


def _check_at_the_desk(deliberation: Deliberation) -> None:
    if deliberation.state not in AT_THE_DESK:
        raise Refusal(_("The list is before the body. It can be changed once the body sends it back."))


def _check_release(facts: DeliberationFacts) -> None:
    if facts.release_at is not None and facts.release_at <= clock.now():
        raise Refusal(_("The announcement lies in the past. Choose a later hour."), status=422, field="release_at")


def _check_application(deliberation: Deliberation, application: Application) -> None:
    if application.stage.call_id != deliberation.call_id:
        raise Refusal(_("This application belongs to another call."), status=422, field="application")
    if application.state not in MAY_BE_DECIDED:
        raise Refusal(
            _("The panel has not proposed anything for this application yet."), status=422, field="application"
        )
    elsewhere = Decision.objects.filter(application=application, is_effective=True).exclude(deliberation=deliberation)
    if elsewhere.exists():
        raise Refusal(_("This application stands on another list already."), status=422, field="application")


def _check_line(application: Application, line: Line) -> None:
    if line.outcome == Outcome.APPROVE:
        check_amount(application, line.amount)
    elif line.amount is not None:
        raise Refusal(_("A declined application gets no amount."), status=422, field="amount")
    if _departs(application, line) and not line.departure_reason.strip():
        sentence = _("This is not what the panel proposed. Say why.")
        raise Refusal(sentence, status=422, field="departure_reason")


def _departs(application: Application, line: Line) -> bool:
    advice = advice_on(application)
    if advice is None or FAVOURED[Proposal(advice.proposal)] != line.outcome:
        return True
    return line.outcome == Outcome.APPROVE and line.amount != advice.amount
