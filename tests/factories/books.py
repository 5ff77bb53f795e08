"""Funds with purposes, and journals in their books."""

import itertools
from datetime import UTC, date, datetime

from fundportal.access import SYSTEM
from fundportal.funds.models import Fund, Purpose
from fundportal.ledger.models import Journal
from fundportal.ledger.services import Line, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from tests.factories.people import make_fund

_numbers = itertools.count(1)

JUNE = datetime(2026, 6, 15, 12, tzinfo=UTC)
JULY = datetime(2026, 7, 15, 12, tzinfo=UTC)


def make_books(*purposes: str) -> Fund:
    """A fund in US dollars with these purposes, the first of them unrestricted."""
    fund = make_fund()
    for position, code in enumerate(purposes or ("general",)):
        Purpose.objects.create(
            fund=fund, code=code, names={"en": code}, is_unrestricted=position == 0, position=position
        )
    return fund


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def gift_lines(purpose: Purpose, gross: int, fee: int = 0) -> list[Line]:
    return [
        Line("stripe:acct_1", usd(gross - fee)),
        Line("fees", usd(fee), purpose),
        Line("contributions", usd(-gross), purpose),
    ]


def book_gift(
    purpose: Purpose, gross: int = 10000, fee: int = 320, *, txn: str = "", on: date | None = None
) -> Journal:
    return post(
        fund=purpose.fund,
        kind=JournalKind.GIFT,
        source=("balance_transaction", txn or f"txn_{next(_numbers)}"),
        lines=gift_lines(purpose, gross, fee),
        by=SYSTEM,
        business_on=on or JUNE.date(),
    )


def award(purpose: Purpose, amount: int, *, source_id: str = "") -> Journal:
    lines = [Line("grants_awarded", usd(amount), purpose), Line("grants_payable:award", usd(-amount))]
    return _decide(purpose.fund, JournalKind.AWARD, source_id, lines)


def instruct(fund: Fund, amount: int, *, bank: str = "main", source_id: str = "") -> Journal:
    lines = [Line("grants_payable:award", usd(amount)), Line(f"payments_in_transit:{bank}", usd(-amount))]
    return _decide(fund, JournalKind.INSTRUCTION, source_id, lines)


def _decide(fund: Fund, kind: JournalKind, source_id: str, lines: list[Line]) -> Journal:
    source = (kind, source_id or f"{kind}_{next(_numbers)}")
    return post(fund=fund, kind=kind, source=source, lines=lines, by=SYSTEM, business_on=JUNE.date())
