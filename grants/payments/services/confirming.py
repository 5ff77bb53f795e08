"""What the bank did with a payment: it left, it came back, or it was refused before it left."""

from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import Actor, authorise
from fundportal.accounts.models import User
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind
from fundportal.lifecycle import why_not
from fundportal.refusals import Refusal
from grants.awards.models import Tranche
from grants.awards.services.locking import lock_tranche, make_tranche
from grants.payments import emails
from grants.payments.models import Instruction, PaymentRun
from grants.payments.permissions import CONFIRM
from grants.payments.services.locking import lock_run, make_run, refuse_conflicted
from grants.payments.states import AT_THE_BANK, Ending


@transaction.atomic
def fail_instruction(instruction_id: int, *, reason: str, by: User) -> Instruction:
    """The bank refused it, no money left. The grantee may request the payment again."""
    instruction, tranche = lock_instruction(instruction_id)
    run = instruction.run
    authorise(by, CONFIRM, run.fund)
    refuse_conflicted(by, tranche.award.organisation_id)
    if not is_in_transit(instruction):
        raise Refusal(_("This payment is not on its way at the bank."))
    if not reason.strip():
        raise Refusal(_("Say what the bank said."), status=422, field="reason")
    _end(instruction, Ending.FAILED, reason.strip())
    make_tranche("fail", tranche, by=by, facts={"obligation": instruction.obligation, "reason": reason.strip()})
    _offer_again(tranche, by)
    emails.tell_came_back(instruction)
    settle(run, by=by)
    post(
        fund=run.fund,
        kind=JournalKind.INSTRUCTION,
        source=("instruction_refused", instruction.obligation),
        lines=[
            Line(f"payments_in_transit:{run.bank_account.code}", instruction.amount),
            Line(tranche.award.payable_account, -instruction.amount),
        ],
        by=by,
        business_on=clock.today(run.fund.time_zone),
        texts=Memo(memo=f"{run} {instruction.obligation}: {reason.strip()}"[:300]),
    )
    return instruction


def lock_instruction(instruction_id: int) -> tuple[Instruction, Tranche]:
    """The run, then the award and its tranche, then the instruction as it stands now."""
    run_id, tranche_id = Instruction.objects.values_list("run", "tranche").get(pk=instruction_id)
    run, tranche = lock_run(run_id), lock_tranche(tranche_id)
    instruction = Instruction.objects.select_for_update(of=("self",)).get(pk=instruction_id)
    instruction = Instruction.objects.select_related("bank_details").get(pk=instruction.pk)
    instruction.run, instruction.tranche = run, tranche
    return instruction, tranche


def is_in_transit(instruction: Instruction) -> bool:
    is_open = instruction.ended_at is None and instruction.confirmed_at is None
    return is_open and instruction.run.state in AT_THE_BANK


def has_left(instruction: Instruction) -> bool:
    """And has not come back."""
    return instruction.ended_at is None and instruction.confirmed_at is not None


def confirm(instruction: Instruction, *, by: Actor) -> None:
    """Its line stands on the statement. Called under the locks of lock_instruction; the caller books the line."""
    instruction.confirmed_at = clock.now()
    instruction.save(update_fields=["confirmed_at"])
    facts = {"obligation": instruction.obligation}
    make_tranche("pay", instruction.tranche, by=by, facts=facts)
    make_tranche("reconcile", instruction.tranche, by=by, facts=facts)
    emails.tell_sent(instruction)


def come_back(instruction: Instruction, *, reason: str, by: Actor) -> None:
    """The bank sent it back. Called under the locks of lock_instruction; the caller books the line."""
    _end(instruction, Ending.RETURNED, reason)
    make_tranche("come_back", instruction.tranche, by=by, facts={"obligation": instruction.obligation})
    _offer_again(instruction.tranche, by)
    emails.tell_came_back(instruction)


def settle(run: PaymentRun, *, by: Actor) -> None:
    """Once the last payment of the run is accounted for."""
    if not why_not(run, "settle"):
        make_run("settle", run, by=by)


def _end(instruction: Instruction, how: Ending, reason: str) -> None:
    instruction.ended_at, instruction.ended_as = clock.now(), how
    instruction.end_reason = reason[:300]
    instruction.save(update_fields=["ended_at", "ended_as", "end_reason"])


def _offer_again(tranche: Tranche, by: Actor) -> None:
    """An award that has ended meanwhile is not paid again."""
    if not why_not(tranche, "try_again"):
        make_tranche("try_again", tranche, by=by)
