"""What stands between a robot and Stripe. No puzzles: a person is sent back to the filled form with a sentence.

The limits are wide for a family or an office behind one address and narrow for somebody who tries stolen cards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from donations.campaigns.models import Campaign
from donations.gifts.models import Attempt
from donations.gifts.states import PaymentState
from donations.giving import stamps
from fundportal import clock
from fundportal.knocks.services import Limit, knock
from fundportal.refusals import Refusal

TRAP: Final = "homepage"
TOO_MANY: Final = 429
UNPROCESSABLE: Final = 422
LIMITS: Final = {
    "address": Limit(40, timedelta(minutes=10)),
    "email": Limit(12, timedelta(hours=1)),
    "session": Limit(15, timedelta(hours=1)),
}
BREAKER_WINDOW: Final = timedelta(minutes=30)
BREAKER_DECLINES: Final = 25


@dataclass(frozen=True)
class Visitor:
    """Who is at the door, as far as anybody can tell. An empty mark is not counted."""

    address: str
    email: str
    session: str


def check_form(data: Mapping[str, Any], campaign: Campaign) -> stamps.Stamp:
    """The box that people do not see stays empty, and the stamp is ours, whole and of today. Raises Refusal (422)."""
    if data.get(TRAP):
        sentence = _(
            "A box on this form that has to stay empty was filled. We emptied it; nothing was taken. Continue."
        )
        raise Refusal(sentence, status=UNPROCESSABLE)
    return stamps.read(str(data.get("stamp") or ""), campaign.code)


def admit(visitor: Visitor, campaign: Campaign) -> None:
    """Counts this try. Raises Refusal (429) when there were too many, or when cards fail one after another here."""
    marks = {"address": visitor.address, "email": visitor.email.lower(), "session": visitor.session}
    if not knock("give", marks, LIMITS):
        sentence = _("Many gifts were started from here in a short time. Nothing was taken. Try again in ten minutes.")
        raise Refusal(sentence, status=TOO_MANY)
    if is_tripped(campaign):
        sentence = _(
            "Banks are refusing one card after another on this form, so we pause it for half an hour. "
            "Nothing was taken. Your answers are kept on this page."
        )
        raise Refusal(sentence, status=TOO_MANY)


def is_tripped(campaign: Campaign) -> bool:
    """The circuit breaker of one form: many declines of late, and more of them than payments."""
    lately = Attempt.objects.filter(gift__campaign=campaign, created_at__gt=clock.now() - BREAKER_WINDOW)
    declined = lately.filter(payment_state=PaymentState.DECLINED).count()
    return declined >= BREAKER_DECLINES and declined > lately.filter(payment_state=PaymentState.SUCCEEDED).count()
