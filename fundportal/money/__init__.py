"""Money as whole minor units of one currency: never a float, never two currencies in one sum."""

from fundportal.money.currencies import CURRENCIES, Currency, UnknownCurrencyError, currency
from fundportal.money.formatting import format_money
from fundportal.money.money import CurrencyMismatchError, Money
from fundportal.money.parsing import AmountError, parse_amount

__all__ = [
    "CURRENCIES",
    "AmountError",
    "Currency",
    "CurrencyMismatchError",
    "Money",
    "UnknownCurrencyError",
    "currency",
    "format_money",
    "parse_amount",
]
