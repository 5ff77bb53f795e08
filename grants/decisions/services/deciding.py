"""Before the body: two people approve, the budget is held under lock, every application is staged, nobody is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.ledger.queries import may_promise
from fundportal.ledger.services import lock_means
from fundportal.lifecycle import move
from fundportal.money import Money, format_money
from fundportal.refusals import NotAllowed, Refusal
from grants.applications.models import Application
from grants.applications.services.locking import lock_application, make
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.decisions.models import Approval, BudgetHold, Decision, Deliberation, Recommendation
from grants.decisions.permissions import ADOPT, APPROVE, PREPARE
from grants.decisions.queries.holds import agreed
from grants.decisions.services.preparing import lock_deliberation
from grants.decisions.services.recommending import refuse_conflicted
from grants.decisions.states import DeliberationState, Outcome


def submit_to_body(deliberation_id: int, *, by: User) -> Deliberation:
    return _change(deliberation_id, "submit_to_body", permission=PREPARE, by=by)


@transaction.atomic
def send_back(deliberation_id: int, *, reason: str, by: User) -> Deliberation:
    """The body asks for changes. Whoever approved before has to look at the list again."""
    if not reason.strip():
        raise Refusal(_("Say what the body asks for."), status=422, field="reason")
    deliberation = _change(deliberation_id, "send_back", permission=ADOPT, by=by)
    deliberation.return_reason = reason.strip()
    deliberation.save(update_fields=["return_reason"])
    deliberation.approvals.all().delete()
    return deliberation


@transaction.atomic
def approve_deliberation(deliberation_id: int, *, by: User) -> Approval:
    """One of the two people who stand for it. Whoever proposed a line to the body does not also approve it."""
    deliberation = lock_deliberation(deliberation_id)
    fund = deliberation.call.fund
    authorise(by, APPROVE, fund)
    if deliberation.state != DeliberationState.SUBMITTED_TO_BODY:
        raise Refusal(_("It is approved while it is before the body."))
    applications = _applications(deliberation)
    refuse_conflicted(by, applications)
    if deliberation.prepared_by_id == by.pk or _wrote_a_line(by, deliberation, applications):
        raise NotAllowed(_("You prepared this list or proposed a line of it. Somebody else approves it."))
    approval, is_new = Approval.objects.get_or_create(deliberation=deliberation, by=by)
    if is_new:
        state = deliberation.state
        record("decisions.approve", deliberation, by=by, fund=fund, before=state, after=state)
    return approval


@transaction.atomic
def adopt(deliberation_id: int, *, by: User) -> Deliberation:
    """Holds the money of every approval and stages every application. Raises Refusal (409) beyond the budget."""
    deliberation = _change(deliberation_id, "adopt", permission=ADOPT, by=by)
    decisions = list(deliberation.decisions.select_related("application__organisation").order_by("application"))
    for decision in decisions:
        _stage(decision, deliberation, by)
    _hold(deliberation, [decision for decision in decisions if decision.outcome == Outcome.APPROVE])
    return deliberation


@transaction.atomic
def reject(deliberation_id: int, *, by: User) -> Deliberation:
    """The body says no to the list as a whole; its lines may come before it again on another one."""
    deliberation = _change(deliberation_id, "reject", permission=ADOPT, by=by)
    deliberation.decisions.update(is_effective=False)
    return deliberation


@transaction.atomic
def take_back(application_id: int, *, reason: str, by: User) -> Application:
    """Before the release: one line of an adopted list falls, its money is free again, and it may be decided anew."""
    if not reason.strip():
        raise Refusal(_("Say why this decision is taken back."), status=422, field="reason")
    standing = Decision.objects.filter(application=application_id, is_effective=True).first()
    if standing is not None:
        lock_deliberation(standing.deliberation_id)
    application = lock_application(application_id)
    authorise(by, ADOPT, application.fund)
    refuse_conflicted(by, [application])
    make("unstage", application, by=by, facts={"reason": reason.strip()})
    let_fall(application)
    return application


def let_fall(application: Application) -> None:
    """Whatever was decided about it no longer counts, and no money is held for it."""
    effective = Decision.objects.filter(application=application, is_effective=True)
    BudgetHold.objects.filter(decision__in=effective, ended_at__isnull=True).update(ended_at=clock.now())
    effective.update(is_effective=False)


def refuse_to_cancel_what_is_decided(call: Call) -> None:
    """What is adopted binds: it is taken back before anybody cancels the call, and what is announced stays."""
    binding = (DeliberationState.ADOPTED, DeliberationState.RELEASED)
    if Decision.objects.filter(deliberation__call=call, deliberation__state__in=binding, is_effective=True).exists():
        raise Refusal(_("Decisions of this call are adopted. Take them back first; once announced, conclude the call."))


@transaction.atomic
def _change(deliberation_id: int, act: str, *, permission: str, by: User) -> Deliberation:
    deliberation = lock_deliberation(deliberation_id)
    fund = deliberation.call.fund
    authorise(by, permission, fund)
    refuse_conflicted(by, _applications(deliberation))
    before = deliberation.state
    move(deliberation, act)
    deliberation.version += 1
    deliberation.save()
    record(f"decisions.{act}", deliberation, by=by, fund=fund, before=before, after=deliberation.state)
    return deliberation


def _stage(decision: Decision, deliberation: Deliberation, by: User) -> None:
    application = lock_application(decision.application_id)
    facts = {"deliberation": str(deliberation), "amount_minor": decision.amount_minor}
    make(_act(application.state, decision.outcome), application, by=by, facts=facts)


def _act(state: str, outcome: str) -> str:
    """A reserve has moves of its own."""
    if state == ApplicationState.RESERVE:
        return "promote" if outcome == Outcome.APPROVE else "expire_reserve"
    return outcome


def _hold(deliberation: Deliberation, approved: list[Decision]) -> None:
    """Under the lock of the fund, the last one taken: whoever decides at the same moment waits and then sees this."""
    call = deliberation.call
    lock_means(call.fund_id)
    amounts = [(decision, decision.amount) for decision in approved if decision.amount]
    wanted = sum((amount for _decision, amount in amounts), Money.zero(call.currency))
    left = min(call.budget - agreed(call), may_promise(call.purpose, call.currency))
    if wanted > left:
        words = {"wanted": format_money(wanted), "left": format_money(left)}
        raise Refusal(_("The list comes to %(wanted)s, and %(left)s is left to promise.") % words)
    for decision, amount in amounts:
        BudgetHold.objects.create(
            decision=decision, purpose=call.purpose, amount_minor=amount.minor, currency=amount.currency
        )


def _applications(deliberation: Deliberation) -> list[Application]:
    return [decision.application for decision in deliberation.decisions.select_related("application").order_by("pk")]


def _wrote_a_line(by: User, deliberation: Deliberation, applications: list[Application]) -> bool:
    mine = Recommendation.objects.filter(application__in=applications, by=by, replaced_at__isnull=True)
    return mine.exists() or deliberation.decisions.filter(listed_by=by).exists()
