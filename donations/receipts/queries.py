"""The receipt as it is read: one shape for the page, the PDF and the letter, so that they cannot differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donations.gifts.models import Attempt, Gift, Refund
from donations.gifts.states import RefundState
from donations.receipts.models import Receipt
from donations.receipts.states import ReceiptState
from fundportal.languages import direction
from fundportal.money import Money, format_money

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Paper:
    """Every word printed, in the receipt's language. Amounts of nothing are empty, and `remark` while in force."""

    language: str
    direction: str
    fund: str
    title: str
    number: str
    thanks: str
    opening: str
    day: str
    total: str
    gift: str
    cover: str
    returned: str
    rows: tuple[tuple[str, str], ...]
    wording: str
    code: str
    check: str
    remark: str
    practice: str


def receipt_in_force(gift_id: int) -> Receipt | None:
    return Receipt.objects.in_force().filter(gift_id=gift_id).first()


def receipts_of_gift(gift_id: int) -> list[Receipt]:
    """Newest first, with those out of force."""
    return list(Receipt.objects.filter(gift_id=gift_id).order_by("-pk"))


def receipt_by_token(token: str) -> Receipt | None:
    return Receipt.objects.select_related("fund").filter(token=token).first()


def receipt_by_code(code: str) -> Receipt | None:
    return Receipt.objects.select_related("fund").filter(code=code).first()


def gifts_without_their_receipt() -> QuerySet[Gift]:
    """Gifts with money whose receipt in force says another sum than what stays of them; no receipt says nothing."""
    attempts = Attempt.objects.filter(gift=OuterRef("pk")).order_by().values("gift")
    refunds = Refund.objects.filter(gift=OuterRef("pk"), state=RefundState.SUCCEEDED).order_by().values("gift")
    receipts = Receipt.objects.in_force().filter(gift=OuterRef("pk")).order_by()
    paid = Subquery(attempts.annotate(sum=Sum("paid_minor")).values("sum"))
    returned = Subquery(refunds.annotate(sum=Sum("amount_minor")).values("sum"))
    printed = Subquery(receipts.values("total_minor"))
    kept = Coalesce(paid, 0) - Coalesce(returned, 0)
    return (
        Gift.objects.with_money()
        .annotate(kept_minor=kept, printed_minor=Coalesce(printed, 0))
        .exclude(kept_minor=F("printed_minor"))
    )


def page_url(receipt: Receipt) -> str:
    """The full address of the page, in the receipt's language; only the donor and the fund's staff know it."""
    with translation.override(receipt.language):
        return settings.SITE_ORIGIN + reverse("receipts:receipt", args=[receipt.token])


def paper(receipt: Receipt) -> Paper:
    facts = receipt.snapshot
    with translation.override(receipt.language):
        return Paper(
            language=receipt.language,
            direction=direction(receipt.language),
            fund=facts["fund"],
            title=_("Receipt"),
            number=receipt.reference,
            thanks=_("Thank you, %(name)s.") % {"name": facts["donor_name"]},
            opening=_("This is your receipt for a gift received on %(day)s.") % {"day": long_day(facts["received_on"])},
            day=str(formats.date_format(date.fromisoformat(facts["received_on"]), "j F Y")),
            total=_amount(facts, "total_minor"),
            gift=_amount(facts, "gift_minor"),
            cover=_amount(facts, "cover_minor"),
            returned=_amount(facts, "returned_minor"),
            rows=tuple(_rows(facts)),
            wording=facts["wording"],
            code=receipt.written_code,
            check=_check(receipt),
            remark=_remark(receipt),
            practice=_practice() if facts["is_practice"] else "",
        )


def long_day(iso: str) -> str:
    """Sunday 22 November 2026, in the active language."""
    return str(formats.date_format(date.fromisoformat(iso), "l j F Y"))


def _rows(facts: dict[str, Any]) -> list[tuple[str, str]]:
    donee = facts["donee"]
    number = donee["tax_identifier"].replace(" ", NO_BREAK_SPACE)
    whom = ", ".join(part for part in (donee["name"], donee["address"], number) if part)
    rows = [
        (pgettext("giver", "From"), f"{facts['donor_name']}, {facts['donor_email']}"),
        (_("Gift"), f"{_amount(facts, 'gift_minor')} · {facts['purpose']}"),
    ]
    parts = [(_("Card cost, covered by you"), "cover_minor"), (_("Given back to you"), "returned_minor")]
    rows += [(label, _amount(facts, key)) for label, key in parts if facts[key]]
    rows += [
        (_("Paid with"), _paid_with(facts)),
        (_("Received by"), whom),
        (_("For"), facts["fund"]),
        (_("Issued on"), long_day(facts["issued_on"])),
    ]
    return rows


def _amount(facts: dict[str, Any], key: str) -> str:
    return format_money(Money(facts[key], facts["currency"])) if facts[key] else ""


def _paid_with(facts: dict[str, Any]) -> str:
    digits = facts["card_last4"]
    how = _("Card ending %(digits)s") % {"digits": digits} if digits else _("Card or bank, through Stripe")
    return _("%(how)s, sandbox") % {"how": how} if facts["is_practice"] else how


def _check(receipt: Receipt) -> str:
    where = settings.SITE_ORIGIN.split("://", 1)[-1] + reverse("receipts:check")
    sentence = _(
        "Check this receipt with code %(code)s at %(where)s. "
        "Anyone can; it shows the date and the amount, never your name."
    )
    return sentence % {"code": receipt.written_code, "where": where}


def _remark(receipt: Receipt) -> str:
    if receipt.state == ReceiptState.VOIDED:
        return _("No longer in force: the gift went back to you in full.")
    if receipt.state == ReceiptState.REPLACED:
        successor = Receipt.objects.filter(predecessor=receipt).first()
        return _("No longer in force: receipt %(number)s replaces it.") % {"number": successor or ""}
    return ""


def _practice() -> str:
    return _("Sandbox receipt: no money moved and it proves nothing to a tax office.")
