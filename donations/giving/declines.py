"""One plain sentence for each reason a bank gives. The codes are Stripe's list of decline codes.

What a thief should not learn (a card reported lost or stolen, a suspicion of fraud) is said as a plain no.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLAIN_NO: Final = _("Your bank said no. Nothing was taken. Try another card or ask your bank.")
TRY_LATER: Final = _("Your bank could not be reached. Nothing was taken. Try again in a few minutes.")
WRONG_DETAILS: Final = _("A number on the card was not typed as it is printed. Nothing was taken. Try again.")
NOT_THIS_KIND: Final = _("This card does not pay in this way or in this currency. Nothing was taken. Try another card.")
ASK_THE_BANK: Final = _(
    "Your bank wants to speak to you before this payment. Nothing was taken. Call it, or try another card."
)

SENTENCES: Final[dict[str, Promise]] = {
    "insufficient_funds": _(
        "There was not enough money on the card. Nothing was taken. Try another card or a smaller amount."
    ),
    "withdrawal_count_limit_exceeded": _(
        "The card has reached its limit. Nothing was taken. Try another card or another day."
    ),
    "card_velocity_exceeded": _("The card has reached its limit. Nothing was taken. Try another card or another day."),
    "expired_card": _("The card has expired. Nothing was taken. Try another card."),
    "incorrect_cvc": _("The three or four digits on the back did not match. Nothing was taken. Try again."),
    "invalid_cvc": _("The three or four digits on the back did not match. Nothing was taken. Try again."),
    "authentication_required": _(
        "Your bank could not confirm that it is you. Nothing was taken. Try again and confirm with your bank."
    ),
    "authentication_not_handled": _(
        "Your bank could not confirm that it is you. Nothing was taken. Try again and confirm with your bank."
    ),
    "duplicate_transaction": _(
        "A payment of the same amount was made a moment ago. Nothing was taken this time. Wait a few minutes first."
    ),
    "incorrect_number": WRONG_DETAILS,
    "invalid_number": WRONG_DETAILS,
    "incorrect_zip": _("The postal code did not match the card. Nothing was taken. Try again."),
    "invalid_expiry_month": WRONG_DETAILS,
    "invalid_expiry_year": WRONG_DETAILS,
    "card_not_supported": NOT_THIS_KIND,
    "currency_not_supported": NOT_THIS_KIND,
    "service_not_allowed": NOT_THIS_KIND,
    "transaction_not_allowed": NOT_THIS_KIND,
    "testmode_decline": NOT_THIS_KIND,
    "live_mode_test_card": NOT_THIS_KIND,
    "call_issuer": ASK_THE_BANK,
    "approve_with_id": ASK_THE_BANK,
    "issuer_not_available": TRY_LATER,
    "processing_error": TRY_LATER,
    "reenter_transaction": TRY_LATER,
    "try_again_later": TRY_LATER,
}


def sentence(code: str) -> Promise:
    """A code that is not listed, a new one included, is the bank's plain no."""
    return SENTENCES.get(code, PLAIN_NO)
