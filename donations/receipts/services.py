import secrets
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from donations.gifts.models import Gift
from donations.receipts import codes, emails, snapshots
from donations.receipts.models import Receipt, ReceiptCounter
from donations.receipts.queries import gifts_without_their_receipt
from fundportal import clock
from fundportal.access import SYSTEM, Actor, SystemActor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move
from fundportal.money import Money
from fundportal.refusals import Refusal

TOKEN_BYTES: Final = 32


@transaction.atomic
def issue_receipt(gift_id: int, *, by: Actor | SystemActor = SYSTEM) -> Receipt:
    """The receipt in force of a received gift, issued now if it has none. Asking twice gives the same receipt.

    Raises Refusal (409) for a gift that has not arrived, or of which nothing stays.
    """
    gift = _lock_gift(gift_id)
    authorise(by, "receipts.issue", gift.fund)
    standing = gift.receipts.in_force().first()
    if standing is not None:
        return standing
    kept = _kept(gift)
    if kept.is_zero:
        raise Refusal(_("A receipt is for money that arrived and stays. Nothing of this gift does."))
    return _issue(gift, kept, by=by)


@transaction.atomic
def void_receipt(receipt_id: int, *, by: Actor | SystemActor = SYSTEM) -> Receipt:
    """Out of force because the whole gift went back; its number stays taken, and the donor is told."""
    receipt = _lock_receipt(receipt_id)
    authorise(by, "receipts.void", receipt.fund)
    _leave_force(receipt, "void", by=by)
    emails.tell_voided(receipt)
    return receipt


@transaction.atomic
def replace_receipt(receipt_id: int, *, by: Actor | SystemActor = SYSTEM) -> Receipt:
    """A new receipt over what stays of the gift; the old one names it as its successor."""
    receipt = _lock_receipt(receipt_id)
    authorise(by, "receipts.issue", receipt.fund)
    _leave_force(receipt, "replace", by=by)
    return _issue(receipt.gift, _kept(receipt.gift), by=by)


@transaction.atomic
def follow_gift(gift_id: int) -> None:
    """Brings the receipts of a gift to what its money says: issue, replace, void, or nothing at all."""
    gift = _lock_gift(gift_id)
    kept = _kept(gift)
    standing = gift.receipts.in_force().first()
    if standing is None:
        if not kept.is_zero:
            issue_receipt(gift.pk)
    elif kept.is_zero:
        void_receipt(standing.pk)
    elif standing.total != kept:
        replace_receipt(standing.pk)


def follow_gifts_left_behind(*, limit: int = 200) -> int:
    """What no bell rang for: received gifts without a receipt, refunds their receipt does not know of."""
    waiting = gifts_without_their_receipt().order_by("received_at", "pk")
    found = list(waiting.values_list("pk", flat=True)[:limit])
    for gift_id in found:
        follow_gift(gift_id)
    return len(found)


def _lock_gift(gift_id: int) -> Gift:
    """The order of locks is gift, receipt, counter, here and everywhere."""
    gifts = Gift.objects.select_related("fund__legal_donee", "donor", "purpose")
    return gifts.select_for_update(of=("self",)).get(pk=gift_id)


def _lock_receipt(receipt_id: int) -> Receipt:
    gift_id = Receipt.objects.values_list("gift_id", flat=True).get(pk=receipt_id)
    gift = _lock_gift(gift_id)
    receipt = Receipt.objects.select_for_update(of=("self",)).select_related("fund").get(pk=receipt_id)
    receipt.gift = gift
    return receipt


def _kept(gift: Gift) -> Money:
    return gift.kept if gift.has_money else Money.zero(gift.currency)


def _leave_force(receipt: Receipt, act: str, *, by: Actor | SystemActor) -> None:
    before = receipt.state
    move(receipt, act)
    receipt.save(update_fields=["state", "left_force_at"])
    record(f"receipts.{act}", receipt, by=by, fund=receipt.fund, before=before, after=receipt.state)


def _issue(gift: Gift, kept: Money, *, by: Actor | SystemActor) -> Receipt:
    year = clock.today(gift.fund.time_zone).year
    receipt = Receipt.objects.create(
        fund=gift.fund,
        year=year,
        number=_take_number(gift.fund_id, year),
        gift=gift,
        predecessor=gift.receipts.order_by("pk").last(),
        code=codes.new_code(),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        language=gift.language,
        snapshot=snapshots.take(gift, kept),
        total_minor=kept.minor,
        currency=kept.currency,
        issued_at=clock.now(),
    )
    facts = {"total_minor": kept.minor, "currency": kept.currency}
    record("receipts.issue", receipt, by=by, fund=gift.fund, after=receipt.state, facts=facts)
    emails.send_receipt(receipt)
    return receipt


def _take_number(fund_id: int, year: int) -> int:
    """The next number of the fund's year.

    The counter's row stays locked until the receipt is committed with it, so a receipt that is rolled back gives its
    number back and no two ever share one.
    """
    ReceiptCounter.objects.get_or_create(fund_id=fund_id, year=year)
    counter = ReceiptCounter.objects.select_for_update().get(fund_id=fund_id, year=year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number
