"""Gifts in the office's search."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.gifts.models import Gift
from fundportal.access import Actor
from fundportal.money import format_money
from fundportal.search import Found, Source


def _seen(user: Actor) -> QuerySet[Gift]:
    return Gift.objects.visible_to(user).select_related("donor").order_by("-created_at", "-pk")


def _shown(gift: Gift, _user: Actor) -> Found:
    detail = f"{gift.donor.name}, {gift.get_state_display()}"
    return Found(f"{gift.reference} {format_money(gift.amount)}", reverse("gifts:gift", args=[gift.reference]), detail)


GIFTS = Source(
    heading=_("Gifts"),
    seen=_seen,
    columns=("reference", "donor__name", "donor__email"),
    shown=_shown,
    reference="reference",
    pages="gifts:gifts",
)
