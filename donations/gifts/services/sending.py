from django.db import transaction

from donations.gifts.models import Attempt, Refund
from donations.gifts.services.reading import reread_gift
from donations.gifts.services.refunds import lock_refund
from donations.gifts.services.settling import settle_refund
from donations.gifts.states import PaymentState, RefundState
from donations.stripe import gateway
from fundportal.access import SYSTEM
from fundportal.audit.services import record
from fundportal.lifecycle import move


def send_refund(refund_id: int) -> Refund:
    """Tells Stripe of an approved refund, once however often it is called, and reads what came of it.

    When Stripe will not take it the refund has failed, with Stripe's word for why. When Stripe does not answer,
    gateway.OutcomeUnknownError is raised and the refund stays approved: the sweeper asks again under the same key.
    """
    refund = Refund.objects.select_related("gift").get(pk=refund_id)
    if refund.state != RefundState.APPROVED:
        return refund
    paid = _payment_of(refund)
    try:
        made = gateway.create_refund(
            paid.intent_id,
            refund.amount,
            key=f"gift:{refund.gift.uuid}:attempt:{paid.number}:refund:{refund.uuid}",
            metadata={"gift": str(refund.gift.uuid), "refund": str(refund.uuid)},
            account=paid.account.account_id,
        )
    except gateway.StripeRefusedError as refused:
        return _give_up(refund_id, refused.code)
    _mark_sent(refund_id, made.id)
    reread_gift(refund.gift_id)
    return Refund.objects.get(pk=refund_id)


def _payment_of(refund: Refund) -> Attempt:
    paid = Attempt.objects.filter(gift_id=refund.gift_id, payment_state=PaymentState.SUCCEEDED)
    return paid.select_related("account").order_by("number")[0]


@transaction.atomic
def _mark_sent(refund_id: int, stripe_id: str) -> None:
    """An event may have told us first; then it stands further on already."""
    refund = lock_refund(refund_id)
    refund.stripe_id = stripe_id
    settle_refund(refund, RefundState.SENT)


@transaction.atomic
def _give_up(refund_id: int, code: str) -> Refund:
    refund = lock_refund(refund_id)
    if refund.state != RefundState.APPROVED:
        return refund
    refund.failure_reason = code
    move(refund, "fail")
    refund.save()
    facts = {"code": code}
    record(
        "refunds.fail",
        refund,
        by=SYSTEM,
        fund=refund.gift.fund,
        before=RefundState.APPROVED,
        after=refund.state,
        facts=facts,
    )
    return refund
