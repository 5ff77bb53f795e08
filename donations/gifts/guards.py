from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from donations.gifts.lifecycle.refund import RefundLifecycle


@guard(_("You asked for this refund. Somebody else has to decide on it."))
def somebody_else_asked(refund: "RefundLifecycle") -> bool:
    """Two pairs of eyes: whoever decides is named on the refund before the move is tried."""
    return refund.decided_by_id is not None and refund.decided_by_id != refund.requested_by_id


@guard(_("Stripe has not been told of this refund yet."))
def stripe_knows_it(refund: "RefundLifecycle") -> bool:
    return refund.stripe_id != ""
