"""What happened to the gifts that a person may see, counted for the ledger on their desk."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.gifts.models import Gift, Refund
from donations.gifts.states import RefundState
from fundportal.accounts.models import User
from fundportal.money import Money
from fundportal.waiting import Change


def gifts_received(user: User, since: datetime) -> Iterator[Change]:
    """What donors paid, one line for each currency."""
    gifts = Gift.objects.visible_to(user).with_money().filter(received_at__gte=since)
    paid = Sum(F("amount_minor") + F("fee_cover_minor"))
    rows = gifts.order_by("currency").values_list("currency").annotate(count=Count("pk"), minor=paid)
    yield from _lines(_("Gifts received"), f"{reverse('gifts:gifts')}?state=received", rows)


def refunds_paid(user: User, since: datetime) -> Iterator[Change]:
    refunds = Refund.objects.filter(gift__in=Gift.objects.visible_to(user), state=RefundState.SUCCEEDED)
    rows = refunds.filter(settled_at__gte=since).order_by("currency").values_list("currency")
    yield from _lines(
        _("Refunds paid"), reverse("gifts:gifts"), rows.annotate(count=Count("pk"), minor=-Sum("amount_minor"))
    )


def _lines(words: str, url: str, rows: Iterable[tuple[str, int, int]]) -> Iterator[Change]:
    for currency, count, minor in rows:
        yield Change(words, url, count, Money(minor, currency))
