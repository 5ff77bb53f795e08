"""A campaign as a public page shows it: what came in, from the books, against what is hoped for."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from donations import public
from fundportal.money import Money


@dataclass(frozen=True)
class Shown:
    """`url` leads to the form, and is empty while the campaign takes no gifts."""

    url: str
    raised: Money
    goal: Money | None
    gifts: int


def campaign(code: str, context: dict[str, Any]) -> Shown | None:
    """None for a campaign that is not there. Two blocks of one page ask the books once."""
    asked: dict[str, Shown | None] = context.get("campaigns", {})
    if code not in asked:
        asked[code] = _read(code)
    return asked[code]


def _read(code: str) -> Shown | None:
    figures = public.campaign_figures(code)
    if figures is None:
        return None
    url = reverse("giving:give", args=[code]) if figures.is_open else ""
    return Shown(url, figures.raised, figures.goal, figures.gifts)
