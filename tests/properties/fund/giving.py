"""Gifts and refunds. Stripe is played here: what it knows goes on whatever becomes of us, and is read late or twice."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from donations.gifts import services
from donations.gifts.models import Gift, Refund
from donations.gifts.services import AttemptReading, GiftFacts, MovementReading, Reading, RefundReading
from donations.gifts.states import GiftState, MovementKind, PaymentState, RefundState, SessionState
from fundportal.money import Money
from tests.factories.gifts import make_attempt
from tests.properties.fund.acts import Lane, Luck, act, nobody
from tests.properties.fund.world import World

AMOUNTS = (10_000, 250_000, 500)
FEE = 320


@dataclass
class AtStripe:
    """One gift as Stripe knows it, and every reading that was ever taken of it."""

    attempt: AttemptReading
    movements: list[MovementReading] = field(default_factory=list)
    refunds: dict[int, RefundReading] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def read(self) -> Reading:
        number = len(self.readings) + 1
        self.readings.append(Reading(number, (self.attempt,), tuple(self.movements), tuple(self.refunds.values())))
        return self.readings[-1]


@act("fund", by=nobody, now=lambda world, _pk: len(world.known["gift"]) < 6)
def begin_a_gift(world: World, pk: int, by: Any, luck: Luck) -> None:
    number = world.number()
    facts = GiftFacts(
        amount=Money(luck.choose(AMOUNTS), "USD"),
        covers_fee=luck.choose((False, True)),
        purpose_id=world.cast.purpose.pk,
        donor_name="Dana Demo",
        donor_email=f"donor-{luck.number(1, 3)}@example.org",
        visibility="hidden",
        language=luck.choose(("en", "fr")),
    )
    services.start_gift(world.cast.campaign.pk, facts=facts, form_key=UUID(int=number))


@act("gift", GiftState.DRAFT, by=nobody, at_once=False)
def reach_the_payment_page(world: World, pk: int, by: Any, luck: Luck) -> None:
    gift = Gift.objects.get(pk=pk)
    if not gift.attempts.exists():
        make_attempt(gift, number=1, session="", session_id=f"cs_{pk}")
    world.stripe.setdefault(pk, AtStripe(AttemptReading(1, f"cs_{pk}", SessionState.OPEN, PaymentState.NONE)))
    services.apply_facts(pk, world.stripe[pk].read())


def has_a_page(world: World, pk: int) -> bool:
    return pk in world.stripe and not world.stripe[pk].movements


@act("gift", GiftState.CHECKOUT_OPEN, GiftState.PROCESSING, GiftState.ABANDONED, by=nobody, now=has_a_page)
def pay_the_gift(world: World, pk: int, by: Any, luck: Luck) -> None:
    """Also after the page was left, or once the bank has debited. What Stripe has taken, it has taken."""
    known = world.stripe.get(pk)
    if known is not None and not known.movements:
        total = Gift.objects.get(pk=pk).total.minor
        known.attempt = replace(
            known.attempt,
            session_state=SessionState.COMPLETE,
            payment_state=PaymentState.SUCCEEDED,
            intent_id=f"pi_{pk}",
            charge_id=f"ch_{pk}",
            paid_minor=total,
            paid_at=world.now,
        )
        known.movements.append(
            MovementReading(f"txn_{pk}_0", MovementKind.CHARGE, f"ch_{pk}", 1, total, FEE, "USD", world.now)
        )
    tell(world, pk)


@act("gift", GiftState.CHECKOUT_OPEN, by=nobody, now=has_a_page, lane=Lane.DETOUR)
def have_another_word_from_the_bank(world: World, pk: int, by: Any, luck: Luck) -> None:
    """Declined, left, or with a bank that takes days."""
    known = world.stripe.get(pk)
    if known is not None and not known.movements:
        session, payment = luck.choose(
            (
                (SessionState.OPEN, PaymentState.DECLINED),
                (SessionState.EXPIRED, PaymentState.NONE),
                (SessionState.COMPLETE, PaymentState.PROCESSING),
            )
        )
        known.attempt = replace(known.attempt, session_state=session, payment_state=payment, intent_id=f"pi_{pk}")
    tell(world, pk)


@act("gift", by=nobody, now=lambda world, pk: pk in world.stripe, lane=Lane.DETOUR)
def hear_an_old_reading_again(world: World, pk: int, by: Any, luck: Luck) -> None:
    """A late duplicate never takes a gift back to where it was."""
    if pk not in world.stripe:
        return
    before = Gift.objects.get(pk=pk).state
    after = services.apply_facts(pk, luck.choose(world.stripe[pk].readings)).state
    newest = services.apply_facts(pk, world.stripe[pk].readings[-1]).state
    assert newest == after or before != after, f"an old reading moved gift {pk} from {before} to {after}"


@act("gift", GiftState.RECEIVED, GiftState.PARTLY_REFUNDED, by="officers", lane=Lane.DETOUR)
def ask_for_a_refund(world: World, pk: int, by: Any, luck: Luck) -> None:
    left = Gift.objects.get(pk=pk).refundable.minor
    amount = luck.choose((left // 2, left, left + 1, 1))
    services.request_refund(pk, amount=Money(amount, "USD"), reason="The donor asked for it.", by=by)


@act("refund", RefundState.REQUESTED, by="checkers")
def approve_the_refund(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.approve_refund(pk, by=by)


@act("refund", RefundState.REQUESTED, by="managers", lane=Lane.END)
def refuse_the_refund(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.refuse_refund(pk, by=by)


@act("refund", RefundState.APPROVED, by=nobody)
def have_stripe_give_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    """Stripe hears of it once; a refund that nobody approved is never told."""
    refund = Refund.objects.select_related("gift").get(pk=pk)
    known = world.stripe.get(refund.gift_id)
    if known is None or refund.state in {RefundState.REQUESTED, RefundState.REFUSED}:
        return
    if pk not in known.refunds:
        amount = refund.amount_minor
        known.refunds[pk] = RefundReading(f"re_{pk}", str(refund.uuid), amount, "USD", RefundState.SENT, world.now)
        known.movements.append(movement(known, refund, MovementKind.REFUND, -amount, world))
    tell(world, refund.gift_id)


@act("refund", RefundState.SENT, by=nobody)
def have_the_refund_arrive(world: World, pk: int, by: Any, luck: Luck) -> None:
    end_refund(world, pk, RefundState.SUCCEEDED)


@act("refund", RefundState.SENT, RefundState.SUCCEEDED, by=nobody, lane=Lane.END)
def have_the_refund_come_back(world: World, pk: int, by: Any, luck: Luck) -> None:
    """The donor's account is closed, perhaps days after Stripe called it done."""
    end_refund(world, pk, RefundState.FAILED)


def end_refund(world: World, pk: int, state: str) -> None:
    refund = Refund.objects.select_related("gift").get(pk=pk)
    known = world.stripe.get(refund.gift_id)
    if known is None or pk not in known.refunds or known.refunds[pk].state == RefundState.FAILED:
        return
    known.refunds[pk] = replace(known.refunds[pk], state=state)
    if state == RefundState.FAILED:
        known.movements.append(movement(known, refund, MovementKind.REFUND_FAILURE, refund.amount_minor, world))
    tell(world, refund.gift_id)


def movement(known: AtStripe, refund: Refund, kind: str, minor: int, world: World) -> MovementReading:
    number = f"txn_{refund.gift_id}_{len(known.movements)}"
    return MovementReading(number, kind, f"re_{refund.pk}", 1, minor, 0, "USD", world.now)


def tell(world: World, pk: int) -> None:
    if pk in world.stripe:
        services.apply_facts(pk, world.stripe[pk].read())
