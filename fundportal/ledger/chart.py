"""The chart of accounts, the same in every fund.

A code is the name alone (`contributions`) or the name and what it is kept for (`stripe:acct_1`, `bank:main`). Accounts
`by_purpose` carry a purpose on every line, so that restricted money stays apart; no other line carries one.
"""

from dataclasses import dataclass
from typing import Final

from fundportal.ledger.states import AccountKind, Side


@dataclass(frozen=True, slots=True)
class Heading:
    name: str
    kind: AccountKind
    side: Side
    by_purpose: bool = False
    is_many: bool = False


CHART: Final = {
    heading.name: heading
    for heading in (
        Heading("stripe", AccountKind.ASSET, Side.DEBIT, is_many=True),
        Heading("payouts_in_transit", AccountKind.ASSET, Side.DEBIT),
        Heading("bank", AccountKind.ASSET, Side.DEBIT, is_many=True),
        Heading("commitments_receivable", AccountKind.ASSET, Side.DEBIT, by_purpose=True, is_many=True),
        Heading("disputed", AccountKind.ASSET, Side.DEBIT, by_purpose=True),
        Heading("grants_payable", AccountKind.LIABILITY, Side.CREDIT, is_many=True),
        Heading("payments_in_transit", AccountKind.LIABILITY, Side.CREDIT, is_many=True),
        Heading("unidentified_receipts", AccountKind.LIABILITY, Side.CREDIT),
        Heading("advances", AccountKind.LIABILITY, Side.CREDIT, is_many=True),
        Heading("contributions", AccountKind.FUND, Side.CREDIT, by_purpose=True),
        Heading("other_income", AccountKind.FUND, Side.CREDIT, by_purpose=True),
        Heading("fees", AccountKind.FUND, Side.DEBIT, by_purpose=True),
        Heading("costs", AccountKind.FUND, Side.DEBIT, by_purpose=True),
        Heading("grants_awarded", AccountKind.FUND, Side.DEBIT, by_purpose=True),
        Heading("exchange", AccountKind.FUND, Side.CREDIT, by_purpose=True),
    )
}


class UnknownAccountError(ValueError):
    pass


def heading_of(code: str) -> Heading:
    """Raises UnknownAccountError for a code outside the chart, or one that says too much or too little."""
    name, colon, detail = code.partition(":")
    heading = CHART.get(name)
    if heading is None or heading.is_many != bool(colon and detail) or (colon and not detail):
        message = f"{code!r} is not an account of the chart"
        raise UnknownAccountError(message)
    return heading
