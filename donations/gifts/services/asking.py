from django.db import transaction
from django.utils.translation import gettext as _

from donations.gifts.models import Gift
from donations.gifts.permissions import READ_AGAIN
from donations.gifts.services.reading import reread_gift
from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.refusals import Refusal


def read_again(gift_id: int, *, by: Actor) -> Gift:
    """A person asks for what the sweeper does by itself; the record says who asked and what came of it.

    Raises Refusal: 403, 409 when nothing of the gift is at Stripe, 503 when Stripe does not answer. No row is locked
    while Stripe is asked.
    """
    gift = Gift.objects.select_related("fund").get(pk=gift_id)
    authorise(by, READ_AGAIN, gift.fund)
    if not gift.is_at_stripe:
        raise Refusal(_("The donor never reached the payment page, so Stripe knows nothing of this gift."))
    read = reread_gift(gift_id)
    with transaction.atomic():
        record("gifts.read_again", read, by=by, fund=read.fund, before=gift.state, after=read.state)
    return read
