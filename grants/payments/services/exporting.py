"""The run goes to the bank, once: every payment booked as on its way, and the file kept byte for byte."""

import hashlib

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from grants.awards.services.locking import lock_tranche, make_tranche
from grants.payments.account_facts import AccountFacts
from grants.payments.documents import Message, Transfer, payment_file
from grants.payments.models import Instruction, PayingAccount, PaymentFile, PaymentRun
from grants.payments.permissions import MAKE_RUN
from grants.payments.services.locking import lock_run, make_run, refuse_conflicted_with
from grants.payments.states import AT_THE_BANK


@transaction.atomic
def export_run(run_id: int, *, by: User) -> PaymentFile:
    """Raises Refusal (409) when anything has changed since it was approved, or the account does not hold so much."""
    run = lock_run(run_id)
    authorise(by, MAKE_RUN, run.fund)
    refuse_conflicted_with(by, run)
    payer = PayingAccount.objects.filter(bank_account=run.bank_account_id).first()
    if payer is None:
        raise Refusal(_("The numbers of this account are not kept here yet. A finance checker adds them."))
    make_run("export", run, by=by)
    instructions = list(
        run.instructions.in_force().select_related("bank_details").order_by("tranche__award", "tranche")
    )
    for instruction in instructions:
        _instruct(instruction, by)
    made = _keep_file(run, payer, instructions, by)
    for instruction in instructions:
        _book(instruction, run, by)
    return made


@transaction.atomic
def read_payment_file(run_id: int, *, by: User) -> PaymentFile:
    """The stored bytes, if they are still those that were made; it names whole accounts, so the reader is on record."""
    run = PaymentRun.objects.select_related("fund").get(pk=run_id)
    authorise(by, MAKE_RUN, run.fund)
    refuse_conflicted_with(by, run)
    kept = PaymentFile.objects.filter(run=run).first()
    if kept is None:
        raise Refusal(_("There is no file before the run goes to the bank."))
    if hashlib.sha256(bytes(kept.content)).hexdigest() != kept.sha256:
        raise Refusal(_("This file is not what was stored, so it is kept back. Tell whoever runs the portal."))
    record("payment_runs.read_file", run, by=by, fund=run.fund, facts={"sha256": kept.sha256})
    return kept


def _instruct(instruction: Instruction, by: User) -> None:
    """The tranche says by itself whether it is still approved, and by enough people."""
    tranche = lock_tranche(instruction.tranche_id)
    instruction.tranche = tranche
    make_tranche("instruct", tranche, by=by, facts={"obligation": instruction.obligation})
    if instruction.amount != tranche.amount:
        raise Refusal(_("The amount of %(payment)s has changed. Cancel this run.") % {"payment": tranche})
    at_the_bank = Instruction.objects.in_force().filter(tranche__award=tranche.award, run__state__in=AT_THE_BANK)
    instructed = Money(at_the_bank.aggregate(sum=Sum("amount_minor"))["sum"], tranche.currency)
    if instructed > tranche.award.amount:
        words = {"award": tranche.award, "amount": format_money(tranche.award.amount)}
        raise Refusal(_("%(award)s is for %(amount)s, and this would be more.") % words)


def _keep_file(run: PaymentRun, payer: PayingAccount, instructions: list[Instruction], by: User) -> PaymentFile:
    day = max(run.pay_on, clock.today(run.fund.time_zone))
    transfers = [_transfer(instruction) for instruction in sorted(instructions, key=str)]
    content = payment_file(Message(run.reference, clock.now(), day, AccountFacts.of(payer), transfers))
    made = PaymentFile.objects.create(
        run=run,
        name=f"{run.reference}.xml",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        made_by=by,
    )
    facts = {"sha256": made.sha256, "payments": len(transfers)}
    record("payment_runs.make_file", run, by=by, fund=run.fund, facts=facts)
    return made


def _transfer(instruction: Instruction) -> Transfer:
    remark = f"{instruction.obligation} {instruction.tranche.award.title}"
    creditor = AccountFacts.of(instruction.bank_details)
    return Transfer(instruction.obligation, instruction.amount, creditor, remark)


def _book(instruction: Instruction, run: PaymentRun, by: User) -> None:
    amount, award = instruction.amount, instruction.tranche.award
    post(
        fund=run.fund,
        kind=JournalKind.INSTRUCTION,
        source=("instruction", instruction.obligation),
        lines=[
            Line(award.payable_account, amount),
            Line(f"payments_in_transit:{run.bank_account.code}", -amount),
        ],
        by=by,
        business_on=clock.today(run.fund.time_zone),
        texts=Memo(memo=f"{run} {instruction.obligation}"),
    )
