"""Bank details, payment runs and the bank's statement. The bank is played here, by the numbers it was given."""

import csv
from io import StringIO
from typing import Any

from fundportal import clock
from fundportal.money import Money
from fundportal.organisations.queries import signatories
from grants.awards.models import Award, Tranche
from grants.awards.states import AwardState, TrancheState
from grants.payments import services
from grants.payments.models import BankDetails, BankLine, Instruction, PaymentRun
from grants.payments.services import AccountFacts
from grants.payments.statement_csv import COLUMNS
from grants.payments.states import BEFORE_EXPORT, PENDING, BankState, LineKind, RunState
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.awarding import grantee
from tests.properties.fund.world import World

B, R = BankState, RunState
ROUTING_NUMBER = "123456780"
NOTE = "Called the treasurer at the number on the letterhead."


def whoever_signs(_world: World, pk: int) -> list[int]:
    return [person.pk for person in signatories(pk)]


def propose(world: World, pk: int, by: Any) -> None:
    number = f"{9_000_000 + world.number()}"
    facts = AccountFacts(f"City {pk}", "US", "USD", routing_number=ROUTING_NUMBER, account_number=number)
    services.propose_bank_details(pk, facts=facts, by=by)


def has_no_details(_world: World, pk: int) -> bool:
    offered = Award.objects.filter(organisation=pk, state=AwardState.OFFERED).exists()
    return offered and not BankDetails.objects.filter(organisation=pk).exclude(state=B.REFUSED).exists()


@act("organisation", by=whoever_signs, when=has_no_details, often=2)
def give_bank_details(world: World, pk: int, by: Any, luck: Luck) -> None:
    propose(world, pk, by)


def has_an_account(_world: World, pk: int) -> bool:
    return BankDetails.objects.in_use().filter(organisation=pk).exists()


@act("organisation", by=whoever_signs, when=has_an_account, lane=Lane.DETOUR)
def change_bank_details(world: World, pk: int, by: Any, luck: Luck) -> None:
    """Used 72 hours later at the earliest."""
    propose(world, pk, by)


@act("details", B.PROPOSED, by="checkers", often=2)
def check_the_bank_details(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.verify_bank_details(pk, note=NOTE, by=by)


@act("details", *PENDING, by="officers", lane=Lane.END)
def refuse_the_bank_details(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.refuse_bank_details(pk, reason="The name is another one.", by=by)


def is_ready_to_be_accepted(_world: World, pk: int) -> bool:
    award = Award.objects.get(pk=pk)
    return award.agreements.filter(state="executed").exists()


@act("award", AwardState.OFFERED, by=grantee, when=is_ready_to_be_accepted, often=2)
def accept_the_award(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.accept_award(pk, by=by)


def payable() -> list[int]:
    in_a_run = Instruction.objects.in_force().values("tranche")
    waiting = Tranche.objects.filter(state=TrancheState.APPROVED, award__state=AwardState.ACTIVE)
    return list(waiting.exclude(pk__in=in_a_run).order_by("pk").values_list("pk", flat=True))


@act("fund", by="makers", when=lambda _world, _pk: bool(payable()))
def draft_a_run(world: World, pk: int, by: Any, luck: Luck) -> None:
    today = clock.today(world.cast.fund.time_zone)
    chosen = payable() or list(Tranche.objects.order_by("pk").values_list("pk", flat=True))
    services.draft_run(world.cast.account.pk, pay_on=today, tranche_ids=chosen[: luck.number(1, 3)], by=by)


@act("run", R.DRAFTED, by="makers", when=lambda _world, _pk: bool(payable()))
def put_a_payment_into_the_run(world: World, pk: int, by: Any, luck: Luck) -> None:
    chosen = payable() or list(Tranche.objects.order_by("pk").values_list("pk", flat=True)) or [0]
    services.add_instruction(pk, tranche_id=luck.choose(chosen), by=by)


@act("run", R.DRAFTED, by="makers", lane=Lane.END)
def take_a_payment_out_of_the_run(world: World, pk: int, by: Any, luck: Luck) -> None:
    found = Instruction.objects.filter(run=pk).order_by("pk").first()
    services.remove_instruction(pk, instruction_id=found.pk if found else 0, by=by)


def not_yet(world: World, pk: int) -> list[int]:
    said = set(PaymentRun.objects.get(pk=pk).approvals.order_by("pk").values_list("by", flat=True))
    return [one for one in world.cast.office["checkers"] + world.cast.office["managers"] if one not in said]


def has_payments(_world: World, pk: int) -> bool:
    return Instruction.objects.in_force().filter(run=pk).exists()


@act("run", R.DRAFTED, by=not_yet, when=has_payments, often=2)
def stand_for_the_run(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.approve_run(pk, by=by)


@act("run", R.APPROVED, by="makers")
def give_the_run_to_the_bank(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.export_run(pk, by=by)


@act("run", *BEFORE_EXPORT, by="makers", lane=Lane.END)
def cancel_the_run(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.cancel_run(pk, reason="The day was wrong.", by=by)


def is_on_its_way(_world: World, pk: int) -> bool:
    return Instruction.objects.in_transit().filter(pk=pk).exists()


def has_left(_world: World, pk: int) -> bool:
    return Instruction.objects.in_force().filter(pk=pk, confirmed_at__isnull=False).exists()


def say(world: World, pk: int, by: Any, *, sign: int, reference: str = "") -> None:
    """A statement of one line, as the bank would print it."""
    paid = Instruction.objects.get(pk=pk)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    amount = Money(sign * paid.amount_minor, "USD").decimal
    today = clock.today(world.cast.fund.time_zone)
    writer.writerow((today, amount, "USD", reference or paid.obligation, "City", f"LINE-{world.number()}"))
    services.import_lines(world.cast.account.pk, text=text.getvalue(), name="statement", by=by)


@act("instruction", by="makers", when=is_on_its_way, often=2)
def read_that_it_was_paid(world: World, pk: int, by: Any, luck: Luck) -> None:
    say(world, pk, by, sign=-1)


@act("instruction", by="makers", when=is_on_its_way, lane=Lane.DETOUR)
def read_a_line_without_its_name(world: World, pk: int, by: Any, luck: Luck) -> None:
    say(world, pk, by, sign=luck.choose((-1, 1)), reference="TRANSFER")


@act("instruction", by="checkers", when=is_on_its_way, lane=Lane.DETOUR)
def hear_that_the_bank_refused_it(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.fail_instruction(pk, reason="No such account.", by=by)


@act("instruction", by="makers", when=has_left, lane=Lane.DETOUR)
def read_that_it_came_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    say(world, pk, by, sign=1)


def is_unexplained(_world: World, pk: int) -> bool:
    return BankLine.objects.unmatched().filter(pk=pk).exists()


@act("line", by="makers", when=is_unexplained)
def recognise_a_payment(world: World, pk: int, by: Any, luck: Luck) -> None:
    candidates = list(Instruction.objects.in_transit().order_by("pk")) or list(Instruction.objects.order_by("pk"))
    if candidates:
        services.match_line(pk, instruction_id=luck.choose(candidates).pk, by=by)


@act("line", by="checkers", when=is_unexplained, lane=Lane.END)
def explain_a_line(world: World, pk: int, by: Any, luck: Luck) -> None:
    kind = luck.choose((LineKind.CHARGE, LineKind.INTEREST))
    services.explain_line(pk, kind=kind, purpose_id=world.cast.purpose.pk, by=by)
