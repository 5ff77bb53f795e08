"""The signed stamp inside the give form: which campaign it was made for, when, and the key that makes two clicks one.

It replaces a puzzle: a robot that posts at once, a copied form or a forged one is sent back the form with a fresh
stamp and everything that was typed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.refusals import Refusal

OLDEST: Final = timedelta(hours=12)
UNPROCESSABLE: Final = 422


@dataclass(frozen=True)
class Stamp:
    campaign: str
    key: UUID
    at: datetime


def make(campaign_code: str, key: UUID | None = None) -> str:
    """With the key of an earlier form, sending the same answers again continues the same gift."""
    return _signer().sign_object({"c": campaign_code, "k": str(key or uuid4()), "t": clock.now().isoformat()})


def read(text: str, campaign_code: str) -> Stamp:
    """Raises Refusal (422) with a sentence for the person when the stamp is forged, foreign, too young or too old."""
    stamp = _unsigned(text)
    if stamp is None or stamp.campaign != campaign_code:
        raise Refusal(
            _("This form did not come back to us whole. Nothing was taken. Look it over and continue."),
            status=UNPROCESSABLE,
        )
    age = clock.now() - stamp.at
    if age > OLDEST:
        raise Refusal(
            _("This form lay open for more than 12 hours. Nothing was taken. Look it over and continue."),
            status=UNPROCESSABLE,
        )
    if age < timedelta(seconds=settings.GIVE_FASTEST_SECONDS):
        raise Refusal(
            _("That was faster than most people type. Nothing was taken. Look it over and continue."),
            status=UNPROCESSABLE,
        )
    return stamp


def _unsigned(text: str) -> Stamp | None:
    try:
        facts = _signer().unsign_object(text)
        return Stamp(facts["c"], UUID(facts["k"]), datetime.fromisoformat(facts["t"]))
    except (BadSignature, ValueError, LookupError, TypeError):
        return None


def _signer() -> Signer:
    return Signer(salt="giving.stamp")
