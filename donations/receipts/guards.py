"""When a receipt may leave force: only because its gift changed."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from donations.receipts.models import Receipt


@guard(_("The gift behind this receipt still stands, so the receipt stands too."))
def nothing_of_the_gift_stays(receipt: "Receipt") -> bool:
    return receipt.kept_now.is_zero


@guard(_("The amount on this receipt is still right, so there is nothing to replace."))
def another_amount_stays(receipt: "Receipt") -> bool:
    return not receipt.kept_now.is_zero and receipt.kept_now != receipt.total
