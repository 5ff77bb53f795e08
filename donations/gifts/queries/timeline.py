"""A gift's life in plain words, told from its facts: a page that has no fact behind it does not exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from donations.gifts.models import Attempt, Gift, MoneyMovement, Refund
from donations.gifts.states import MovementKind, PaymentState, RefundState, SessionState
from fundportal.money import Money, format_money


@dataclass(frozen=True)
class Moment:
    """`by` is who acted here, empty for the donor and Stripe; `kind` is done, wait or stop."""

    at: datetime
    title: str
    sentence: str = ""
    by: str = ""
    kind: str = "done"


def gift_timeline(gift: Gift) -> list[Moment]:
    """Oldest first. Reads attempts, movements and refunds; none of them again when they were prefetched.

    Stripe's clock has whole seconds, so within one second things stand in the order of a gift's life.
    """
    moments = [_begun(gift)]
    for attempt in gift.attempts.all():
        moments += _of_attempt(attempt, gift)
    movements = list(gift.movements.all())
    moments += [_of_movement(movement) for movement in movements if movement.kind == MovementKind.CHARGE]
    for refund in gift.refunds.all():
        moments += _of_refund(refund)
    moments += [_of_movement(movement) for movement in movements if movement.kind != MovementKind.CHARGE]
    return sorted(moments, key=lambda moment: moment.at.replace(microsecond=0))


def _begun(gift: Gift) -> Moment:
    words = {
        "donor": gift.donor.name,
        "amount": format_money(gift.amount),
        "cover": format_money(gift.fee_cover),
        "purpose": gift.purpose.name,
    }
    sentence = _("%(donor)s chose to give %(amount)s. It is for: %(purpose)s.")
    if gift.fee_cover_minor:
        sentence = _(
            "%(donor)s chose to give %(amount)s and to add %(cover)s for the card fee. It is for: %(purpose)s."
        )
    return Moment(gift.created_at, _("Begun"), sentence % words)


def _of_attempt(attempt: Attempt, gift: Gift) -> Iterator[Moment]:
    words = {"number": attempt.number}
    yield Moment(attempt.created_at, _("Sent to the payment page"), _("Attempt %(number)s, on Stripe’s page.") % words)
    if attempt.payment_state == PaymentState.SUCCEEDED and attempt.paid_at:
        paid = Money(attempt.paid_minor, gift.currency)
        yield Moment(attempt.paid_at, _("Paid"), _("The card was charged %(amount)s.") % {"amount": format_money(paid)})
    elif attempt.changed_at:
        yield from _unpaid(attempt, attempt.changed_at)


def _unpaid(attempt: Attempt, at: datetime) -> Iterator[Moment]:
    if attempt.payment_state == PaymentState.DECLINED:
        yield Moment(at, _("Declined"), _("The bank said no. Nothing was taken; the donor may try again."), kind="stop")
    elif attempt.payment_state == PaymentState.PROCESSING:
        yield Moment(at, _("The bank is working on it"), _("Promised, not received: no receipt yet."), kind="wait")
    if attempt.session_state == SessionState.EXPIRED:
        yield Moment(at, _("Left without paying"), _("The payment page has closed. Nothing was taken."), kind="stop")


def _of_movement(movement: MoneyMovement) -> Moment:
    words = {
        "gross": format_money(movement.gross),
        "fee": format_money(movement.fee),
        "net": format_money(movement.net),
    }
    if movement.kind == MovementKind.CHARGE:
        title = _("In the balance at Stripe")
        sentence = _("%(net)s arrived: %(gross)s less Stripe’s fee of %(fee)s.") % words
    elif movement.kind == MovementKind.REFUND:
        title = _("Out of the balance at Stripe")
        sentence = _("%(gross)s, to the donor’s card. Stripe keeps its fee.") % words
    else:
        title = _("Back in the balance at Stripe")
        sentence = _("The donor’s bank sent %(gross)s back.") % words
    booked = _("It stands in the books.") if movement.journal_id else _("It is not in the books yet.")
    return Moment(movement.occurred_at, title, f"{sentence} {booked}", kind="done" if movement.journal_id else "wait")


def _of_refund(refund: Refund) -> Iterator[Moment]:
    """Money that goes back carries its minus, as in the books."""
    words = {"amount": format_money(-refund.amount), "reason": refund.reason.rstrip("."), "why": refund.failure_reason}
    if refund.was_found_at_stripe:
        found = _("%(amount)s, given back in Stripe’s own dashboard without a request here.") % words
        yield Moment(refund.requested_at, _("Refund found at Stripe"), found, kind="wait")
    else:
        asked = _("%(amount)s back to the donor. Reason: “%(reason)s”.") % words
        yield Moment(refund.requested_at, _("Refund asked for"), asked, by=str(refund.requested_by))
    if refund.decided_at:
        title = _("Refund refused") if refund.state == RefundState.REFUSED else _("Refund approved")
        yield Moment(refund.decided_at, title, by=str(refund.decided_by))
    if refund.sent_at and not refund.was_found_at_stripe:
        yield Moment(refund.sent_at, _("Refund with Stripe"), _("Stripe has taken the order to give it back."))
    if refund.settled_at and refund.state == RefundState.SUCCEEDED:
        yield Moment(refund.settled_at, _("Given back"), _("%(amount)s, on its way to the donor’s card.") % words)
    elif refund.settled_at:
        failed = _("The money did not reach the donor and is still here. Stripe’s reason: %(why)s") % words
        yield Moment(refund.settled_at, _("Refund failed"), failed, kind="stop")
