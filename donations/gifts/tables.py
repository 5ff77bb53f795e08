"""Gifts and their journals as ledgers: what stands in which column, and in which words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.gifts.models import Gift
from donations.gifts.states import GiftState
from fundportal.ledger.models import Journal, Posting
from fundportal.money import Money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_hour

GIFT_KINDS = {
    GiftState.DRAFT: "mute",
    GiftState.CHECKOUT_OPEN: "wait",
    GiftState.PROCESSING: "wait",
    GiftState.ABANDONED: "mute",
    GiftState.RECEIVED: "ok",
    GiftState.PARTLY_REFUNDED: "full",
    GiftState.REFUNDED: "stop",
}
ACCOUNTS = {
    "stripe": gettext_lazy("Balance at Stripe"),
    "contributions": gettext_lazy("Contributions"),
    "fees": gettext_lazy("Card fees"),
}


def gift_badge(gift: Gift) -> Badge:
    return Badge(gift.get_state_display(), GIFT_KINDS[GiftState(gift.state)])


def gifts_table(gifts: Iterable[Gift]) -> Ledger:
    columns = [
        Column(_("Gift")),
        Column(_("Campaign")),
        Column(_("Where it stands")),
        Column(_("Begun")),
        Column(_("Paid by the donor"), is_number=True),
    ]
    rows = [
        [
            Cell(gift.reference, url=reverse("gifts:gift", args=[gift.reference]), detail=gift.donor.name),
            Cell(gift.campaign.title, detail=gift.purpose.name),
            Cell(gift_badge(gift)),
            Cell(local_day(gift.created_at, zone), detail=local_hour(gift.created_at, zone)),
            Cell(gift.total),
        ]
        for gift in gifts
        for zone in [gift.fund.time_zone]
    ]
    return Ledger(_("Gifts, newest first"), columns, rows, has_hidden_caption=True)


def journal_table(journal: Journal) -> Ledger:
    """Debits and credits side by side; the foot adds both up, in each currency the journal has one of."""
    lines = list(journal.postings.all())
    zero = Money.zero(lines[0].currency)
    debited = [line.amount for line in lines if line.amount_minor > 0]
    credited = [-line.amount for line in lines if line.amount_minor < 0]
    columns = [
        Column(_("Account")),
        Column(_("Kept for")),
        Column(_("Debit"), is_number=True),
        Column(_("Credit"), is_number=True),
    ]
    foot = [Cell(_("Sum")), Cell(), Cell(sum(debited, zero)), Cell(sum(credited, zero))]
    words = {"what": journal.get_kind_display(), "day": date_format(journal.business_on, "j F Y")}
    return Ledger(_("%(what)s, %(day)s") % words, columns, [_row(line) for line in lines], foot)


def _row(line: Posting) -> list[Cell]:
    name = line.account.code.partition(":")[0]
    purpose = line.purpose.name if line.purpose else ""
    debit, credit = (Cell(line.amount), Cell()) if line.amount_minor > 0 else (Cell(), Cell(-line.amount))
    return [Cell(ACCOUNTS.get(name, name), detail=line.account.code), Cell(purpose), debit, credit]
