"""A payment run before the bank has it: put together by one person, approved by two others, or cancelled."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise, may
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.funds.models import BankAccount
from fundportal.lifecycle import why_not
from fundportal.refusals import NotAllowed, Refusal
from grants.awards.models import Tranche
from grants.awards.services.locking import lock_tranche
from grants.awards.states import TrancheState
from grants.decisions.models import Recommendation
from grants.payments.guards import something_is_paid
from grants.payments.models import BankDetails, Instruction, PaymentRun, RunApproval
from grants.payments.permissions import APPROVE_RUN, MAKE_RUN
from grants.payments.queries.accounts import account_in_use
from grants.payments.services.locking import lock_run, make_run, refuse_conflicted, refuse_conflicted_with
from grants.payments.states import Ending, RunState


@transaction.atomic
def draft_run(bank_account_id: int, *, pay_on: date, tranche_ids: Sequence[int] = (), by: User) -> PaymentRun:
    """With these tranches in it, all or none. More can be added until it is approved."""
    account = BankAccount.objects.select_related("fund").get(pk=bank_account_id)
    authorise(by, MAKE_RUN, account.fund)
    if pay_on < clock.today(account.fund.time_zone):
        raise Refusal(_("This day has passed. Choose today or a later day."), status=422, field="pay_on")
    run = PaymentRun.objects.create(fund=account.fund, bank_account=account, pay_on=pay_on, made_by=by)
    record("payment_runs.draft", run, by=by, fund=run.fund, after=run.state)
    for tranche_id in _in_order(tranche_ids):
        _add(run, tranche_id, by)
    return run


@transaction.atomic
def add_instruction(run_id: int, *, tranche_id: int, by: User) -> Instruction:
    """Whoever approved the run before looks at it again."""
    return _add(_lock_to_change(run_id, by), tranche_id, by)


@transaction.atomic
def remove_instruction(run_id: int, *, instruction_id: int, by: User) -> PaymentRun:
    run = _lock_to_change(run_id, by)
    instruction = run.instructions.select_related("tranche__award").filter(pk=instruction_id).first()
    if instruction is None:
        raise Refusal(_("This payment is not in the run any more."))
    refuse_conflicted(by, instruction.tranche.award.organisation_id)
    facts = {"obligation": instruction.obligation}
    instruction.delete()
    record("payment_runs.remove", run, by=by, fund=run.fund, facts=facts)
    return run


@transaction.atomic
def approve_run(run_id: int, *, by: User) -> PaymentRun:
    """One of two. The second approval makes the run ready for the bank."""
    run = lock_run(run_id)
    authorise(by, APPROVE_RUN, run.fund)
    if run.state != RunState.DRAFTED:
        raise Refusal(_("A run is approved before it goes to the bank, and only once."))
    refuse_conflicted_with(by, run)
    if not something_is_paid(run):
        raise Refusal(_("Put at least one payment into the run."))
    _check_approver(run, by)
    _approval, is_new = RunApproval.objects.get_or_create(run=run, by=by)
    if is_new:
        record("payment_runs.stand_for", run, by=by, fund=run.fund, before=run.state, after=run.state)
    if not why_not(run, "approve"):
        make_run("approve", run, by=by)
    return run


@transaction.atomic
def cancel_run(run_id: int, *, reason: str, by: User) -> PaymentRun:
    """Before the bank has it; its tranches may be paid by another run. Makers and approvers may."""
    run = lock_run(run_id)
    if not may(by, MAKE_RUN, run.fund):
        authorise(by, APPROVE_RUN, run.fund)
    refuse_conflicted_with(by, run)
    if not reason.strip():
        raise Refusal(_("Say why this run is cancelled."), status=422, field="reason")
    run.cancel_reason = reason.strip()
    make_run("cancel", run, by=by, facts={"reason": run.cancel_reason})
    run.instructions.in_force().update(ended_at=clock.now(), ended_as=Ending.CANCELLED)
    return run


def _lock_to_change(run_id: int, by: User) -> PaymentRun:
    """Voids the approvals given so far: they stood for another list."""
    run = lock_run(run_id)
    authorise(by, MAKE_RUN, run.fund)
    if run.state != RunState.DRAFTED:
        raise Refusal(_("This run is approved or at the bank. Cancel it and make another one."))
    run.approvals.all().delete()
    run.version += 1
    run.save(update_fields=["version"])
    return run


def _add(run: PaymentRun, tranche_id: int, by: User) -> Instruction:
    tranche = lock_tranche(tranche_id)
    refuse_conflicted(by, tranche.award.organisation_id)
    _check_tranche(run, tranche)
    if tranche.approvals.filter(round=tranche.round, by=by).exists():
        raise NotAllowed(_("You approved %(payment)s. Somebody else pays it.") % {"payment": tranche})
    details = _account_of(tranche)
    attempt = (tranche.instructions.aggregate(last=Max("attempt"))["last"] or 0) + 1
    made = Instruction.objects.create(
        run=run,
        tranche=tranche,
        attempt=attempt,
        obligation=f"{tranche}-{attempt}",
        amount_minor=tranche.amount_minor,
        currency=tranche.currency,
        bank_details=details,
        added_by=by,
    )
    facts = {"obligation": made.obligation, "amount_minor": made.amount_minor, "currency": made.currency}
    record("payment_runs.add", run, by=by, fund=run.fund, facts=facts)
    return made


def _check_tranche(run: PaymentRun, tranche: Tranche) -> None:
    words = {"payment": tranche}
    if tranche.award.fund_id != run.fund_id:
        raise Refusal(_("%(payment)s is paid by another fund.") % words, status=422, field="tranche")
    if tranche.state != TrancheState.APPROVED:
        raise Refusal(_("%(payment)s is not approved for payment.") % words, status=422, field="tranche")
    if tranche.currency != run.bank_account.currency:
        sentence = _("%(payment)s is in another currency than this account.")
        raise Refusal(sentence % words, status=422, field="tranche")
    if tranche.instructions.in_force().exists():
        raise Refusal(_("%(payment)s is in a run already.") % words, status=422, field="tranche")


def _account_of(tranche: Tranche) -> BankDetails:
    details = account_in_use(tranche.award.organisation_id)
    if details is None:
        sentence = _("%(name)s has no bank details in use.") % {"name": tranche.award.organisation}
        raise Refusal(sentence, status=422, field="tranche")
    return details


def _check_approver(run: PaymentRun, by: User) -> None:
    """Who recommended the grant, or put the payment together, does not also let the money go."""
    if by.pk in {run.made_by_id, *run.instructions.values_list("added_by", flat=True)}:
        raise NotAllowed(_("You put this run together. Somebody else approves it."))
    applications = run.instructions.values("tranche__award__application")
    if Recommendation.objects.filter(application__in=applications, by=by, replaced_at__isnull=True).exists():
        raise NotAllowed(_("You proposed a grant in this run. Somebody else approves its payment."))


def _in_order(tranche_ids: Sequence[int]) -> list[int]:
    """By award, as everybody locks them."""
    return list(Tranche.objects.filter(pk__in=tranche_ids).order_by("award", "pk").values_list("pk", flat=True))
