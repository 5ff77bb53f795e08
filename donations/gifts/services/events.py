"""What an event of Stripe's is good for: it names the gift to read again. What it says of the gift is not believed."""

import json
import uuid
from typing import Any

from donations.gifts.models import Attempt, Gift
from donations.gifts.services.facts import lock_gift
from donations.gifts.services.reading import reread_gift
from donations.stripe.models import Event

SESSION, INTENT = "checkout.session", "payment_intent"


def follow_event(event: Event) -> None:
    """Reads the gift of this event again; an event about somebody else's payment changes nothing here."""
    subject = json.loads(bytes(event.payload))["data"]["object"]
    gift = _gift_of(subject)
    if gift is None:
        return
    _keep_page_of(gift, subject)
    reread_gift(gift.pk)


def _gift_of(subject: dict[str, Any]) -> Gift | None:
    """By the uuid we gave Stripe with the payment, else by the payment it belongs to: a refund from the dashboard."""
    given = _uuid((subject.get("metadata") or {}).get("gift"))
    if given is not None:
        return Gift.objects.filter(uuid=given).first()
    intent = subject["id"] if subject.get("object") == INTENT else subject.get(INTENT)
    if not isinstance(intent, str) or not intent:
        return None
    return Gift.objects.filter(attempts__intent_id=intent).first()


def _uuid(value: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value)) if value else None
    except ValueError:
        return None


def _keep_page_of(gift: Gift, subject: dict[str, Any]) -> None:
    """The event may come before the answer to our own call did, or instead of it: then it brings the page's id."""
    number = str((subject.get("metadata") or {}).get("attempt", ""))
    if subject.get("object") != SESSION or not number.isdecimal():
        return
    lock_gift(gift.pk)
    Attempt.objects.filter(gift=gift, number=int(number), session_id="").update(session_id=subject["id"])
