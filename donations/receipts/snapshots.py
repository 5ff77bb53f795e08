"""What a receipt prints, gathered once, on the day of issue. The page, the PDF and the letter read nothing else."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from donations.gifts.models import Gift
from donations.gifts.states import PaymentState
from fundportal import clock
from fundportal.funds.models import Fund
from fundportal.money import Money

VERSION = 1


def take(gift: Gift, kept: Money) -> dict[str, Any]:
    """Plain JSON in the donor's language. `kept` is what stays of the gift, so `returned_minor` is what went back."""
    fund = gift.fund
    with translation.override(gift.language):
        return {
            "version": VERSION,
            "donor_name": gift.donor.name,
            "donor_email": gift.donor.email,
            "currency": gift.currency,
            "gift_minor": gift.amount_minor,
            "cover_minor": gift.fee_cover_minor,
            "returned_minor": (gift.paid - kept).minor,
            "total_minor": kept.minor,
            "received_on": gift.received_at.astimezone(ZoneInfo(fund.time_zone)).date().isoformat(),
            "issued_on": clock.today(fund.time_zone).isoformat(),
            "fund": fund.name,
            "theme": fund.theme,
            "purpose": gift.purpose.name,
            "purpose_is_free": gift.purpose.is_unrestricted,
            "gift_reference": gift.reference,
            "donee": _donee(fund),
            "wording": fund.receipt_wording or _("No goods or services were provided in exchange for this gift."),
            "card_last4": _card(gift),
            "is_practice": _is_practice(gift),
        }


def _donee(fund: Fund) -> dict[str, str]:
    donee = fund.legal_donee
    if donee is None:
        return {"name": fund.name, "address": "", "tax_identifier": ""}
    return {"name": donee.name, "address": donee.address, "tax_identifier": donee.tax_identifier}


def _card(gift: Gift) -> str:
    paid = gift.attempts.filter(payment_state=PaymentState.SUCCEEDED).order_by("number").first()
    return paid.card_last4 if paid else ""


def _is_practice(gift: Gift) -> bool:
    """A gift through a Stripe account that moves no money proves nothing, whatever the fund."""
    paid = gift.attempts.filter(payment_state=PaymentState.SUCCEEDED).select_related("account").first()
    return gift.fund.is_practice or (paid is not None and not paid.account.is_live)
