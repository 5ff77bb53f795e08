import uuid as uuids

from django.db import transaction
from django.utils.translation import gettext as _

from donations.gifts.models import Gift, Refund
from donations.gifts.permissions import APPROVE_REFUND, REQUEST_REFUND
from donations.gifts.services.facts import lock_gift
from donations.gifts.states import RefundState
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.money import Money, format_money
from fundportal.refusals import Refusal
from fundportal.tasks import after_commit

LONGEST_REASON = 500


@transaction.atomic
def request_refund(gift_id: int, *, amount: Money, reason: str, by: User, key: uuids.UUID | None = None) -> Refund:
    """Asks a second person to give money back. The same `key` twice is one request.

    The money asked for is set aside at once: what is requested, on its way or given back never exceeds what was paid.
    Raises Refusal (422 with the field to mend, 409 when nothing was received, 403).
    """
    gift = lock_gift(gift_id)
    authorise(by, REQUEST_REFUND, gift.fund)
    twin = gift.refunds.filter(uuid=key).first() if key else None
    if twin is not None:
        return twin
    _check_refundable(gift, amount, reason)
    refund = Refund.objects.create(
        uuid=key or uuids.uuid4(),
        gift=gift,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason.strip(),
        requested_by=by,
    )
    record("refunds.request", refund, by=by, fund=gift.fund, after=refund.state)
    return refund


def _check_refundable(gift: Gift, amount: Money, reason: str) -> None:
    if not gift.has_money:
        raise Refusal(_("This gift has not arrived, so there is nothing to give back."))
    left = gift.refundable
    if amount.currency != gift.currency or amount.minor <= 0 or amount.minor > left.minor:
        sentence = _("Type an amount up to %(amount)s: the rest went back already or is on its way.")
        raise Refusal(sentence % {"amount": format_money(left)}, status=422, field="amount")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise Refusal(_("Say in a sentence why the money goes back."), status=422, field="reason")


def approve_refund(refund_id: int, *, by: User) -> Refund:
    """The second pair of eyes says yes; a worker tells Stripe after the commit, a sweeper if the worker never hears."""
    return _decide(refund_id, "approve", by=by)


def refuse_refund(refund_id: int, *, by: User) -> Refund:
    return _decide(refund_id, "refuse", by=by)


@transaction.atomic
def _decide(refund_id: int, act: str, *, by: User) -> Refund:
    """Raises Refusal (409) for whoever asked, and when it is decided already; 403 without the role."""
    refund = lock_refund(refund_id)
    authorise(by, APPROVE_REFUND, refund.gift.fund)
    before = refund.state
    if before == RefundState.REQUESTED:
        refund.decided_by = by
    move(refund, act)
    refund.save()
    record(f"refunds.{act}", refund, by=by, fund=refund.gift.fund, before=before, after=refund.state)
    if refund.state == RefundState.APPROVED:
        after_commit("gifts.send_refund", refund.pk)
    return refund


def lock_refund(refund_id: int) -> Refund:
    """Locks the gift first, as every act on its money does, then reads the refund as it stands under that lock."""
    gift_id = Refund.objects.values_list("gift_id", flat=True).get(pk=refund_id)
    gift = lock_gift(gift_id)
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    refund.gift = gift
    return refund
