"""The currencies of ISO 4217, as published on 2026-01-01, that have minor units.

Gold, drawing rights, test codes and their like have no minor unit and are not money one can give. Exponents are ISO's:
the locale data of CLDR rounds some currencies (IQD, ISK, AFN) for display and must not be used to count.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from babel import Locale


class UnknownCurrencyError(ValueError):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is not a currency of ISO 4217 with minor units")


@dataclass(frozen=True, slots=True)
class Currency:
    """`exponent` is the number of decimals: 2 for USD, 0 for JPY, 3 for KWD. `number` is ISO's three digits."""

    code: str
    number: str
    exponent: int

    @property
    def minor_per_major(self) -> int:
        return int(10**self.exponent)

    def name(self, language: str) -> str:
        """In the plural form that follows amounts, “US dollars”; the code where the locale data has no name."""
        locale = Locale.parse(language.replace("-", "_"))
        named = locale.currencies.get(self.code, self.code)
        return plural_names(self.code, locale).get("other", named)


def plural_names(code: str, locale: Locale) -> Mapping[str, str]:
    """By plural form; empty where the locale data has none."""
    names: Mapping[str, Mapping[str, str]] = locale._data["currency_names_plural"]  # noqa: SLF001  (Babel shows them only one amount at a time)
    return names.get(code, {})


def _read() -> Mapping[str, Currency]:
    text = files(__package__).joinpath("iso4217.csv").read_text(encoding="ascii")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["code"]: Currency(row["code"], row["number"], int(row["exponent"])) for row in rows})


CURRENCIES: Final = _read()


def currency(code: str) -> Currency:
    """Raises UnknownCurrencyError; codes are upper case."""
    try:
        return CURRENCIES[code]
    except KeyError:
        raise UnknownCurrencyError(code) from None
