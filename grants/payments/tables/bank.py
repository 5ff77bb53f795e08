"""Bank details as ledgers and facts. A whole account number stands in `full_facts` alone."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.organisations.forms import country_name
from fundportal.organisations.models import Membership
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import DAY_FORMAT, local_day, local_hour, time_of_day, zone_name
from grants.payments.account_facts import AccountFacts
from grants.payments.models import BankDetails
from grants.payments.queries.bank_pages import Accounts
from grants.payments.states import BankState

DETAILS = {
    BankState.PROPOSED: "wait",
    BankState.VERIFIED: "wait",
    BankState.ACTIVE: "ok",
    BankState.SUPERSEDED: "mute",
    BankState.REFUSED: "stop",
}
Facts = list[tuple[str, object]]


def details_badge(details: BankDetails) -> Badge:
    return Badge(details.get_state_display(), DETAILS[BankState(details.state)])


def ago(moment: datetime) -> str:
    """10 hours, 3 days: the largest unit only."""
    return timesince(moment, clock.now(), depth=1)


def moment_words(moment: datetime, zone: str) -> str:
    """For the middle of a sentence: 26 November 2026, 14:00 (New York time)."""
    local = moment.astimezone(ZoneInfo(zone))
    words = {"day": date_format(local, DAY_FORMAT), "time": time_of_day(local), "zone": zone_name(zone)}
    return _("%(day)s, %(time)s (%(zone)s)") % words


def masked_facts(details: BankDetails) -> Facts:
    """For everybody who may know that there are such details."""
    return [
        (_("Account holder"), details.holder),
        (_("Account"), details.masked),
        (_("Bank in"), country_name(details.country)),
        (_("Currency"), details.currency),
    ]


def full_facts(facts: AccountFacts) -> Facts:
    """For the person who compares them, once."""
    rows = [
        (_("Account holder"), facts.holder),
        (_("IBAN"), _in_fours(facts.iban)),
        (_("Routing number"), facts.routing_number),
        (_("Account number"), facts.account_number),
        (_("BIC"), facts.bic),
        (_("Bank in"), country_name(facts.country)),
        (_("Currency"), facts.currency),
    ]
    return [(term, format_html("<bdi>{}</bdi>", value)) for term, value in rows if value]


def my_accounts_table(rows: Iterable[tuple[Membership, Accounts]]) -> Ledger:
    columns = [Column(_("Organisation")), Column(_("Paid to")), Column(_("Where it stands"))]
    return Ledger(
        _("Where grants are paid to"),
        columns,
        [_my_account_row(membership, accounts) for membership, accounts in rows],
        has_hidden_caption=True,
    )


def past_table(details: Iterable[BankDetails], *, for_office: bool) -> Ledger:
    columns = [Column(_("Account")), Column(_("Given")), Column(_("Where it stands"))]
    rows = [
        [
            Cell(
                one.masked,
                url=reverse("payments:bank", args=[one.pk]) if for_office else "",
                detail=f"{one.holder}, {country_name(one.country)}",
            ),
            Cell(local_day(one.proposed_at, one.fund.time_zone), detail=one.proposed_by.full_name),
            Cell(details_badge(one), detail=one.refuse_reason),
        ]
        for one in details
    ]
    return Ledger(_("Bank details given before, newest first"), columns, rows, has_hidden_caption=True)


def to_verify_table(details: Iterable[BankDetails]) -> Ledger:
    columns = [Column(_("Organisation")), Column(_("Account")), Column(_("Given")), Column(_("What it is"))]
    rows = [
        [
            Cell(one.organisation.name, url=reverse("payments:bank", args=[one.pk]), detail=one.fund.name),
            Cell(one.masked, detail=country_name(one.country)),
            Cell(
                local_day(one.proposed_at, one.fund.time_zone), detail=local_hour(one.proposed_at, one.fund.time_zone)
            ),
            Cell(Badge(_("A change"), "stop", "triangle") if one.is_change else Badge(_("The first"), "wait")),
        ]
        for one in details
    ]
    return Ledger(_("Bank details to verify, longest waiting first"), columns, rows, has_hidden_caption=True)


def _my_account_row(membership: Membership, accounts: Accounts) -> list[Cell]:
    shown = accounts.standing or accounts.coming
    other = accounts.coming if accounts.standing else None
    return [
        Cell(membership.organisation.name, url=reverse("my_payments:bank", args=[membership.organisation_id])),
        Cell(shown.masked if shown else _("No bank details yet")),
        Cell(
            details_badge(shown) if shown else Badge(_("Nothing given"), "mute"),
            detail=_("A change to %(account)s is on its way.") % {"account": other.masked} if other else "",
        ),
    ]


def _in_fours(number: str) -> str:
    """As banks print an IBAN."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
